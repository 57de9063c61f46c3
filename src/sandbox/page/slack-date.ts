import type { Lang } from './texts.js'
import { say } from './texts.js'

/** Who reads it, where and when. */
export type Reader = { lang: Lang; zone: string; now: Date }

/** The text of a `<!date>` as its reader's client shows it: in their language and zone. */
export function slackDate(epochS: number, format: string, reader: Reader): string {
  const at = new Date(epochS * 1000)
  return format.replace(/\{(\w+)\}/g, (whole, token: string) => piece(token, at, reader) ?? whole)
}

function piece(token: string, at: Date, reader: Reader): string | undefined {
  const { lang, zone } = reader
  const show = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(lang === 'en' ? 'en-US' : 'zh-CN', { timeZone: zone, ...options }).format(at)
  if (token === 'time') return show({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  if (token === 'time_secs')
    return show({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  if (token === 'date_num') return isoDay(at, zone)
  if (token === 'ago') return ago(at, reader)
  if (token.endsWith('_pretty')) {
    const near = nearDay(at, reader)
    return near ?? piece(token.slice(0, -'_pretty'.length), at, reader)
  }
  if (token === 'date') return show({ year: 'numeric', month: 'long', day: 'numeric' })
  if (token === 'date_short') return show({ year: 'numeric', month: 'short', day: 'numeric' })
  if (token === 'date_long' || token === 'day_divider') {
    return show({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })
  }
  return undefined
}

/** Today, yesterday or tomorrow; undefined for any other day. */
export function nearDay(at: Date, { lang, zone, now }: Reader): string | undefined {
  const apart = dayNumber(at, zone) - dayNumber(now, zone)
  if (apart === 0) return say(lang, 'client.today')
  if (apart === -1) return say(lang, 'client.yesterday')
  if (apart === 1) return say(lang, 'client.tomorrow')
  return undefined
}

/** The calendar day in a zone, as yyyy-mm-dd. */
export function isoDay(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at)
}

function dayNumber(at: Date, zone: string): number {
  return Math.round(Date.parse(`${isoDay(at, zone)}T00:00:00Z`) / 86_400_000)
}

function ago(at: Date, { lang, now }: Reader): string {
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000)
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' })
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour')
  return relative.format(Math.round(minutes / 1440), 'day')
}

/** Hours and minutes of an instant in a zone. */
export function clockTime(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at)
}
