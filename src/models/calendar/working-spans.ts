import type { Calendar, Span } from './calendar.js'
import { dayPlan, type MsSpan } from './day-plan.js'
import { epochDayAt } from './zone-days.js'

/**
 * Yields the working time inside [fromMs, toMs) in order and without overlaps, cut at least at each local midnight.
 * Everything else in this folder rests on this one set of instants, which is what makes sums add up.
 */
export function* workingMsSpans(calendar: Calendar, fromMs: number, toMs: number): Generator<MsSpan> {
  let cursorMs = fromMs
  // The day before may reach into this one where a zone repeats its midnight.
  for (let day = epochDayAt(calendar.zone, fromMs) - 1; cursorMs < toMs; day += 1) {
    const plan = dayPlan(calendar, day)
    for (const span of plan.spans) {
      const startMs = Math.max(span.fromMs, cursorMs)
      const endMs = Math.min(span.toMs, toMs)
      if (startMs >= endMs) continue
      cursorMs = endMs
      yield { fromMs: startMs, toMs: endMs }
    }
    if (plan.endMs >= toMs) return
  }
}

/** @returns the working time between two instants in order, touching spans joined; empty when `to` is not after `from`. */
export function workingSpans(calendar: Calendar, from: Date, to: Date): Span[] {
  const joined: MsSpan[] = []
  for (const span of workingMsSpans(calendar, from.getTime(), to.getTime())) {
    const last = joined.at(-1)
    if (last?.toMs === span.fromMs) joined[joined.length - 1] = { fromMs: last.fromMs, toMs: span.toMs }
    else joined.push(span)
  }
  return joined.map(({ fromMs, toMs }) => ({ from: new Date(fromMs), to: new Date(toMs) }))
}

/** @returns milliseconds of working time between two instants; 0 when `to` is not after `from`. */
export function workingMsBetween(calendar: Calendar, from: Date, to: Date): number {
  let sumMs = 0
  for (const span of workingMsSpans(calendar, from.getTime(), to.getTime())) sumMs += span.toMs - span.fromMs
  return sumMs
}
