import type { EditedMessage, WrittenMessage } from '../flows/entry.js'
import type { InboxDoc } from '../models/mongo/inbox-doc.js'
import type { Person } from '../models/people/person.js'
import { changeKeyOf } from './accept.js'
import { written } from './dispatch.js'
import type { InboundEvent, InboundMessage } from './inbound.js'

/** Arrivals one of whose names begins so, in their order. */
type Under = (prefix: string) => Promise<InboxDoc<InboundEvent>[]>

export interface ArrivalsDeps {
  byId(id: string): Promise<InboxDoc<InboundEvent> | undefined>
  under: Under
  personOf(event: InboundMessage): Promise<Person | undefined>
}

/**
 * A message that arrived before, by its row, as its sender has it by now: with the words of their last edit, and marked
 * when they deleted it. Undefined when it is not kept any more.
 */
export function createArrivals({
  byId,
  under,
  personOf,
}: ArrivalsDeps): (id: string) => Promise<WrittenMessage | undefined> {
  return async (id) => {
    const event = (await byId(id))?.event
    if (event?.kind !== 'message') return undefined
    const [person, rows] = await Promise.all([personOf(event), under(changeKeyOf(event))])
    if (!person) return undefined
    const changes = rows.map((row) => row.event)
    const edit = changes.findLast((one) => one.kind === 'edit' && one.userId === event.userId)
    const text = edit?.kind === 'edit' ? edit.text : event.text
    const deleted = changes.some((one) => one.kind === 'delete')
    return { ...written(id, { ...event, text }, person, true), ...(deleted ? { deleted } : {}) }
  }
}

/** Whether a later edit of the same message, by the messenger's time, has arrived already. */
export function createOvertaken(under: Under): (edit: EditedMessage) => Promise<boolean> {
  return async (edit) => {
    const rows = await under(changeKeyOf(edit))
    return rows.some(({ state, event }) => state !== 'aside' && event.kind === 'edit' && event.at > edit.at)
  }
}
