import type { Inline } from '../../../cards/text.js'

export type Instant = Extract<Inline, { kind: 'instant' }>

/**
 * An instant that Teams shows in the reader's own zone and language. It does so in the texts of cards only.
 * @see https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features#date-and-time-function-rules
 */
export function instantFunctions({ at, style }: Pick<Instant, 'at' | 'style'>): string {
  const stamp = at.toISOString().replace(/\.\d+Z$/, 'Z')
  const date = `{{DATE(${stamp}, SHORT)}}`
  const time = `{{TIME(${stamp})}}`
  return style === 'date' ? date : style === 'time' ? time : `${date} ${time}`
}

/** An instant written out in the zone it names, for where Teams has no form of the reader's. */
export function writtenOut({ at, style, zone, locale }: Omit<Instant, 'kind'>): string {
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
