import type { Calendar } from './calendar.js'
import { isWithinData } from './calendar-data.js'
import { SEARCH_LIMIT_MS } from './search-limit.js'
import { workingMsSpans } from './working-spans.js'

export interface WorkingInstant {
  readonly at: Date
  /** False when `at` lies past the calendar's `validThrough`: holidays that nobody entered may move it. */
  readonly certain: boolean
}

/**
 * The first instant by which `ms` of working time has passed since `from`.
 *
 * Exactly at the end of a span it is that end, not the next opening; 0 or less is `from` itself, open or closed.
 *
 * @param ms milliseconds of working time; a fraction is rounded up.
 * @returns undefined when the calendar has not that much working time in the five years after `from`.
 * @throws RangeError when `from` or `ms` is not a number.
 */
export function addWorkingTime(calendar: Calendar, from: Date, ms: number): WorkingInstant | undefined {
  const fromMs = from.getTime()
  if (Number.isNaN(fromMs) || Number.isNaN(ms)) throw new RangeError('not an instant or not a duration')
  let leftMs = Math.ceil(ms)
  if (leftMs <= 0) return atMs(calendar, fromMs)
  for (const span of workingMsSpans(calendar, fromMs, fromMs + SEARCH_LIMIT_MS)) {
    const spanMs = span.toMs - span.fromMs
    if (leftMs <= spanMs) return atMs(calendar, span.fromMs + leftMs)
    leftMs -= spanMs
  }
  return undefined
}

function atMs(calendar: Calendar, ms: number): WorkingInstant {
  const at = new Date(ms)
  return { at, certain: isWithinData(calendar, at) }
}
