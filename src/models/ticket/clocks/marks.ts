import { ALWAYS, type Calendar } from '../../calendar/calendar.js'
import { nextOpening } from '../../calendar/opening-hours.js'
import type { Ladder, LadderLevel } from '../../desk/desk.js'
import type { Clock, Mark, Priority } from '../ticket.js'
import { instantAtCounted, type Running } from './counted.js'

/** Closing by itself: the one mark of an auto-close clock. */
export const END = 'end'
export const isLadderLevel = (level: string): boolean => level.startsWith('L')
export const levelIndex = (level: string): number => Number(level.slice(1)) - 1

export interface MarkInput {
  clock: Running & Pick<Clock, 'targetMs' | 'told' | 'ackedLevel'>
  /** In which the clock counts. */
  calendar: Calendar
  remindAt: readonly number[]
  ladder: Ladder | undefined
  /** In which we may speak: `speakingHours`. */
  hours: Calendar
  dueAt: Date
  now: Date
}

/**
 * What is still to be told of a running clock, earliest first: reminders ahead of us, and the next round of each
 * ladder level that nobody has silenced. A level whose time has passed is due at once; a missed reminder is dropped.
 */
export function marksOf(input: MarkInput): Mark[] {
  return [...reminders(input), ...ladderMarks(input)].sort((a, b) => a.at.getTime() - b.at.getTime())
}

function reminders({ clock, calendar, remindAt, hours, now }: MarkInput): Mark[] {
  return remindAt.flatMap((fraction) => {
    const level = `r${Math.round(fraction * 100)}`
    if (clock.told.some((told) => told.level === level)) return []
    const instant = instantAtCounted(clock, calendar, clock.targetMs * fraction)
    return instant && instant.at > now ? [{ at: speakAt(hours, instant.at), level, round: 1 }] : []
  })
}

function ladderMarks({ clock, ladder, dueAt, hours, now }: MarkInput): Mark[] {
  const silenced = clock.ackedLevel ? levelIndex(clock.ackedLevel) : -1
  return (ladder?.levels ?? []).flatMap((level, index) => {
    const name = `L${index + 1}`
    if (index <= silenced) return []
    const told = clock.told.filter((one) => one.level === name)
    const delay = delayOf(level, told.at(-1)?.at, told.length, dueAt)
    const at = delay && instantAfter(delay.from, delay.ms, clock, hours)
    return at ? [{ at: speakAt(hours, at > now ? at : now), level: name, round: told.length + 1 }] : []
  })
}

/** From when and how long the level's next round waits; none when it has no round left. Rounds count from the one before. */
function delayOf(
  level: LadderLevel,
  lastAt: Date | undefined,
  rounds: number,
  dueAt: Date,
): { from: Date; ms: number } | undefined {
  if (!lastAt) return { from: dueAt, ms: level.afterMs }
  if (level.everyMs === undefined || rounds >= (level.rounds ?? Number.POSITIVE_INFINITY)) return undefined
  return { from: lastAt, ms: level.everyMs }
}

/**
 * A ladder waits only while it could speak and the clock runs: otherwise every level of a promise broken in the evening
 * would be told at the next opening in one breath, and every level of one that had been paused at once.
 */
function instantAfter(from: Date, ms: number, clock: Running, hours: Calendar): Date | undefined {
  const pauses = clock.pauses.filter((pause) => pause.from >= from)
  return instantAtCounted({ startedAt: from, pauses }, hours, ms)?.at
}

/** Outside the team's hours only urgent tickets speak. */
export function speakingHours(priority: Priority, teamCalendar: Calendar): Calendar {
  return priority === 'urgent' ? ALWAYS : teamCalendar
}

/** `at`, or the next opening where nobody may be spoken to at `at`. */
export function speakAt(hours: Calendar, at: Date): Date {
  return nextOpening(hours, at) ?? at
}
