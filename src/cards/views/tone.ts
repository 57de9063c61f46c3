import type { ClockKind, Priority, Status } from '../../models/ticket/ticket.js'
import type { Tone } from '../card.js'

interface Timed {
  status: Status
  priority: Priority
  clocks: Partial<Record<ClockKind, { state: 'running' | 'paused' | 'stopped'; dueAt?: Date }>>
}

/** The promises that ran out at `now`. Closing by itself is no promise that can be broken. */
export function overdueClocks(ticket: Pick<Timed, 'clocks'>, now: Date): ClockKind[] {
  return (['first_response', 'resolution'] as const).filter((kind) => {
    const clock = ticket.clocks[kind]
    return clock?.state === 'running' && clock.dueAt !== undefined && clock.dueAt <= now
  })
}

/** The colour of a ticket for those who work on it. */
export function teamTone(ticket: Timed, now: Date): Tone {
  if (overdueClocks(ticket, now).length > 0) return 'danger'
  switch (ticket.status) {
    case 'under_review':
    case 'new':
    case 'assigned':
      return ticket.priority === 'urgent' || ticket.priority === 'high' ? 'warning' : 'info'
    case 'in_progress':
      return 'info'
    case 'waiting_requester':
    case 'waiting_external':
    case 'snoozed':
      return 'neutral'
    case 'resolved':
      return 'good'
    case 'closed':
    case 'cancelled':
    case 'rejected':
    case 'merged':
      return 'neutral'
    default:
      return ticket.status satisfies never
  }
}

/** The colour of a ticket for its requester: it asks for attention where they have something to do. */
export function requesterTone(ticket: Pick<Timed, 'status'>): Tone {
  switch (ticket.status) {
    case 'waiting_requester':
      return 'warning'
    case 'resolved':
      return 'good'
    case 'closed':
    case 'cancelled':
    case 'rejected':
    case 'merged':
      return 'neutral'
    case 'under_review':
    case 'new':
    case 'assigned':
    case 'in_progress':
    case 'waiting_external':
    case 'snoozed':
      return 'info'
    default:
      return ticket.status satisfies never
  }
}
