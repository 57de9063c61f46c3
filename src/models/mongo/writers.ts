import type { Database } from './database.js'
import type { CardDoc, CommitDoc, MessageDoc, OutboxDoc, SpanDoc, TicketDoc } from './documents.js'
import { duplicateOn } from './failures.js'
import { type InsertOne, insertOrIgnore, MAJORITY, plainInsert, QUICK } from './insert.js'

export interface CardWish {
  _id: string
  wanted: number
  dueAt: Date
  fresh: Omit<CardDoc, '_id' | 'wanted' | 'dueAt'>
}

/** The writes of the commit protocol, each for one document. What stands behind them may share round trips. */
export interface Writers {
  commit: InsertOne<CommitDoc>
  message: InsertOne<MessageDoc>
  outbox: InsertOne<OutboxDoc>
  span: InsertOne<SpanDoc>
  /** A card of a ticket's first revision: where it stands already, it stands there or further. */
  newCard: InsertOne<CardDoc>
  /** Raises what a card should show; never lowers it. */
  card: (wish: CardWish) => Promise<void>
  newTicket: InsertOne<TicketDoc>
  /** Writes a ticket over the revision right before it. False when that is not known to have happened. */
  nextTicket: (doc: TicketDoc) => Promise<boolean>
}

export const beforeOf = ({ _id, revision }: TicketDoc) => ({ _id, revision: revision - 1 })

export function plainWriters(database: Database): Writers {
  return {
    commit: plainInsert(database.commits),
    message: insertOrIgnore(plainInsert(database.messages)),
    outbox: insertOrIgnore(plainInsert(database.outbox)),
    span: insertOrIgnore(plainInsert(database.spans)),
    newTicket: insertOrIgnore(plainInsert(database.tickets, QUICK)),
    nextTicket: async (doc) => {
      const { matchedCount } = await database.tickets.replaceOne(beforeOf(doc), doc, QUICK)
      return matchedCount > 0
    },
    newCard: insertOrIgnore(plainInsert(database.cards)),
    card: async ({ _id, wanted, dueAt, fresh }) => {
      const wish = () =>
        database.cards.updateOne(
          { _id, wanted: { $lt: wanted } },
          { $set: { wanted, dueAt }, $setOnInsert: fresh, $unset: { asideReason: '' } },
          { upsert: true, ...MAJORITY },
        )
      try {
        await wish()
      } catch (error) {
        // it stands at `wanted` or further: or two inserted at once, and the second look settles it
        if (duplicateOn(error) === undefined) throw error
        await wish().catch((again: unknown) => {
          if (duplicateOn(again) === undefined) throw again
        })
      }
    },
  }
}
