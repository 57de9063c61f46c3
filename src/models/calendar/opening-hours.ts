import type { Calendar } from './calendar.js'
import { dayPlan } from './day-plan.js'
import { SEARCH_LIMIT_MS } from './search-limit.js'
import { workingMsSpans } from './working-spans.js'
import { epochDayAt } from './zone-days.js'

/** @returns whether time counts at this instant; the end of a span is no longer in it. */
export function isWorking(calendar: Calendar, at: Date): boolean {
  const ms = at.getTime()
  for (const _ of workingMsSpans(calendar, ms, ms + 1)) return true
  return false
}

/** @returns whether the local date on which the instant falls has no working time at all. */
export function isDayOff(calendar: Calendar, at: Date): boolean {
  return dayPlan(calendar, epochDayAt(calendar.zone, at.getTime())).spans.length === 0
}

/** @returns the first working instant from `at` on (`at` itself when working), or undefined when five years have none. */
export function nextOpening(calendar: Calendar, at: Date): Date | undefined {
  const ms = at.getTime()
  for (const span of workingMsSpans(calendar, ms, ms + SEARCH_LIMIT_MS)) return new Date(span.fromMs)
  return undefined
}
