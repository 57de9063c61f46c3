import type { Refusal } from '../../../lib/errors.js'
import type { Context } from '../context.js'
import type { TicketEvent } from '../events.js'
import type { Role } from '../lifecycle.js'
import type { Ticket } from '../ticket.js'

export type Decision = { ok: true; events: TicketEvent[] } | Refusal

/** What one command sees: the ticket, what it may look at, and what the actor is to the ticket. */
export interface Case {
  ticket: Ticket
  context: Context
  roles: readonly Role[]
}
