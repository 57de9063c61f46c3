import { idsOfTeam, type KnownPerson, peopleOfTicket, type ViewContext } from '../cards/context.js'
import type { PersonId } from '../models/ids.js'
import type { Person } from '../models/people/person.js'
import type { Ticket } from '../models/ticket/ticket.js'
import type { Services } from './services.js'

/** What a card or form for `reader` may look at: the people its tickets name, the reader's language and zone. */
export async function viewFor(
  services: Pick<Services, 'desk' | 'people' | 'now' | 'fileUrl'>,
  reader: Pick<Person, 'id' | 'locale' | 'zone'>,
  tickets: readonly Ticket[] = [],
  more: readonly PersonId[] = [],
): Promise<ViewContext> {
  const desk = services.desk()
  const ids = [reader.id, ...more, ...tickets.flatMap((ticket) => peopleOfTicket(ticket, desk))]
  const people = await services.people.many(desk.id, ids)
  const person = (id: PersonId): KnownPerson => known(people.get(id), id)
  return {
    locale: reader.locale ?? desk.locale,
    zone: reader.zone ?? desk.zone,
    now: services.now(),
    desk,
    person,
    agentsOf: (teamId) => idsOfTeam(desk.teams[teamId]).map(person),
    fileUrl: services.fileUrl,
  }
}

/** Somebody who is gone is named by their id: never a hole, never a failure. */
function known(person: Person | undefined, id: PersonId): KnownPerson {
  if (!person) return { id, name: id, userIds: {} }
  return {
    id,
    name: person.name,
    ...(person.department ? { department: person.department } : {}),
    ...(person.managerId ? { managerId: person.managerId } : {}),
    userIds: Object.fromEntries(person.identities.map((one) => [one.platform, one.userId])),
  }
}
