import type { Inline } from './text.js'

type Instant = Extract<Inline, { kind: 'instant' }>

/** An instant written out in its zone, which is named: for all who see it the same. */
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
  return `${written} ${name}`
}

function zoneName({ at, zone, locale }: Pick<Instant, 'at' | 'zone' | 'locale'>): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(at)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
}
