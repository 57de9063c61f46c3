import { EN } from './en.js'
import { ZH_CN } from './zh-cn.js'

const CATALOGUES = { en: EN, 'zh-CN': ZH_CN }
export type Locale = keyof typeof CATALOGUES
export const LOCALES = Object.keys(CATALOGUES) as Locale[]
export type Key = keyof typeof EN

/** The names of the `{placeholders}` in a text. */
type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type PluralKey = Key extends infer K ? (K extends `${infer Base}.other` ? Base : never) : never
type Params<K extends Key, V> = [Names<(typeof EN)[K]>] extends [never]
  ? []
  : [params: Record<Names<(typeof EN)[K]>, V>]

/** The text of `key` in a person's language, with its placeholders filled. */
export function t<K extends Key>(locale: Locale, key: K, ...params: Params<K, string | number>): string {
  return parts(locale, key, params[0] ?? {}).join('')
}

/** Like `t`, keeping what fills the placeholders as it is: for rich text. */
export function rich<K extends Key, V>(
  locale: Locale,
  key: K,
  ...params: Params<K, V | string>
): (V | string)[] {
  return parts<V | string>(locale, key, params[0] ?? {})
}

/** The text of a counted key: `<base>.one` or `<base>.other` by the language's plural rule; `{count}` is filled. */
export function count(
  locale: Locale,
  base: PluralKey,
  n: number,
  params: Record<string, string | number> = {},
): string {
  const one = `${base}.one`
  const key = new Intl.PluralRules(locale).select(n) === 'one' && one in EN ? one : `${base}.other`
  return parts(locale, key as Key, { ...params, count: n }).join('')
}

/** The catalogue for what a messenger or a profile says of a person's language (`zh_cn`, `zh-Hans-CN`, `en-GB`…). */
export function localeOf(tag: string | undefined, fallback: Locale = 'en'): Locale {
  if (!tag) return fallback
  const language = tag.toLowerCase().split(/[-_]/)[0]
  return language === 'zh' ? 'zh-CN' : language === 'en' ? 'en' : fallback
}

function parts<V>(locale: Locale, key: Key, params: Readonly<Record<string, V>>): (V | string)[] {
  const template: string = CATALOGUES[locale][key]
  const pieces = template
    .split(/\{(\w+)\}/)
    .map((piece, i) => (i % 2 === 0 ? piece : (params[piece] ?? `{${piece}}`)))
    .filter((piece) => piece !== '')
  return locale === 'zh-CN' ? spaced(pieces) : pieces
}

/** Chinese typography: a space between a Chinese character and the Latin word or number that fills a placeholder. */
function spaced<V>(pieces: (V | string)[]): (V | string)[] {
  return pieces.flatMap((piece, i) => {
    const before = i > 0 ? edge(pieces[i - 1]).slice(-1) : ''
    const after = edge(piece).slice(0, 1)
    const meet = (HAN.test(before) && LATIN.test(after)) || (LATIN.test(before) && HAN.test(after))
    return meet ? [' ', piece] : [piece]
  })
}
const HAN = /\p{Script=Han}/u
const LATIN = /[\p{Script=Latin}\d]/u

/** What a piece reads as, as far as it is words. */
function edge(piece: unknown): string {
  if (typeof piece === 'string' || typeof piece === 'number') return String(piece)
  if (Array.isArray(piece)) return piece.map(edge).join('')
  if (typeof piece !== 'object' || piece === null) return ''
  const { name, text } = piece as { name?: unknown; text?: unknown }
  return typeof name === 'string' ? name : typeof text === 'string' ? text : ''
}
