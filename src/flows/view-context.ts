import { peopleOfTicket, type ViewContext, viewContextOf } from '../cards/context.js'
import type { PersonId } from '../models/ids.js'
import type { Person } from '../models/people/person.js'
import type { Ticket } from '../models/ticket/ticket.js'
import type { Services } from './services.js'

/** What a card or form for `reader` may look at: the people its tickets name, the reader's language and zone. */
export async function viewFor(
  { desk: presentDesk, people, now, fileUrl }: Pick<Services, 'desk' | 'people' | 'now' | 'fileUrl'>,
  reader: Pick<Person, 'id' | 'locale' | 'zone'>,
  tickets: readonly Ticket[] = [],
  more: readonly PersonId[] = [],
): Promise<ViewContext> {
  const desk = presentDesk()
  const ids = [reader.id, ...more, ...tickets.flatMap((ticket) => peopleOfTicket(ticket, desk))]
  return viewContextOf({ desk, now: now(), fileUrl }, await people.many(desk.id, ids), reader)
}
