import { unknownNumber } from '../cards/chat/replies.js'
import type { ClickFlow } from './click.js'
import { spokenCard, ticketCard } from './speak.js'
import { viewFor } from './view-context.js'

/** The lists and the help behind buttons: the same as in words. */
export const showHelp: ClickFlow = async (services, { person }) => ({
  kind: 'private',
  card: await spokenCard(services, person, { kind: 'command', name: 'help' }),
})

export const showMine: ClickFlow = async (services, { person }) => ({
  kind: 'private',
  card: await spokenCard(services, person, { kind: 'command', name: 'my_tickets' }),
})

export const showQueue: ClickFlow = async (services, { person }) => ({
  kind: 'private',
  card: await spokenCard(services, person, { kind: 'command', name: 'queue' }),
})

/** One ticket, as the person may see it. Of one that is none of theirs not even the number is told. */
export const showTicket: ClickFlow = async (services, { person, action }) => {
  const ticket = action.ticketId ? await services.tickets.load(action.ticketId) : undefined
  const card = await ticketCard(services, person, ticket)
  return { kind: 'private', card: card ?? unknownNumber('—', await viewFor(services, person)) }
}
