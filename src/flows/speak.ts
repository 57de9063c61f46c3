import type { Card } from '../cards/card.js'
import { greeting, help } from '../cards/chat/greeting.js'
import { myTickets, type Queue, queueCard } from '../cards/chat/lists.js'
import { unknownNumber } from '../cards/chat/replies.js'
import { requesterCard } from '../cards/views/requester-card.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import { teamCard } from '../cards/views/team-card.js'
import type { ListCommand } from '../models/conversation/commands.js'
import type { TeamId } from '../models/ids.js'
import type { Person } from '../models/people/person.js'
import { teamOf } from '../models/ticket/context.js'
import { rolesOf } from '../models/ticket/lifecycle.js'
import { mayLook } from '../models/ticket/looks.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { type Taken, taken, type WrittenMessage } from './arrival.js'
import { addressOf } from './places.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

export type Asked = { kind: 'answer_greeting' } | ({ kind: 'command' } & ListCommand)

/** Answers a greeting or a text command where it was written. */
export async function speak(services: Services, message: WrittenMessage, asked: Asked): Promise<Taken> {
  const card = await spokenCard(services, message.person, asked)
  await services.replies.say(services.desk().id, `speak:${message.id}`, addressOf(message), card)
  return taken()
}

/** The card that answers `asked`: also what a button for it shows. */
export async function spokenCard(services: Services, person: Person, asked: Asked): Promise<Card> {
  if (asked.kind === 'answer_greeting') {
    const own = await services.tickets.ofRequester(services.desk().id, person.id, 20)
    return greeting(person.id, own.map(forRequester), await viewFor(services, person, own))
  }
  switch (asked.name) {
    case 'help':
      return help(await viewFor(services, person), { agent: teamsOf(services, person).length > 0 })
    case 'my_tickets': {
      const own = await services.tickets.ofRequester(services.desk().id, person.id, 50)
      return myTickets(own.map(forRequester), await viewFor(services, person, own))
    }
    case 'queue':
      return await queueOf(services, person)
    case 'status':
      return await statusOf(services, person, asked.number)
    default:
      return asked.name satisfies never
  }
}

async function queueOf(services: Services, person: Person): Promise<Card> {
  const queue = await workOf(services, person)
  return queueCard(queue, await viewFor(services, person, [...queue.mine, ...queue.unclaimed]))
}

/** What an agent has to do, and what nobody of their teams has yet. */
export async function workOf(services: Services, person: Person): Promise<Queue> {
  const deskId = services.desk().id
  const [mine, unclaimed] = await Promise.all([
    services.tickets.ofAssignee(deskId, person.id, 50),
    services.tickets.unclaimed(deskId, teamsOf(services, person), 50),
  ])
  return { mine, unclaimed }
}

/** A ticket by its number: whoever is not concerned is told the same as if there were none. */
async function statusOf(services: Services, person: Person, number: string | undefined): Promise<Card> {
  if (number === undefined) return await spokenCard(services, person, { kind: 'command', name: 'my_tickets' })
  const ticket = await services.tickets.byNumber(services.desk().id, number)
  return (
    (await ticketCard(services, person, ticket)) ?? unknownNumber(number, await viewFor(services, person))
  )
}

/** A ticket as the person may see it; undefined when it is none of theirs, or not there. */
export async function ticketCard(
  services: Services,
  person: Person,
  ticket: Ticket | undefined,
): Promise<Card | undefined> {
  const desk = services.desk()
  if (ticket?.deskId !== desk.id) return undefined
  const ctx = await viewFor(services, person, [ticket])
  if (ticket.requesterId === person.id) return requesterCard(forRequester(ticket), ctx)
  const roles = rolesOf(ticket, teamOf(desk, ticket.teamId), person.id, person.isAdmin)
  return mayLook('details', roles) ? teamCard(ticket, ctx) : undefined
}

export function teamsOf(services: Services, person: Person): TeamId[] {
  return Object.values(services.desk().teams)
    .filter((team) => team.members.includes(person.id) || team.leads.includes(person.id))
    .map((team) => team.id)
}
