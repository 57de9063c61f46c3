import type { ClockSpan } from './calendar.js'

/** Minutes of the local day, 0 to 1440; `from` is before `to`. */
export interface MinuteSpan {
  readonly from: number
  readonly to: number
}

const CLOCK = /^(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/

/** @returns minutes since midnight of an `HH:MM` time (`24:00` is 1440), or undefined when it is no such time. */
export function minutesOfDay(clock: string): number | undefined {
  const match = CLOCK.exec(clock)
  if (match === null) return undefined
  return Number(match[1] ?? match[3]) * 60 + Number(match[2] ?? match[4])
}

/**
 * @returns the hours of one day in order, with overlapping and touching ones joined.
 * @throws RangeError for a time that is not `HH:MM`, or a span that does not end after it starts.
 */
export function minuteSpans(spans: readonly ClockSpan[]): readonly MinuteSpan[] {
  const sorted = spans.map(toMinuteSpan).sort((a, b) => a.from - b.from)
  const joined: MinuteSpan[] = []
  for (const span of sorted) {
    const last = joined.at(-1)
    if (last === undefined || span.from > last.to) joined.push(span)
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
  }
  return joined
}

function toMinuteSpan(span: ClockSpan): MinuteSpan {
  const from = minutesOfDay(span.from)
  const to = minutesOfDay(span.to)
  if (from === undefined || to === undefined || from >= to) {
    throw new RangeError(`not working hours: ${span.from}-${span.to}`)
  }
  return { from, to }
}
