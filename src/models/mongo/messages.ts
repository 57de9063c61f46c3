import type { MessageRef, TicketId, TouchId } from '../ids.js'
import type { MessageItem } from '../ticket/effects.js'
import type { Database } from './database.js'
import { type MessageDoc, messageKey } from './documents.js'
import { insertOrIgnore, MAJORITY, plainInsert } from './insert.js'
import { shared } from './share.js'

/** The messages of tickets on the messengers, theirs and ours. */
export interface Messages {
  byRef(deskId: string, ref: MessageRef): Promise<MessageItem | undefined>
  /** Whether we posted it, to show what somebody wrote elsewhere. */
  isOurs(deskId: string, ref: MessageRef): Promise<boolean>
  /** The ticket whose card this message is. */
  cardAt(deskId: string, ref: MessageRef): Promise<{ ticketId: TicketId; placeId: string } | undefined>
  /** Whether a card was tried in this conversation whose message is not noted yet: what answers it may be faster. */
  isCardAwaited(deskId: string, to: Pick<MessageRef, 'platform' | 'conversation'>): Promise<boolean>
  /** Every message that shows a touch. */
  ofTouch(deskId: string, ticketId: TicketId, touchId: TouchId): Promise<MessageItem[]>
  record(item: MessageItem): Promise<void>
  /** A post that shows a ticket's card and is not noted as the card itself: what is written under it is the ticket's. */
  recordCard(
    card: Pick<
      MessageItem,
      'deskId' | 'ticketId' | 'placeId' | 'platform' | 'conversation' | 'messageId' | 'side'
    >,
  ): Promise<void>
  /** Forgets that a message shows its touch: it was deleted there. */
  remove(ref: MessageRef): Promise<void>
}

export function createMessages(database: Database): Messages {
  const { messages, cards } = database
  const insert = insertOrIgnore(plainInsert<MessageDoc>(messages))
  /** Asked of everything that arrives: those that come together share the answer. */
  const ours = shared(async (wanted: readonly { deskId: string; key: string }[]) => {
    const keys = [...new Set(wanted.map(({ key }) => key))]
    const found = await messages
      .find({ _id: { $in: keys }, direction: 'out' }, { projection: { deskId: 1 } })
      .toArray()
    const known = new Set(found.map(({ _id, deskId }) => `${deskId}/${_id}`))
    return wanted.map(({ deskId, key }) => known.has(`${deskId}/${key}`))
  })
  const record = (item: MessageItem) =>
    insert({ _id: messageKey(item.platform, item.conversation, item.messageId), ...item })
  return {
    isOurs: (deskId, { platform, conversation, messageId }) =>
      ours({ deskId, key: messageKey(platform, conversation, messageId) }),
    byRef: async (deskId, { platform, conversation, messageId }) => {
      const doc = await messages.findOne({ _id: messageKey(platform, conversation, messageId), deskId })
      return doc ?? undefined
    },
    cardAt: async (deskId, { platform, conversation, messageId }) => {
      const card = await cards.findOne(
        { deskId, 'address.platform': platform, 'address.conversation': conversation, messageId },
        { projection: { ticketId: 1, placeId: 1 } },
      )
      return card ? { ticketId: card.ticketId, placeId: card.placeId } : undefined
    },
    isCardAwaited: async (deskId, { platform, conversation }) => {
      const there = { 'address.platform': platform, 'address.conversation': conversation }
      const filter = { deskId, ...there, messageId: { $exists: false }, triedAt: { $exists: true } }
      return (await cards.findOne(filter, { projection: { _id: 1 } })) !== null
    },
    ofTouch: (deskId, ticketId, touchId) => messages.find({ deskId, ticketId, touchId }).toArray(),
    record,
    recordCard: (card) =>
      record({ ...card, touchId: '', authorId: '', visibility: 'internal', direction: 'out' }),
    remove: async ({ platform, conversation, messageId }) => {
      await messages.deleteOne({ _id: messageKey(platform, conversation, messageId) }, MAJORITY)
    },
  }
}
