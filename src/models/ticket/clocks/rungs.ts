import type { PersonId } from '../../ids.js'
import { type Context, teamOf } from '../context.js'
import type { Clock, Ticket } from '../ticket.js'

/** Those who hear of it together. `level` is the ladder's; those after its end have none. */
export interface Rung {
  level?: string
  people: PersonId[]
}

/** Who hears of an overdue promise from the ladder's level `from` (0 is the first) upwards; at its end the admins, then the team. */
export function rungs(ticket: Ticket, clock: Clock, from: number, context: Context): Rung[] {
  const ladder = clock.ladderId === undefined ? undefined : context.desk.ladders[clock.ladderId]
  const { leads, members } = teamOf(context.desk, ticket.teamId)
  const levels = (ladder?.levels ?? []).map(({ tell }, index): Rung => {
    const people = tell.flatMap((who): (PersonId | undefined)[] => {
      if (who === 'assignee') return [ticket.assigneeId]
      if (who === 'lead') return leads
      return leads.map((lead) => context.managers[lead])
    })
    return { level: `L${index + 1}`, people: [...new Set(people)].filter((id) => id !== undefined) }
  })
  return [
    ...levels.slice(from),
    ...[context.adminIds, leads, members].map((people) => ({ people: [...people] })),
  ]
}
