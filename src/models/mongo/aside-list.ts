import type { DeskId, TicketId } from '../ids.js'
import { asideCardsFilter } from './card-filters.js'
import type { CardRow } from './cards.js'
import type { Collection, Database } from './database.js'
import { laneOfAddress } from './documents.js'
import { asideArrivalsFilter } from './inbox.js'
import { createMessages } from './messages.js'
import { asideFilter } from './outbox.js'

/** One thing that was set aside: ids and codes, never a word of what was written. */
export interface AsideItem {
  id: string
  place: 'inbox' | 'outbox' | 'cards'
  /** The kind of arrival (message, edit, …) or of saying (mirror, tell, …), or `card`. */
  what: string
  /** `platform:conversation`, or the person it was for. */
  conversation: string
  asideAt?: Date
  reason?: string
  /** The ticket's number, as far as it is known of which one it is. */
  number?: string
}
type Found = AsideItem & { ticketId?: TicketId }

/** What is read of a stored arrival: where it stands, not what it says. */
interface ArrivalLook {
  _id: string
  conversation: string
  asideAt?: Date
  reason?: string
  event: {
    kind?: string
    platform?: string
    conversation?: { id: string }
    messageId?: string
    thread?: string
  }
}
const ARRIVAL_LOOK = {
  conversation: 1,
  asideAt: 1,
  reason: 1,
  'event.kind': 1,
  'event.platform': 1,
  'event.conversation.id': 1,
  'event.messageId': 1,
  'event.thread': 1,
} as const

/** Returns the function that lists what is set aside of a desk, the longest first. */
export function createAsideList(database: Database, deskId: DeskId): () => Promise<AsideItem[]> {
  const messages = createMessages(database)
  const arrivals = database.inbox as unknown as Collection<ArrivalLook & { deskId: DeskId; state: string }>
  const cards = database.cards as unknown as Collection<CardRow>

  async function ofInbox(): Promise<Found[]> {
    const rows = await arrivals
      .find(asideArrivalsFilter(deskId), { projection: ARRIVAL_LOOK })
      .sort({ asideAt: 1 })
      .toArray()
    const found: Found[] = []
    for (const row of rows) {
      const { _id: id, conversation, asideAt, reason, event } = row
      const ticketId = await ticketOf(row)
      found.push({
        id,
        place: 'inbox',
        what: event.kind ?? '',
        conversation,
        ...(asideAt ? { asideAt } : {}),
        ...(reason === undefined ? {} : { reason }),
        ...(ticketId === undefined ? {} : { ticketId }),
      })
    }
    return found
  }

  /** The ticket that an arrival belongs to already, by its own message or by the one whose thread it is in. */
  async function ticketOf({ event }: ArrivalLook): Promise<TicketId | undefined> {
    const { platform, conversation, messageId, thread } = event
    if (platform === undefined || !conversation) return undefined
    for (const id of [messageId, thread]) {
      if (id === undefined) continue
      const ref = { platform, conversation: conversation.id, messageId: id }
      const at = (await messages.byRef(deskId, ref)) ?? (await messages.cardAt(deskId, ref))
      if (at) return at.ticketId
    }
    return undefined
  }

  async function ofOutbox(): Promise<Found[]> {
    const look = { ticketId: 1, 'say.kind': 1, lane: 1, doneAt: 1, outcome: 1 } as const
    const rows = await database.outbox
      .find(asideFilter(deskId), { projection: look })
      .sort({ doneAt: 1 })
      .toArray()
    return rows.map(({ _id: id, ticketId, say, lane, doneAt, outcome }) => ({
      id,
      place: 'outbox',
      what: say.kind,
      conversation: lane,
      ticketId,
      ...(doneAt ? { asideAt: doneAt } : {}),
      ...(outcome === undefined ? {} : { reason: outcome }),
    }))
  }

  async function ofCards(): Promise<Found[]> {
    const look = { ticketId: 1, address: 1, asideAt: 1, asideReason: 1 } as const
    const rows = await cards.find(asideCardsFilter(deskId), { projection: look }).toArray()
    return rows.map(({ _id: id, ticketId, address, asideAt, asideReason }) => ({
      id,
      place: 'cards',
      what: 'card',
      conversation: laneOfAddress(address),
      ticketId,
      ...(asideAt ? { asideAt } : {}),
      ...(asideReason === undefined ? {} : { reason: asideReason }),
    }))
  }

  async function numbersOf(ids: (TicketId | undefined)[]): Promise<Map<TicketId, string>> {
    const wanted = [...new Set(ids)].filter((id) => id !== undefined && id !== '')
    const tickets = await database.tickets
      .find({ _id: { $in: wanted as TicketId[] } }, { projection: { number: 1 } })
      .toArray()
    return new Map(tickets.map(({ _id, number }) => [_id, number]))
  }

  return async () => {
    const found = (await Promise.all([ofInbox(), ofOutbox(), ofCards()])).flat()
    const numbers = await numbersOf(found.map(({ ticketId }) => ticketId))
    const items = found.map(({ ticketId, ...item }): AsideItem => {
      const number = ticketId === undefined ? undefined : numbers.get(ticketId)
      return { ...item, ...(number === undefined ? {} : { number }) }
    })
    return items.sort((a, b) => (a.asideAt?.getTime() ?? 0) - (b.asideAt?.getTime() ?? 0))
  }
}
