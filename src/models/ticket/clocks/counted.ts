import { addWorkingTime } from '../../calendar/add-working-time.js'
import type { Calendar } from '../../calendar/calendar.js'
import { workingMsBetween } from '../../calendar/working-spans.js'
import type { Pause } from '../ticket.js'

/** A clock as far as counting goes: when it began and when it stood still. */
export interface Running {
  startedAt: Date
  pauses: readonly Pause[]
}

/** The stretches in which the clock ran; the last one is open unless it stands still now. */
function runs({ startedAt, pauses }: Running): { from: Date; to?: Date }[] {
  const list: { from: Date; to?: Date }[] = []
  let from: Date | undefined = startedAt
  for (const pause of pauses) {
    if (from) list.push({ from, to: pause.from })
    from = pause.to
  }
  if (from) list.push({ from })
  return list
}

/** Milliseconds of the calendar's working time that the clock has counted until `at`. */
export function countedMs(clock: Running, calendar: Calendar, at: Date): number {
  let ms = 0
  for (const run of runs(clock)) {
    const to = run.to && run.to < at ? run.to : at
    if (run.from < to) ms += workingMsBetween(calendar, run.from, to)
  }
  return ms
}

/**
 * When the clock has counted `ms`: in the past, or in the future if it goes on as it does now. Undefined while it
 * stands still short of it, or where the calendar has no such hour within its search limit.
 */
export function instantAtCounted(
  clock: Running,
  calendar: Calendar,
  ms: number,
): { at: Date; certain: boolean } | undefined {
  let rest = ms
  for (const run of runs(clock)) {
    if (!run.to) return addWorkingTime(calendar, run.from, rest)
    const counted = workingMsBetween(calendar, run.from, run.to)
    if (rest <= counted) return addWorkingTime(calendar, run.from, rest)
    rest -= counted
  }
  return undefined
}
