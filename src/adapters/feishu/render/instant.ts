import type { Inline } from '../../../cards/text.js'

type Instant = Extract<Inline, { kind: 'instant' }>

/** An instant in its zone, which is named: a card is the same for all who see it. */
export function writtenOut({
  at,
  style,
  zone,
  locale,
}: Pick<Instant, 'at' | 'style' | 'zone' | 'locale'>): string {
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
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(at)
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
  return locale.startsWith('zh') ? `${written}（${name}）` : `${written} ${name}`
}
