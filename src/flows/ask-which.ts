import { askReopen, chooseTicket } from '../cards/chat/where-it-goes.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { type Taken, taken, type WrittenMessage } from './arrival.js'
import { addressOf } from './places.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

/** Asks the person what their message is about: one of their tickets, a resolved one reopened, or something new. */
export async function askWhich(
  services: Services,
  message: WrittenMessage,
  tickets: readonly Ticket[],
  what: 'choose' | 'reopen' = 'choose',
): Promise<Taken> {
  const ctx = await viewFor(services, message.person, tickets)
  const where = { message: message.id }
  const [first] = tickets
  const card =
    what === 'reopen' && first
      ? askReopen(forRequester(first), ctx, where)
      : chooseTicket(tickets.map(forRequester), ctx, where)
  await services.replies.say(services.desk().id, `ask:${message.id}`, addressOf(message), card)
  return taken(first?.id)
}
