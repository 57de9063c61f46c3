import type { ClickFlow } from './click.js'
import { spokenCard } from './speak.js'

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

/** One ticket, as the person may see it. */
export const showTicket: ClickFlow = async (services, { person, action }) => {
  const ticket = action.ticketId ? await services.tickets.load(action.ticketId) : undefined
  const number = ticket?.deskId === services.desk().id ? ticket.number : '—'
  return {
    kind: 'private',
    card: await spokenCard(services, person, { kind: 'command', name: 'status', number }),
  }
}
