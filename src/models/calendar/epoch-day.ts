import { Temporal } from 'temporal-polyfill'
import { type IsoDate, WEEKDAYS, type Weekday } from './calendar.js'

/** Local dates are counted as days since 1970-01-01, so that tables and neighbours are plain numbers. */
export const DAY_MS = 86_400_000

const EPOCH = Temporal.PlainDate.from('1970-01-01')
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/

/** @returns the day's number, or undefined when the text is no `YYYY-MM-DD` date of the calendar. */
export function parseEpochDay(date: IsoDate): number | undefined {
  if (!ISO_DATE.test(date)) return undefined
  const ms = Date.parse(`${date}T00:00:00Z`)
  // The engine reads 30 February as 2 March.
  if (Number.isNaN(ms) || toIsoDate(ms / DAY_MS) !== date) return undefined
  return ms / DAY_MS
}

/** @throws RangeError when the text is no date. */
export function epochDayOf(date: IsoDate): number {
  const day = parseEpochDay(date)
  if (day === undefined) throw new RangeError(`not a date: ${date}`)
  return day
}

export function toIsoDate(epochDay: number): IsoDate {
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10)
}

export function toPlainDate(epochDay: number): Temporal.PlainDate {
  return EPOCH.add({ days: epochDay })
}

/** 1970-01-01 was a Thursday. */
export function weekdayOf(epochDay: number): Weekday {
  const weekday = WEEKDAYS[(((epochDay + 3) % 7) + 7) % 7]
  if (weekday === undefined) throw new RangeError(`not a day: ${epochDay}`)
  return weekday
}
