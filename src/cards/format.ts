import { t } from '../i18n/t.js'
import type { Locale } from '../models/ids.js'
import type { ViewContext } from './context.js'
import type { Inline, Text } from './text.js'

type Instant = Extract<Inline, { kind: 'instant' }>
type Style = Instant['style']

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** An instant that each messenger may show in its reader's own zone. */
export function instant(ctx: ViewContext, at: Date, style: Style = 'date_time'): Instant {
  return { kind: 'instant', at, style, zone: ctx.zone, locale: ctx.locale }
}

/** An instant in plain words of `zone`, for summaries, options and messengers without a reader-side form. */
export function instantText(at: Date, style: Style, zone: string, locale: string): string {
  return formatter(style, zone, locale).format(at).replaceAll('\u202f', ' ')
}

/** Like `instantText`, in the context's zone and language. */
export function when(ctx: ViewContext, at: Date, style: Style = 'date_time'): string {
  return instantText(at, style, ctx.zone, ctx.locale)
}

/** Building one costs more than using it a thousand times. */
const formatters = new Map<string, Intl.DateTimeFormat>()
const DATE = { weekday: 'short', month: 'short', day: 'numeric' } as const
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const STYLES = { date: DATE, time: TIME, date_time: { ...DATE, ...TIME } } as const

function formatter(style: Style, zone: string, locale: string): Intl.DateTimeFormat {
  const key = `${style} ${zone} ${locale}`
  let made = formatters.get(key)
  if (!made) {
    // British English: the day before the month and a 24-hour clock, as the rest of the texts read.
    const tag = locale === 'en' ? 'en-GB' : locale
    made = new Intl.DateTimeFormat(tag, { timeZone: zone, ...STYLES[style] })
    formatters.set(key, made)
  }
  return made
}

/** A rich text as one plain string. */
export function plain(text: Text): string {
  return text.map(plainInline).join('')
}

function plainInline(inline: Inline): string {
  if (typeof inline === 'string') return inline
  switch (inline.kind) {
    case 'instant':
      return instantText(inline.at, inline.style, inline.zone, inline.locale)
    case 'person':
      return inline.name
    case 'strong':
    case 'quiet':
    case 'code':
    case 'link':
    case 'place':
      return inline.text
    default:
      return inline satisfies never
  }
}

/**
 * A length of time in words, in its two largest units: "2 h 15 min", "3 d 4 h". Less than a minute is "less than a minute".
 * Working time has no days of 24 hours: `unit: 'hours'` keeps it in hours and minutes.
 */
export function duration(locale: Locale, ms: number, unit: 'days' | 'hours' = 'days'): string {
  const whole = Math.round(Math.max(0, ms) / MINUTE_MS) * MINUTE_MS
  if (whole === 0) return t(locale, 'time.moment')
  const days = unit === 'days' ? Math.floor(whole / DAY_MS) : 0
  const hours = Math.floor((whole - days * DAY_MS) / HOUR_MS)
  const minutes = days > 0 ? 0 : Math.floor((whole % HOUR_MS) / MINUTE_MS)
  return [
    ...(days > 0 ? [t(locale, 'time.days', { n: days })] : []),
    ...(hours > 0 ? [t(locale, 'time.hours', { n: hours })] : []),
    ...(minutes > 0 ? [t(locale, 'time.minutes', { n: minutes })] : []),
  ].join(' ')
}

/** A size in the largest unit that keeps it above one: "812 KB", "10 MB". */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`
}
