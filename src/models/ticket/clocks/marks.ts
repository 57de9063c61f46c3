import type { Calendar } from '../../calendar/calendar.js'
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
  calendar: Calendar
  remindAt: readonly number[]
  ladder: Ladder | undefined
  /** When we may speak: not earlier than this for an instant outside the team's hours. */
  speakAt: (at: Date) => Date
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

function reminders({ clock, calendar, remindAt, speakAt, now }: MarkInput): Mark[] {
  return remindAt.flatMap((fraction) => {
    const level = `r${Math.round(fraction * 100)}`
    if (clock.told.some((told) => told.level === level)) return []
    const instant = instantAtCounted(clock, calendar, clock.targetMs * fraction)
    return instant && instant.at > now ? [{ at: speakAt(instant.at), level, round: 1 }] : []
  })
}

function ladderMarks({ clock, ladder, dueAt, speakAt }: MarkInput): Mark[] {
  const silenced = clock.ackedLevel ? levelIndex(clock.ackedLevel) : -1
  return (ladder?.levels ?? []).flatMap((level, index) => {
    const name = `L${index + 1}`
    if (index <= silenced) return []
    const told = clock.told.filter((one) => one.level === name)
    const at = roundAt(
      level,
      told.map((one) => one.at),
      dueAt,
    )
    return at ? [{ at: speakAt(at), level: name, round: told.length + 1 }] : []
  })
}

/** When the level's next round is, unless it has none left. Later rounds count from the one before. */
function roundAt(level: LadderLevel, told: readonly Date[], dueAt: Date): Date | undefined {
  const last = told.at(-1)
  if (!last) return new Date(dueAt.getTime() + level.afterMs)
  if (level.everyMs === undefined || told.length >= (level.rounds ?? Number.POSITIVE_INFINITY))
    return undefined
  return new Date(last.getTime() + level.everyMs)
}

/** Outside the team's hours only urgent tickets speak; the others wait for the next opening. */
export function speakingTime(priority: Priority, teamCalendar: Calendar): (at: Date) => Date {
  return (at) => (priority === 'urgent' ? at : (nextOpening(teamCalendar, at) ?? at))
}
