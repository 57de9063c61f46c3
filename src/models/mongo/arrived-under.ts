import type { DeskId } from '../ids.js'
import type { Collection } from './database.js'
import type { InboxDoc } from './inbox-doc.js'

/** Arrivals one of whose names begins with `prefix`, done or not, in their order, as long as they are kept. */
export async function arrivedUnder<Event>(
  inbox: Collection<InboxDoc>,
  deskId: DeskId,
  prefix: string,
): Promise<InboxDoc<Event>[]> {
  // one bound pair for one key: without $elemMatch each bound could be met by another key of the row
  const keys = { $elemMatch: { $gte: prefix, $lt: `${prefix}\uffff` } }
  const rows = await inbox.find({ deskId, keys }).sort({ order: 1 }).toArray()
  return rows as InboxDoc<Event>[]
}
