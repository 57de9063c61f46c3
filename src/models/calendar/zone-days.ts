import type { Temporal } from 'temporal-polyfill'
import { DAY_MS, toPlainDate } from './epoch-day.js'

/** Days kept per zone (eleven years); a zone that passes it starts anew. */
const MAX_DAYS = 4_096

const MINUTES_PER_DAY = 1_440

/** First instants of local days, by zone. Zones are shared by calendars, and asking Temporal is the dear part. */
const startsByZone = new Map<string, Map<number, number>>()

/**
 * @returns the first instant of the local day, in epoch milliseconds. A day that a zone skipped is empty: it starts
 * where the next one starts.
 * @throws RangeError for an unknown zone.
 */
export function dayStartMs(zone: string, epochDay: number): number {
  const starts = startsByZone.get(zone) ?? new Map<number, number>()
  const known = starts.get(epochDay)
  if (known !== undefined) return known
  const startMs =
    zone === 'UTC' ? epochDay * DAY_MS : toPlainDate(epochDay).toZonedDateTime(zone).epochMilliseconds
  if (starts.size >= MAX_DAYS) starts.clear()
  starts.set(epochDay, startMs)
  startsByZone.set(zone, starts)
  return startMs
}

/** @returns the local day in which an instant falls. */
export function epochDayAt(zone: string, atMs: number): number {
  if (!Number.isFinite(atMs)) throw new RangeError('not an instant')
  let day = Math.floor(atMs / DAY_MS)
  while (dayStartMs(zone, day) > atMs) day -= 1
  while (dayStartMs(zone, day + 1) <= atMs) day += 1
  return day
}

/**
 * @returns whether the wall clock runs evenly on this day, so that wall times need no Temporal. The next day is asked
 * too, because minutes repeated just after midnight belong to the day before.
 */
export function isEvenDay(zone: string, epochDay: number): boolean {
  const nextMs = dayStartMs(zone, epochDay + 1)
  return nextMs - dayStartMs(zone, epochDay) === DAY_MS && dayStartMs(zone, epochDay + 2) - nextMs === DAY_MS
}

export type Edge = 'start' | 'end'

/**
 * @returns the instant of a wall time, in epoch milliseconds. A wall time that occurs twice is the first for a start
 * and the second for an end; one that never occurs is moved forward to the first instant that exists after it.
 */
export function wallTimeMs(zone: string, epochDay: number, minutes: number, edge: Edge): number {
  if (isEvenDay(zone, epochDay)) return dayStartMs(zone, epochDay) + minutes * 60_000
  const wall = toPlainDate(epochDay + Math.floor(minutes / MINUTES_PER_DAY)).toPlainDateTime({
    hour: Math.floor((minutes % MINUTES_PER_DAY) / 60),
    minute: minutes % 60,
  })
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (!earlier.toPlainDateTime().equals(wall)) return afterGapMs(wall, earlier)
  if (edge === 'start') return earlier.epochMilliseconds
  return wall.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
}

/** Inside a gap, `earlier` lies just before it, so the next transition is the gap's end. */
function afterGapMs(wall: Temporal.PlainDateTime, earlier: Temporal.ZonedDateTime): number {
  const gapEnd = earlier.getTimeZoneTransition('next')
  const later = wall.toZonedDateTime(earlier.timeZoneId, { disambiguation: 'later' })
  return gapEnd === null ? later.epochMilliseconds : gapEnd.epochMilliseconds
}
