import { peopleOfTicket, type ViewContext, viewContextOf } from '../cards/context.js'
import type { Locale, PersonId } from '../models/ids.js'
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
  const found = await people.many(desk.id, [
    ...more,
    ...tickets.flatMap((ticket) => peopleOfTicket(ticket, desk)),
  ])
  return viewContextOf({ desk, now: now(), fileUrl }, found, reader)
}
