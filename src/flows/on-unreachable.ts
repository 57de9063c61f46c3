import type { PersonId, TicketId } from '../models/ids.js'
import type { TellTemplate } from '../models/ticket/events.js'
import type { ClockKind } from '../models/ticket/ticket.js'
import { changeTicket } from './change-ticket.js'
import type { Services } from './services.js'

/** A telling that no messenger of the person took. */
export interface UnreachedTelling {
  outboxId: string
  ticketId: TicketId
  personId: PersonId
  template: TellTemplate
  clock?: ClockKind
  level?: string
}

/** Somebody could not be told: the ticket's history says so, and whoever comes next on the ladder is told instead, once. */
export async function onUnreachable(
  services: Services,
  { outboxId, ticketId, ...telling }: UnreachedTelling,
): Promise<void> {
  await changeTicket(services, {
    ticketId,
    actor: { kind: 'system' },
    cause: `unreached:${outboxId}`,
    command: { verb: 'unreached', ...telling },
    flow: 'flows/on-unreachable.ts',
  })
}
