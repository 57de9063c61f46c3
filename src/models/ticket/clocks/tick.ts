import type { PersonId } from '../../ids.js'
import { type Context, teamCalendar, teamOf } from '../context.js'
import type { Telling, TicketEvent } from '../events.js'
import type { Clock, Mark, Ticket } from '../ticket.js'
import { dueOf } from './consequences.js'
import { END, isLadderLevel, levelIndex, speakAt, speakingHours } from './marks.js'
import { rungs } from './rungs.js'

/** Later than this after its mark, a telling says that it is late (the program was down, or the clock was moved). */
const LATE_MS = 5 * 60_000

/** The clocks of a ticket that have something due, with what is due. */
export function dueMarks(ticket: Ticket, now: Date): { clock: Clock; due: Mark[] }[] {
  return Object.values(ticket.clocks).flatMap((clock) => {
    const due = clock?.marks.filter((mark) => mark.at <= now) ?? []
    return clock && due.length > 0 ? [{ clock, due }] : []
  })
}

/** Names what a tick is about, so that each (clock, cycle, level, round) is told once whoever sweeps. */
export function tickCause(ticket: Ticket, now: Date): string {
  const marks = dueMarks(ticket, now).flatMap(({ clock, due }) =>
    due.map((mark) => `${clock.kind}.${clock.cycle}.${mark.level}.${mark.round}@${mark.at.getTime()}`),
  )
  return `clock:${ticket.id}:${marks.join('+')}`
}

/** What time does to a ticket now: closes it, reminds, escalates, or waits for the team's hours. */
export function tick(ticket: Ticket, context: Context): TicketEvent[] {
  const due = dueMarks(ticket, context.now)
  const ending = due.find(({ due: marks }) => marks.some((mark) => mark.level === END))
  if (ending) {
    // the sweep may come late, into a day off
    const at = speakAt(teamCalendar(context.desk, ticket.teamId), context.now)
    return [
      at > context.now ? postponed(ending.clock, ending.due, at) : { type: 'ticket.closed', by: 'time' },
    ]
  }
  const alreadyTold = new Set<PersonId>()
  return due.map(({ clock, due: marks }) => told(ticket, clock, marks, context, alreadyTold))
}

function told(
  ticket: Ticket,
  clock: Clock,
  due: readonly Mark[],
  context: Context,
  alreadyTold: Set<PersonId>,
): TicketEvent {
  const hours = speakingHours(ticket.priority, teamCalendar(context.desk, ticket.teamId))
  const at = speakAt(hours, context.now)
  if (at > context.now) return postponed(clock, due, at)
  const ladder = due.filter((mark) => isLadderLevel(mark.level))
  const tell: Telling[] = []
  for (const mark of ladder) {
    for (const to of recipients(ticket, clock, levelIndex(mark.level), context)) {
      if (alreadyTold.has(to)) continue
      alreadyTold.add(to)
      tell.push({ to, template: 'overdue', level: mark.level })
    }
  }
  const tellings = due.map(({ level, round }) => ({ level, round }))
  const after: Clock = {
    ...clock,
    told: [...clock.told, ...tellings.map((one) => ({ ...one, at: context.now }))],
  }
  return {
    type: 'clock.told',
    clock: clock.kind,
    cycle: clock.cycle,
    told: tellings,
    remind: ladder.length > 0 ? [] : reminded(ticket, context),
    tell,
    marks: dueOf(after, ticket, context)?.marks ?? [],
    late: due.some((mark) => context.now.getTime() - mark.at.getTime() > LATE_MS),
  }
}

/** Nothing is told yet: what is due waits for the next opening. */
function postponed(clock: Clock, due: readonly Mark[], at: Date): TicketEvent {
  const marks = clock.marks
    .map((mark) => (due.includes(mark) ? { ...mark, at } : mark))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  return {
    type: 'clock.told',
    clock: clock.kind,
    cycle: clock.cycle,
    told: [],
    remind: [],
    tell: [],
    marks,
    late: false,
  }
}

/** A reminder in the thread names the assignee, or the leads while nobody has the ticket: never the whole channel. */
function reminded(ticket: Ticket, context: Context): PersonId[] {
  return ticket.assigneeId ? [ticket.assigneeId] : [...teamOf(context.desk, ticket.teamId).leads]
}

/** Who hears of a ladder level. A level that finds nobody falls to the next, and at last to the admins: never silence. */
function recipients(ticket: Ticket, clock: Clock, from: number, context: Context): PersonId[] {
  return rungs(ticket, clock, from, context).find(({ people }) => people.length > 0)?.people ?? []
}
