import type { Inline } from '../../../cards/text.js'
import { escaped } from './escape.js'

type Instant = Extract<Inline, { kind: 'instant' }>

const FORMS = {
  time: '{time}',
  date: '{date_short_pretty}',
  date_time: '{date_short_pretty} {time}',
} as const

/** An instant that Slack shows in the reader's own zone; where it cannot, the given zone, named. */
export function instant({ at, style, zone, locale }: Instant): string {
  const fallback = escaped(writtenOut({ kind: 'instant', at, style, zone, locale })).replace(/[|^]/g, ' ')
  return `<!date^${Math.floor(at.getTime() / 1000)}^${FORMS[style]}|${fallback}>`
}

function writtenOut({ at, style, zone, locale }: Instant): string {
  const date = style === 'time' ? {} : ({ month: 'short', day: 'numeric' } as const)
  const time = style === 'date' ? {} : ({ hour: '2-digit', minute: '2-digit' } as const)
  const written = new Intl.DateTimeFormat(locale, {
    ...date,
    ...time,
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at)
  if (style === 'date') return written
  // Intl puts a zone's name before a Chinese time, where nobody would write it
  const name = zoneName({ at, zone, locale })
  return locale.startsWith('zh') ? `${written}（${name}）` : `${written} ${name}`
}

function zoneName({ at, zone, locale }: Pick<Instant, 'at' | 'zone' | 'locale'>): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(at)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
}
