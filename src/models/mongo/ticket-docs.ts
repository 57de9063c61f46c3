import type { Commit } from '../ticket/events.js'
import type { Ticket } from '../ticket/ticket.js'
import type { CommitDoc, TicketDoc } from './documents.js'

export function toTicket({ _id, ...rest }: TicketDoc): Ticket {
  return { id: _id, ...rest }
}
export function fromTicket({ id, ...rest }: Ticket): TicketDoc {
  return { _id: id, ...rest }
}
export function toCommit({ _id, ts: _, ...commit }: CommitDoc): Commit {
  return commit
}
