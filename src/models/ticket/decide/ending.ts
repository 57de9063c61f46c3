import { refuse } from '../../../lib/errors.js'
import type { Command } from '../commands.js'
import { typeOf } from '../context.js'
import type { TellTemplate, TicketEvent } from '../events.js'
import type { Case, Decision } from './case.js'
import {
  accept,
  actorId,
  arrivingIn,
  MAX_TEXT,
  missingReason,
  telling,
  touched,
  touchProblem,
  withReason,
} from './parts.js'

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>

export function resolve(at: Case, command: Of<'resolve'>): Decision {
  const type = typeOf(at.context.desk, at.ticket.typeId)
  const [resolution, cause, prevention] = [
    command.resolution,
    command.cause ?? '',
    command.prevention ?? '',
  ].map((s) => s.trim())
  if (!resolution) return refuse('ticket.text_required')
  if (resolution.length > MAX_TEXT) return refuse('ticket.text_too_long', { max: MAX_TEXT })
  if (type.asksCause === 'required' && !cause) return refuse('ticket.cause_required')
  if (type.asksPrevention === 'required' && !prevention) return refuse('ticket.prevention_required')
  // who resolves a ticket that nobody has, has done it
  const claimed: TicketEvent[] = at.ticket.assigneeId
    ? []
    : [{ type: 'ticket.claimed', agentId: actorId(at) }]
  return accept(
    ...claimed,
    {
      type: 'ticket.resolved',
      resolution,
      ...(cause ? { cause } : {}),
      ...(prevention ? { prevention } : {}),
    },
    ...tellingHandler(at, 'resolved'),
  )
}

export function confirm(_: Case): Decision {
  return accept({ type: 'ticket.closed', by: 'requester' })
}

/** Back to who had it, with its history; to the queue if nobody has. A closed ticket only inside its type's window. */
export function reopen(at: Case, { reason, touch, place }: Of<'reopen'>): Decision {
  const { ticket, context, roles } = at
  const problem = missingReason(at, 'reopen', reason?.trim() || touch?.text) ?? (touch && touchProblem(touch))
  if (problem) return problem
  const windowMs = typeOf(context.desk, ticket.typeId).reopenWindowMs
  if (ticket.closedAt && context.now.getTime() - ticket.closedAt.getTime() > windowMs)
    return refuse('ticket.window_over')
  const side = roles.includes('requester') ? 'requester' : 'team'
  const said: TicketEvent[] = touch
    ? [...arrivingIn(at, place), { type: 'touch.added', touch: touched(at, touch, side, 'public') }]
    : []
  const queued: TicketEvent[] = ticket.assigneeId ? [] : [{ type: 'ticket.status_changed', status: 'new' }]
  return accept(
    { type: 'ticket.reopened', ...withReason(reason) },
    ...queued,
    ...said,
    ...tellingHandler(at, 'reopened'),
  )
}

export function withdraw(at: Case, { reason }: Of<'withdraw'>): Decision {
  return (
    missingReason(at, 'withdraw', reason) ??
    accept({ type: 'ticket.withdrawn', ...withReason(reason) }, ...tellingHandler(at, 'withdrawn'))
  )
}

export function dismiss(at: Case, { reason }: Of<'dismiss'>): Decision {
  return (
    missingReason(at, 'dismiss', reason) ??
    accept({ type: 'ticket.dismissed', ...withReason(reason) }, ...tellingHandler(at, 'dismissed'))
  )
}

/** Tells who has the ticket. A requester who works on their own ticket hears of it as its requester, and only so. */
function tellingHandler(at: Case, template: TellTemplate): TicketEvent[] {
  const { assigneeId, requesterId } = at.ticket
  return assigneeId === requesterId ? [] : telling(at, [assigneeId], template)
}
