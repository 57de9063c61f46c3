import type { Lang } from './texts.js'

const DATE_OR_TIME = /\{\{(DATE|TIME)\(([^,)\s]+)(?:\s*,\s*(COMPACT|SHORT|LONG))?\)\}\}/g

/** A card with its dates and times written out in the reader's zone and language, as Teams does it at the reader's side. */
export function withDates<T>(card: T, { lang, zone }: { lang: Lang; zone: string }): T {
  if (typeof card === 'string') return card.replace(DATE_OR_TIME, written) as T
  if (Array.isArray(card)) return card.map((each) => withDates(each, { lang, zone })) as T
  if (typeof card !== 'object' || card === null) return card
  return Object.fromEntries(
    Object.entries(card).map(([key, each]) => [key, withDates(each, { lang, zone })]),
  ) as T

  function written(whole: string, what: string, instant: string, style = 'COMPACT'): string {
    const at = new Date(instant)
    if (Number.isNaN(at.getTime())) return whole
    const shape: Intl.DateTimeFormatOptions =
      what === 'TIME'
        ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
        : style === 'LONG'
          ? { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }
          : style === 'SHORT'
            ? { weekday: 'short', month: 'short', day: 'numeric' }
            : { year: 'numeric', month: 'numeric', day: 'numeric' }
    return new Intl.DateTimeFormat(lang, { ...shape, timeZone: zone }).format(at)
  }
}
