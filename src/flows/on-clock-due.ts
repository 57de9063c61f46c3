import type { TicketId } from '../models/ids.js'
import { tickCause } from '../models/ticket/clocks/tick.js'
import { changeTicket } from './change-ticket.js'
import type { Services } from './services.js'

/** A ticket's clock came due: reminds, escalates or closes, each once, whoever sweeps. */
export async function onClockDue(services: Services, ticketId: TicketId): Promise<'changed' | 'nothing'> {
  const changed = await changeTicket(services, {
    ticketId,
    actor: { kind: 'system' },
    cause: (ticket) => tickCause(ticket, services.now()),
    command: { verb: 'tick' },
    flow: 'flows/on-clock-due.ts',
  })
  return changed.kind === 'done' || changed.kind === 'already' ? 'changed' : 'nothing'
}
