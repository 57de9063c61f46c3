import type { Calendar } from './calendar.js'
import { epochDayOf } from './epoch-day.js'
import { dayStartMs, epochDayAt } from './zone-days.js'

/** @returns whether the calendar's holidays are known up to this instant; the end of the last known day is still in. */
export function isWithinData(calendar: Calendar, at: Date): boolean {
  if (calendar.validThrough === undefined) return true
  return at.getTime() <= dayStartMs(calendar.zone, epochDayOf(calendar.validThrough) + 1)
}

/**
 * @returns how many whole local days with known holidays follow the one in which `at` falls: 0 on the last one, negative
 * past it, undefined for a calendar whose data cannot run out.
 */
export function daysOfDataLeft(calendar: Calendar, at: Date): number | undefined {
  if (calendar.validThrough === undefined) return undefined
  return epochDayOf(calendar.validThrough) - epochDayAt(calendar.zone, at.getTime())
}

/** @returns whether fewer than `days` further days have known holidays; what the calendar check warns about. */
export function runsOutOfDataWithin(calendar: Calendar, at: Date, days: number): boolean {
  const left = daysOfDataLeft(calendar, at)
  return left !== undefined && left < days
}
