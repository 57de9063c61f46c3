import { teamCard } from '../cards/views/team-card.js'
import { refuse } from '../lib/errors.js'
import { teamOf } from '../models/ticket/context.js'
import { rolesOf } from '../models/ticket/lifecycle.js'
import { mayLook } from '../models/ticket/looks.js'
import { refused } from './act.js'
import type { ClickFlow } from './click.js'
import { viewFor } from './view-context.js'

/**
 * The team's card as it stands now, with the buttons that are this person's. Asked for by the messenger itself, whenever
 * one of them looks at the card: so it changes nothing, and reads little. In the team's language, like the shared one.
 */
export const showOwnView: ClickFlow = async (services, click) => {
  const { person, action } = click
  const desk = services.desk()
  const ticket = action.ticketId ? await services.tickets.load(action.ticketId) : undefined
  const absent = () => refused(services, click, refuse('ticket.not_found'))
  if (ticket?.deskId !== desk.id) return await absent()
  const team = teamOf(desk, ticket.teamId)
  const roles = rolesOf(ticket, team, person.id, person.isAdmin)
  // of somebody else's not even the number is told
  if (!mayLook('ladder', roles)) return await absent()
  const { locale = desk.locale, zone = desk.zone } = team
  const ctx = await viewFor(services, { id: person.id, locale, zone }, [ticket])
  const card = teamCard(ticket, ctx, { roles })
  // what has ended is shown as well, and asked for no more
  return { kind: 'private', card: { ...card, ownView: card.ownView ?? { action, people: [] } } }
}
