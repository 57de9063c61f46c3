import { refuse } from '../../../lib/errors.js'
import type { Desk, Team } from '../../desk/desk.js'
import type { PersonId, TeamId } from '../../ids.js'
import type { Command } from '../commands.js'
import { teamOf } from '../context.js'
import type { TicketEvent } from '../events.js'
import type { Place } from '../ticket.js'
import type { Case, Decision } from './case.js'
import { accept, actorId, missingReason, telling, withReason } from './parts.js'

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>

/** Who takes a ticket has it; who was given it accepts. Who has it already resumes it. */
export function claim(at: Case): Decision {
  const self = actorId(at)
  const { assigneeId, status } = at.ticket
  if (assigneeId && assigneeId !== self) return refuse('ticket.already_claimed', { person: assigneeId })
  if (assigneeId === self && status === 'in_progress') return refuse('ticket.already_yours')
  return accept({ type: 'ticket.claimed', agentId: self })
}

export function assign(at: Case, { agentId, reason }: Of<'assign'>): Decision {
  if (at.ticket.assigneeId) return reassign(at, { verb: 'reassign', agentId, ...withReason(reason) })
  if (!isAgent(teamNow(at), agentId)) return refuse('ticket.unknown_assignee')
  return handOver(at, agentId, reason)
}

export function reassign(at: Case, { agentId, teamId, reason }: Of<'reassign'>): Decision {
  const { ticket, context } = at
  const missing = missingReason(at, 'reassign', reason)
  if (teamId !== undefined && teamId !== ticket.teamId) {
    if (!Object.hasOwn(context.desk.teams, teamId)) return refuse('ticket.unknown_team')
    const to = context.desk.teams[teamId]
    if (agentId !== undefined && to && !isAgent(to, agentId)) return refuse('ticket.unknown_assignee')
    if (missing) return missing
    const given: TicketEvent[] = agentId === undefined ? [] : handedTo(at, agentId, undefined)
    return accept(
      {
        type: 'ticket.moved',
        teamId,
        ...withReason(reason),
        places: teamPlaces(context.desk, teamId),
        retired: ticket.places
          .filter((place) => place.audience === 'team' && !place.retiredAt)
          .map((place) => place.id),
      },
      ...given,
      ...telling(at, ticket.assigneeId === agentId ? [] : [ticket.assigneeId], 'handed_over'),
    )
  }
  if (agentId === undefined || !isAgent(teamNow(at), agentId)) return refuse('ticket.unknown_assignee')
  if (agentId === ticket.assigneeId) return refuse('ticket.unchanged')
  return missing ?? handOver(at, agentId, reason)
}

export function release(at: Case, { reason }: Of<'release'>): Decision {
  const missing = missingReason(at, 'release', reason)
  if (missing) return missing
  return accept(
    { type: 'ticket.released', ...withReason(reason) },
    ...telling(at, [at.ticket.assigneeId], 'unassigned'),
  )
}

/** Whatever `personId` is to the ticket, `into` is from now on. */
export function adopt(at: Case, { personId, into }: Of<'adopt'>): Decision {
  const { requesterId, openedById, assigneeId, helperIds, toldIds } = at.ticket
  const named = [requesterId, openedById, assigneeId, ...helperIds, ...toldIds].includes(personId)
  return named ? accept({ type: 'person.merged', personId, into }) : accept()
}

function handOver(at: Case, agentId: PersonId, reason: string | undefined): Decision {
  return accept(...handedTo(at, agentId, reason), ...telling(at, [at.ticket.assigneeId], 'handed_over'))
}

/** Who gives a ticket to themself has it; anybody else is told, and accepts it. */
function handedTo(at: Case, agentId: PersonId, reason: string | undefined): TicketEvent[] {
  if (agentId === actorId(at)) return [{ type: 'ticket.claimed', agentId }]
  return [{ type: 'ticket.assigned', agentId, ...withReason(reason) }, ...telling(at, [agentId], 'assigned')]
}

function teamNow(at: Case): Team {
  return teamOf(at.context.desk, at.ticket.teamId)
}

function isAgent(team: Team, id: PersonId): boolean {
  return team.members.includes(id) || team.leads.includes(id)
}

/** One place for each messenger on which the team has a channel. */
export function teamPlaces(desk: Desk, teamId: TeamId): Place[] {
  return Object.entries(teamOf(desk, teamId).channels).map(([platform, conversation]) => ({
    id: `team:${teamId}:${platform}`,
    audience: 'team',
    address: { platform, conversation },
    teamId,
  }))
}
