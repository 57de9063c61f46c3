import { EN } from './texts-en.js'
import { ZH } from './texts-zh.js'

export type Lang = 'en' | 'zh-CN'
export type TextKey = keyof typeof EN

const CATALOGUES: Record<Lang, Record<TextKey, string>> = { en: EN, 'zh-CN': ZH }

/** The page's text of that key, with its {names} filled in. */
export function say(lang: Lang, key: TextKey, params: Record<string, string | number> = {}): string {
  return CATALOGUES[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** The language of a messenger's client whose owner's locale is that. */
export function langOf(locale: string): Lang {
  return locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Two largest units of a length of time, such as `1 d 3 h`. */
export function span(lang: Lang, ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  const units = lang === 'en' ? [' d', ' h', ' min'] : [' 天', ' 小时', ' 分钟']
  const shown = [d, h, m].flatMap((n, i) => (n > 0 ? [`${n}${units[i]}`] : []))
  return shown.slice(0, 2).join(' ') || `0${units[2]}`
}
