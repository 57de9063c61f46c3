import type { PersonId, TeamId, TicketId, TypeId } from '../../models/ids.js'
import type { Clock, ClockKind, Priority, Status, Ticket } from '../../models/ticket/ticket.js'

/** What the requester may know of a clock: the promise, not who is told when it is broken. */
export interface RequesterClock {
  state: Clock['state']
  dueAt?: Date
  certain: boolean
}

/**
 * A ticket as its requester may see it. It has no notes, reasons, cause, prevention or ladder, so that no view built
 * on it can show them; `audience` keeps a whole ticket from passing for one.
 */
export interface RequesterTicket {
  readonly audience: 'requester'
  id: TicketId
  number: string
  title: string
  status: Status
  priority: Priority
  teamId: TeamId
  typeId: TypeId
  requesterId: PersonId
  assigneeId?: PersonId
  openedAt: Date
  closedAt?: Date
  resolution?: string
  urges: { count: number; lastAt?: Date }
  clocks: Partial<Record<ClockKind, RequesterClock>>
}

/** The only way from a ticket to what its requester sees: named fields, copied one by one. */
export function forRequester(ticket: Ticket): RequesterTicket {
  const { first_response, resolution, auto_close } = ticket.clocks
  return {
    audience: 'requester',
    id: ticket.id,
    number: ticket.number,
    title: ticket.title,
    status: ticket.status,
    priority: ticket.priority,
    teamId: ticket.teamId,
    typeId: ticket.typeId,
    requesterId: ticket.requesterId,
    ...(ticket.assigneeId ? { assigneeId: ticket.assigneeId } : {}),
    openedAt: ticket.openedAt,
    ...(ticket.closedAt ? { closedAt: ticket.closedAt } : {}),
    ...(ticket.resolution ? { resolution: ticket.resolution.text } : {}),
    urges: { count: ticket.urges.count, ...(ticket.urges.lastAt ? { lastAt: ticket.urges.lastAt } : {}) },
    clocks: {
      ...(first_response ? { first_response: promised(first_response) } : {}),
      ...(resolution ? { resolution: promised(resolution) } : {}),
      ...(auto_close ? { auto_close: promised(auto_close) } : {}),
    },
  }
}

function promised(clock: Clock): RequesterClock {
  return { state: clock.state, ...(clock.dueAt ? { dueAt: clock.dueAt } : {}), certain: clock.certain }
}
