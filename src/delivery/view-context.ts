import { idsOfTeam, type KnownPerson, peopleOfTicket, type ViewContext } from '../cards/context.js'
import type { Locale, PersonId } from '../models/ids.js'
import type { Person } from '../models/people/person.js'
import type { Ticket } from '../models/ticket/ticket.js'
import type { Deps } from './deps.js'

/** What a view may look at, for a reader of this language and zone; what is not given is the desk's. */
export async function viewContext(
  { desk: presentDesk, people, now, fileUrl }: Pick<Deps, 'desk' | 'people' | 'now' | 'fileUrl'>,
  reader: { locale?: Locale; zone?: string },
  tickets: readonly Ticket[],
  more: readonly PersonId[] = [],
): Promise<ViewContext> {
  const desk = presentDesk()
  const ids = [...more, ...tickets.flatMap((ticket) => peopleOfTicket(ticket, desk))]
  const found = await people.many(desk.id, ids)
  const person = (id: PersonId): KnownPerson => known(found.get(id), id)
  return {
    locale: reader.locale ?? desk.locale,
    zone: reader.zone ?? desk.zone,
    now: now(),
    desk,
    person,
    agentsOf: (teamId) => idsOfTeam(desk.teams[teamId]).map(person),
    fileUrl,
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
