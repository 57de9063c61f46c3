import { refuse } from '../lib/errors.js'
import { refused } from './act.js'
import { NOTHING } from './answer.js'
import { answerTicket } from './answer-ticket.js'
import { catchUp } from './catch-up.js'
import type { ClickFlow } from './click.js'
import { placeFor } from './places.js'

/** The person says which of their tickets a message belongs to. */
export const joinTicket: ClickFlow = async (services, click) => {
  const { ticketId, arg } = click.action
  const [message, ticket] = await Promise.all([
    arg ? services.arrival(arg) : undefined,
    ticketId ? services.tickets.load(ticketId) : undefined,
  ])
  const place = message && ticket && placeFor(message, ticket)
  const own = message?.person.id === click.person.id && ticket?.requesterId === click.person.id
  if (!message || !ticket || !place || !own) return await refused(services, click, refuse('ticket.not_found'))
  if (message.deleted) return await refused(services, click, refuse('touch.deleted'))
  await answerTicket(services, { ...message, lastTry: true }, ticket, place.placeId, { adding: place.adding })
  await catchUp(services, message)
  return NOTHING
}
