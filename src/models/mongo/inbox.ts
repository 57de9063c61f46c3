import { newId } from '../../lib/ids.js'
import { now } from '../../lib/now.js'
import type { DeskId } from '../ids.js'
import type { Database } from './database.js'
import { duplicateOn } from './failures.js'
import type { InboxDoc } from './inbox-doc.js'
import { createInboxLeases } from './inbox-leases.js'
import { type InsertOne, MAJORITY } from './insert.js'

export interface Arrival<Event> {
  deskId: DeskId
  keys: string[]
  conversation: string
  order: string
  event: Event
}

/** What arrived and is not done yet, durable before it is acknowledged. */
export interface Inbox<Event> {
  /** Makes an arrival durable. False when one of its names was seen before: nothing is left to do. */
  add(arrival: Arrival<Event>): Promise<boolean>
  /** Leases the oldest undone row of a conversation, unless one of it is being worked on anywhere. */
  lease(deskId: DeskId, conversation: string): Promise<InboxDoc<Event> | undefined>
  done(row: InboxDoc<Event>): Promise<void>
  /** Gives a row back, to be tried again from `readyAt` on. */
  later(row: InboxDoc<Event>, readyAt: Date, reason: string): Promise<void>
  /** Gives a row back to be tried right after the undone one of that name; false when that one is not behind it. */
  behind(row: InboxDoc<Event>, key: string): Promise<boolean>
  /** Takes a row that fails for good out of its conversation's way, visibly. */
  aside(row: InboxDoc<Event>, reason: string): Promise<void>
  /** Conversations that have something to do now. */
  waiting(deskId: DeskId, limit: number): Promise<string[]>
  /** An arrival by its row, done or not, as long as it is kept. */
  byId(id: string): Promise<InboxDoc<Event> | undefined>
  /** Whether something under this name has arrived and is done. */
  isDone(deskId: DeskId, key: string): Promise<boolean>
  counts(deskId: DeskId): Promise<{ waiting: number; aside: number; oldest?: Date }>
}

/** One conversation may have hundreds of rows: so many are read to find others behind them. */
const LOOKED_AT = 2000

export function createInbox<Event>(
  database: Database,
  instance: string,
  insert: InsertOne<InboxDoc>,
  leaseMs = 30_000,
): Inbox<Event> {
  const inbox = database.inbox
  const leases = createInboxLeases(inbox, instance, leaseMs)

  const settle = (row: InboxDoc<Event>, change: Record<string, unknown>) =>
    inbox.updateOne(
      { _id: row._id, leaseBy: instance, state: 'new' },
      { ...change, $unset: { leased: '', leaseUntil: '', leaseBy: '' } },
      MAJORITY,
    )

  return {
    add: async (arrival) => {
      const at = now()
      try {
        await insert({ _id: newId(), ...arrival, receivedAt: at, state: 'new', readyAt: at, attempts: 0 })
        return true
      } catch (error) {
        if (duplicateOn(error) === undefined) throw error
        return false
      }
    },

    lease: async (deskId, conversation) =>
      (await leases.lease(deskId, conversation)) as InboxDoc<Event> | undefined,
    done: leases.done,
    later: async (row, readyAt, reason) => {
      await settle(row, { $set: { readyAt, reason } })
    },
    behind: async (row, key) => {
      const filter = { deskId: row.deskId, keys: key, state: 'new' as const, conversation: row.conversation }
      const first = await inbox.findOne(filter, { projection: { order: 1 } })
      if (!first || first.order < row.order) return false
      await settle(row, { $set: { order: `${first.order}~` } })
      return true
    },
    aside: async (row, reason) => {
      await settle(row, { $set: { state: 'aside', asideAt: now(), reason } })
    },

    waiting: async (deskId, limit) => {
      const found = await inbox
        .aggregate<{ _id: string }>([
          { $match: { deskId, state: 'new', readyAt: { $lte: now() } } },
          { $sort: { readyAt: 1 } },
          { $limit: LOOKED_AT },
          { $group: { _id: '$conversation', readyAt: { $min: '$readyAt' } } },
          { $sort: { readyAt: 1 } },
          { $limit: limit },
        ])
        .toArray()
      return found.map((row) => row._id)
    },

    byId: async (id) => ((await inbox.findOne({ _id: id })) as InboxDoc<Event> | null) ?? undefined,
    isDone: async (deskId, key) =>
      (await inbox.findOne({ deskId, keys: key }, { projection: { state: 1 } }))?.state === 'done',

    counts: async (deskId) => {
      const [[left], aside] = await Promise.all([
        inbox
          .aggregate<{ waiting: number; oldest: Date }>([
            { $match: { deskId, state: 'new', readyAt: { $exists: true } } },
            {
              $group: {
                _id: null,
                waiting: { $sum: 1 },
                oldest: { $min: { $ifNull: ['$retriedAt', '$receivedAt'] } },
              },
            },
          ])
          .toArray(),
        inbox.countDocuments(asideArrivalsFilter(deskId)),
      ])
      return { waiting: left?.waiting ?? 0, aside, ...(left ? { oldest: left.oldest } : {}) }
    },
  }
}

export const asideArrivalsFilter = (deskId: DeskId) => ({
  deskId,
  state: 'aside' as const,
  asideAt: { $exists: true },
})
