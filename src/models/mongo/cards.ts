import { now } from '../../lib/now.js'
import type { DeskId } from '../ids.js'
import {
  asideCardsFilter,
  type Closed,
  leasable,
  NEVER,
  postableFilter,
  staleFilter,
  unpostedFilter,
} from './card-filters.js'
import type { Collection, Database } from './database.js'
import { type CardDoc, laneOfAddress } from './documents.js'
import { MAJORITY } from './insert.js'

/** A card as the deliverer keeps it. */
export interface CardRow extends CardDoc {
  /** When it was last changed on the messenger: bursts are drawn together across instances. */
  shownAt?: Date
  /** Since when it fails. */
  failingSince?: Date
  /** When the platform had lost it and a new one was wished for. */
  reposts?: Date[]
  /** When it was set aside; `asideReason` says whether it still is. */
  asideAt?: Date
}

/** What the loop needs to know of a lagging card before it leases it. */
export type LaggingCard = Pick<CardRow, '_id' | 'ticketId' | 'address' | 'shownAt' | 'dueAt'>

/** The cards of one desk as one running deliverer (`run`) sees them. */
export interface CardStore {
  /** Cards that are shown and lag behind. */
  stale(at: Date, except: readonly string[], closed: Closed, limit: number): Promise<LaggingCard[]>
  /** Conversations in which a first post is due, as `platform:conversation`. */
  postable(at: Date, except: readonly string[], limit: number): Promise<string[]>
  /** The first posts due in one conversation, the longest waiting first. */
  unposted(at: Date, lane: string, limit: number): Promise<LaggingCard[]>
  /** Leases a card that is due. Returns it as it was before: whoever held it last may have left it unclear. */
  lease(id: string, at: Date, until: Date): Promise<CardRow | undefined>
  renew(id: string, until: Date): Promise<void>
  release(id: string): Promise<void>
  /** Notes (majority) that a first post is about to be tried. False when the lease is lost. */
  markTried(id: string, at: Date): Promise<boolean>
  /** Notes (majority) the message of a generation. False when another one is noted already. */
  recordPosted(id: string, generation: number, messageId: string, at: Date): Promise<boolean>
  /** The card shows `revision`. False when the lease was lost meanwhile. */
  finish(id: string, shown: { revision: number; hash: string; at?: Date }): Promise<boolean>
  /** What the card shows is not known: it is shown anew. */
  forgetShown(id: string, at: Date): Promise<void>
  postpone(id: string, how: { until: Date; at: Date; counts: boolean; untried: boolean }): Promise<void>
  /** The platform lost the message: a new one is to be posted. */
  repost(id: string, reposts: readonly Date[], at: Date): Promise<void>
  /** Nothing is tried until the ticket changes again; where it has changed beyond `wanted` already, that goes on. */
  setAside(id: string, wanted: number, reason: string): Promise<void>
  /** The thread under each of these cards, as far as it is known. */
  threads(ids: readonly string[]): Promise<Map<string, { messageId?: string; aside: boolean }>>
  counts(at: Date): Promise<{ due: number; left: number; aside: number; oldest?: Date }>
}

const QUICK = { writeConcern: { w: 1 } } as const
const LOOK = { _id: 1, ticketId: 1, address: 1, shownAt: 1, dueAt: 1 } as const
const STALE_INDEX = 'shown_and_lagging'
const FREE = { leaseUntil: '', leaseBy: '' } as const

export function createCardStore(database: Database, deskId: DeskId, run: string): CardStore {
  const cards = database.cards as unknown as Collection<CardRow>
  const release = async (id: string): Promise<void> => {
    await cards.updateOne({ _id: id, leaseBy: run }, { $unset: FREE }, QUICK)
  }

  return {
    stale: (at, except, closed, limit) =>
      cards
        .find(staleFilter(deskId, run, at, except, closed), { projection: LOOK })
        .hint(STALE_INDEX)
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray(),
    postable: async (at, except, limit) => {
      const found = await cards
        .find(postableFilter(deskId, run, at, except), { projection: LOOK })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray()
      return [...new Set(found.map((card) => laneOfAddress(card.address)))]
    },
    unposted: (at, lane, limit) =>
      cards
        .find(unpostedFilter(deskId, run, at, lane), { projection: LOOK })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray(),
    lease: async (id, at, until) => {
      const before = await cards.findOneAndUpdate(
        { _id: id, dueAt: { $lte: at }, ...leasable(run, at) },
        { $set: { leaseBy: run, leaseUntil: until } },
        { returnDocument: 'before', ...QUICK },
      )
      return before ?? undefined
    },
    renew: async (id, until) => {
      await cards.updateOne({ _id: id, leaseBy: run }, { $set: { leaseUntil: until } }, QUICK)
    },
    release,
    markTried: async (id, at) => {
      const { matchedCount } = await cards.updateOne(
        { _id: id, leaseBy: run },
        { $set: { triedAt: at } },
        MAJORITY,
      )
      return matchedCount === 1
    },
    recordPosted: async (id, generation, messageId, at) => {
      const { matchedCount } = await cards.updateOne(
        { _id: id, generation, $or: [{ messageId: { $exists: false } }, { messageId }] },
        { $set: { messageId, postedAt: at } },
        MAJORITY,
      )
      return matchedCount === 1
    },
    finish: async (id, { revision, hash, at }) => {
      const { matchedCount } = await cards.updateOne(
        { _id: id, leaseBy: run },
        [
          {
            $set: {
              shown: revision,
              shownHash: hash,
              attempts: 0,
              ...(at ? { shownAt: at } : {}),
              // a wish that came during the call keeps the card due
              dueAt: { $cond: [{ $lte: ['$wanted', revision] }, '$$REMOVE', '$dueAt'] },
            },
          },
          { $unset: ['leaseUntil', 'leaseBy', 'failingSince', 'asideAt'] },
        ],
        QUICK,
      )
      return matchedCount === 1
    },
    forgetShown: async (id, at) => {
      await cards.updateOne(
        { _id: id },
        { $unset: { shown: '', shownHash: '' }, $set: { dueAt: at } },
        MAJORITY,
      )
    },
    postpone: async (id, { until, at, counts, untried }) => {
      await cards.updateOne(
        { _id: id, leaseBy: run },
        [
          {
            $set: {
              dueAt: until,
              ...(counts
                ? { attempts: { $add: ['$attempts', 1] }, failingSince: { $ifNull: ['$failingSince', at] } }
                : {}),
            },
          },
          { $unset: ['leaseUntil', 'leaseBy', ...(untried ? ['triedAt'] : [])] },
        ],
        MAJORITY,
      )
    },
    repost: async (id, reposts, at) => {
      await cards.updateOne(
        { _id: id, leaseBy: run },
        {
          $inc: { generation: 1 },
          $set: { reposts: [...reposts], dueAt: at },
          $unset: { ...FREE, messageId: '', triedAt: '', postedAt: '', shown: '', shownHash: '' },
        },
        MAJORITY,
      )
    },
    setAside: async (id, wanted, reason) => {
      const { matchedCount } = await cards.updateOne(
        { _id: id, leaseBy: run, wanted },
        {
          $set: { asideReason: reason, asideAt: now(), dueAt: NEVER, attempts: 0 },
          $unset: { ...FREE, failingSince: '' },
        },
        MAJORITY,
      )
      if (matchedCount === 0) await release(id)
    },
    threads: async (ids) => {
      const found = await cards
        .find({ _id: { $in: [...ids] } }, { projection: { messageId: 1, asideReason: 1 } })
        .toArray()
      return new Map(
        found.map(({ _id, messageId, asideReason }) => [
          _id,
          { aside: asideReason !== undefined, ...(messageId === undefined ? {} : { messageId }) },
        ]),
      )
    },
    counts: async (at) => {
      const [due, left, aside, next, failing] = await Promise.all([
        cards.countDocuments({ deskId, dueAt: { $lte: at } }),
        cards.countDocuments({ deskId, dueAt: { $lt: NEVER } }),
        cards.countDocuments(asideCardsFilter(deskId)),
        cards.findOne({ deskId, dueAt: { $lt: NEVER } }, { sort: { dueAt: 1 }, projection: { dueAt: 1 } }),
        cards.findOne(
          { deskId, dueAt: { $lt: NEVER }, failingSince: { $exists: true } },
          { sort: { failingSince: 1 }, projection: { failingSince: 1 } },
        ),
      ])
      const waiting = [next?.dueAt, failing?.failingSince].filter((one): one is Date => one !== undefined)
      const oldest = waiting.sort((a, b) => a.getTime() - b.getTime())[0]
      return { due, left, aside, ...(oldest ? { oldest } : {}) }
    },
  }
}
