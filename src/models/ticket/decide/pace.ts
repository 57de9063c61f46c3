import { refuse } from '../../../lib/errors.js'
import { silenced } from '../clocks/consequences.js'
import type { Command } from '../commands.js'
import { teamOf } from '../context.js'
import type { ClockKind } from '../ticket.js'
import type { Case, Decision } from './case.js'
import { accept, missingReason, telling, withReason } from './parts.js'

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>

/** A requester may nudge at most this often. */
export const URGE_EVERY_MS = 60 * 60_000

export function wait(at: Case, { on }: Of<'wait'>): Decision {
  const status =
    on === 'requester' ? 'waiting_requester' : on === 'external' ? 'waiting_external' : 'in_progress'
  // given, but not accepted yet: there is no waiting to end
  const notWaiting = on === 'nobody' && at.ticket.status === 'assigned'
  if (notWaiting || status === at.ticket.status) return refuse('ticket.unchanged')
  return accept({ type: 'ticket.status_changed', status })
}

export function prioritize(at: Case, { priority, reason }: Of<'priority'>): Decision {
  if (priority === at.ticket.priority) return refuse('ticket.unchanged')
  return (
    missingReason(at, 'priority', reason) ??
    accept({ type: 'ticket.prioritized', priority, ...withReason(reason) })
  )
}

/** 催单: counted, at most hourly; whoever should act is told. */
export function urge(at: Case): Decision {
  const { ticket, context } = at
  if (ticket.status === 'waiting_requester') return refuse('ticket.waits_for_you')
  const { lastAt, count } = ticket.urges
  const next = lastAt && new Date(lastAt.getTime() + URGE_EVERY_MS)
  if (next && next > context.now) return refuse('ticket.urged_recently', { time: next })
  const { leads, members } = teamOf(context.desk, ticket.teamId)
  const handler = ticket.assigneeId ? [ticket.assigneeId] : []
  // who nudges may be the lead: then the next who could act hears of it, never nobody
  const told = [handler, leads, members, context.adminIds].map((people) => telling(at, people, 'urged'))
  return accept(
    { type: 'ticket.urged', count: count + 1 },
    ...(told.find((events) => events.length > 0) ?? []),
  )
}

/** *I'm on it*: silences the level that was told, until the next one. The clock runs on. */
export function acknowledge(at: Case, kind: ClockKind): Decision {
  const clock = at.ticket.clocks[kind]
  if (clock?.state !== 'running') return refuse('ticket.nothing_to_ack')
  const events = silenced(clock)
  return events.length > 0 ? accept(...events) : refuse('ticket.nothing_to_ack')
}
