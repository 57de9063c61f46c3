import { z } from 'zod'
import { type ClockSpan, type IsoDate, WEEKDAYS, type Weekday } from './calendar.js'
import { minutesOfDay } from './clock-span.js'
import { parseEpochDay, toIsoDate } from './epoch-day.js'
import { dayStartMs } from './zone-days.js'

/** A year of days off in one range is taken for a slip of the pen. */
const MAX_RANGE_DAYS = 366

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/

export const dateSchema = z
  .string({ error: 'expected a date like 2026-02-14' })
  .regex(ISO_DATE, 'expected a date like 2026-02-14')
  // One complaint is enough about what does not even look like a date.
  .refine(
    (date) => !ISO_DATE.test(date) || parseEpochDay(date) !== undefined,
    'the calendar has no such date',
  )

/** `2026-02-14`, or `2026-02-15/2026-02-23` with both ends in it; gives the dates. */
export const dateRangeSchema = z
  .string({ error: 'expected a date like 2026-02-14, or a range like 2026-02-15/2026-02-23' })
  .transform((text, ctx): IsoDate[] => {
    const dates = text.split('/').map((date) => parseEpochDay(date.trim()))
    const first = dates.at(0)
    const last = dates.at(-1)
    const fail = (message: string) => {
      ctx.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if (first === undefined || last === undefined || dates.length > 2) {
      return fail('expected a date like 2026-02-14, or a range like 2026-02-15/2026-02-23')
    }
    if (last < first) return fail('the range ends before it starts')
    if (last - first >= MAX_RANGE_DAYS) return fail(`the range is longer than ${MAX_RANGE_DAYS} days`)
    return Array.from({ length: last - first + 1 }, (_, index) => toIsoDate(first + index))
  })

export const zoneSchema = z
  .string({ error: 'expected a time zone like Asia/Shanghai' })
  .refine(isZone, 'unknown time zone; expected an IANA name like Asia/Shanghai or America/New_York')

function isZone(zone: string): boolean {
  // Offsets are zones to Temporal, but they know no daylight saving.
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    dayStartMs(zone, 0)
    return true
  } catch {
    return false
  }
}

/** `09:00-12:00`, or `{ from, to }`. */
const clockSpanSchema = z
  .union([z.string(), z.strictObject({ from: z.string(), to: z.string() })], {
    error: 'expected hours like 09:00-12:00',
  })
  .transform((written, ctx): ClockSpan => {
    const span = typeof written === 'string' ? splitHours(written) : written
    const from = minutesOfDay(span.from)
    const to = minutesOfDay(span.to)
    if (from === undefined || to === undefined) {
      ctx.addIssue({ code: 'custom', message: 'expected hours like 09:00-12:00, from 00:00 to 24:00' })
      return z.NEVER
    }
    if (from >= to) {
      const hint = 'hours that pass midnight are two: 22:00-24:00, and 00:00-06:00 on the next day'
      ctx.addIssue({ code: 'custom', message: `${span.from} is not before ${span.to}; ${hint}` })
      return z.NEVER
    }
    return span
  })

function splitHours(text: string): ClockSpan {
  const [from = '', to = '', ...rest] = text.split(/[-–]/).map((clock) => clock.trim().padStart(5, '0'))
  return rest.length > 0 ? { from: '', to: '' } : { from, to }
}

/** The hours of one day, in any order; empty for a day off. Gives them in order. */
export const hoursSchema = z
  .array(clockSpanSchema, { error: "expected a list of hours like ['09:00-12:00', '13:30-18:00']" })
  .superRefine((spans, ctx) => {
    for (const [index, span] of spans.entries()) {
      const other = spans.slice(0, index).find((earlier) => earlier.from < span.to && span.from < earlier.to)
      if (other === undefined) continue
      const message = `${span.from}-${span.to} overlaps ${other.from}-${other.to}`
      ctx.addIssue({ code: 'custom', path: [index], message })
    }
  })
  .transform((spans) => [...spans].sort((a, b) => (a.from < b.from ? -1 : 1)))

const NAMES: readonly string[] = WEEKDAYS

const DAYS = 'expected a day (mon, tue, wed, thu, fri, sat, sun) or a range like mon-fri'

/** `fri`, `mon-fri`, or `fri-mon` (over the week's end). */
const weekdaysSchema = z.string().regex(/^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$/)

/** Hours by day or range of days. */
export const weeklySchema = z.record(weekdaysSchema, hoursSchema, {
  error: ({ code }) =>
    code === 'invalid_key' ? DAYS : "expected hours by day, like { mon-fri: ['09:00-18:00'] }",
})

/** Hours by date. */
export const overridesSchema = z.record(dateSchema, hoursSchema, {
  error: ({ code }) =>
    code === 'invalid_key'
      ? 'expected a date like 2026-02-14'
      : "expected hours by date, like { 2026-12-31: ['09:00-12:00'] }",
})

/** @returns the days that a key of `weekly` names. */
export function weekdaysIn(key: string): Weekday[] {
  const [first = 0, last = first] = key.split('-').map((name) => NAMES.indexOf(name))
  const length = ((last - first + WEEKDAYS.length) % WEEKDAYS.length) + 1
  return [...WEEKDAYS, ...WEEKDAYS].slice(first, first + length)
}
