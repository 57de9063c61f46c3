import { mongo } from 'mongoose'
import type { Address, DeskId, TicketId, TouchId } from '../ids.js'
import type { Saying } from '../ticket/effects.js'
import type { Priority } from '../ticket/ticket.js'
import type { Collection, Database } from './database.js'
import { laneOfAddress, type OutboxDoc } from './documents.js'
import { insertOrIgnore, MAJORITY, plainInsert } from './insert.js'

/** What a row says; `opener` is the first line of a team card's thread, which no commit asks for. */
export type OutboxSaying = Saying | { kind: 'opener' }

/**
 * A row as the deliverer keeps it. `dueAt` is when it came and tells the order in a lane: it moves only when what was
 * set aside is retried.
 */
export interface OutboxRow extends Omit<OutboxDoc, 'say'> {
  say: OutboxSaying
  /** Not to be tried before; the lane waits with it. */
  notBefore?: Date
  /** It has failed for so long that only its own ticket still waits with it. */
  alone?: boolean
  /** Where the tried post went: a person may be reached elsewhere by the next attempt. */
  triedTo?: Address
}

export interface Postponement {
  until: Date
  alone?: boolean
  /** Whether this try counts towards giving up. */
  counts: boolean
  /** The post is known not to have happened: nothing needs to be looked for. */
  untried: boolean
}

/** The rows of one desk as one running deliverer (`run`) sees them. */
export interface OutboxStore {
  /** Lanes with something to say, the longest waiting first. */
  dueLanes(at: Date, except: readonly string[], limit: number): Promise<string[]>
  /** What is still to be said in a lane, as it came; ready cards are left out of the rows. */
  ofLane(lane: string, limit: number): Promise<OutboxRow[]>
  /** Leases rows; returns those it got, whole. */
  lease(ids: readonly string[], at: Date, until: Date): Promise<OutboxRow[]>
  renew(ids: readonly string[], until: Date): Promise<void>
  /** Makes rows one message for good. */
  batch(ids: readonly string[], key: string): Promise<void>
  /** Notes (majority) that a post is about to be tried. False when the lease is lost. */
  markTried(ids: readonly string[], at: Date, to: Address): Promise<boolean>
  finish(ids: readonly string[], at: Date, outcome: string): Promise<void>
  postpone(ids: readonly string[], how: Postponement): Promise<void>
  setAside(ids: readonly string[], at: Date, reason: string): Promise<void>
  release(ids: readonly string[]): Promise<void>
  /** Whether a touch is still to be shown somewhere: its edits wait for that. */
  isMirrorDue(ticketId: TicketId, touchId: TouchId): Promise<boolean>
  addOpener(
    card: { _id: string; ticketId: TicketId; placeId: string; address: Address },
    at: Date,
  ): Promise<void>
  priorities(ids: readonly TicketId[]): Promise<Map<TicketId, Priority>>
  counts(at: Date): Promise<{ due: number; left: number; aside: number; oldest?: Date }>
}

const QUICK = { writeConcern: { w: 1 } } as const

export function createOutboxStore(database: Database, deskId: DeskId, run: string): OutboxStore {
  const outbox = database.outbox as unknown as Collection<OutboxRow>
  const add = insertOrIgnore(plainInsert(outbox))
  const held = (ids: readonly string[]) => ({ _id: { $in: [...ids] }, leaseBy: run, state: 'due' as const })
  const FREE = { leaseUntil: '', leaseBy: '' } as const

  return {
    dueLanes: async (at, except, limit) => {
      const found = await outbox
        .find(dueLanesFilter(deskId, at, except), { projection: { lane: 1 } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray()
      return [...new Set(found.map((row) => row.lane))]
    },
    ofLane: (lane, limit) =>
      outbox
        .find({ deskId, lane, state: 'due' }, { projection: { 'say.card': 0 } })
        .hint(LANE_INDEX)
        .sort({ dueAt: 1, seq: 1, n: 1 })
        .limit(limit)
        .toArray(),
    lease: async (ids, at, until) => {
      await outbox.updateMany(
        {
          _id: { $in: [...ids] },
          state: 'due',
          $or: [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lte: at } }, { leaseBy: run }],
        },
        { $set: { leaseBy: run, leaseUntil: until } },
        QUICK,
      )
      return await outbox.find(held(ids)).sort({ dueAt: 1, seq: 1, n: 1 }).toArray()
    },
    renew: async (ids, until) => {
      await outbox.updateMany(held(ids), { $set: { leaseUntil: until } }, QUICK)
    },
    batch: async (ids, key) => {
      await outbox.updateMany(held(ids), { $set: { batch: key } }, MAJORITY)
    },
    markTried: async (ids, at, to) => {
      const { matchedCount } = await outbox.updateMany(
        held(ids),
        { $set: { triedAt: at, triedTo: to } },
        MAJORITY,
      )
      return matchedCount === ids.length
    },
    finish: async (ids, at, outcome) => {
      const change = {
        $set: { state: 'done' as const, doneAt: at, outcome },
        $unset: { ...FREE, notBefore: '' as const },
      }
      await outbox.updateMany(held(ids), change, MAJORITY)
    },
    postpone: async (ids, { until, alone = false, counts, untried }) => {
      await outbox.updateMany(
        held(ids),
        {
          $set: { notBefore: until, ...(alone ? { alone } : {}) },
          $unset: { ...FREE, ...(untried ? { triedAt: '' as const, triedTo: '' as const } : {}) },
          ...(counts ? { $inc: { attempts: 1 } } : {}),
        },
        MAJORITY,
      )
    },
    setAside: async (ids, at, reason) => {
      const change = { $set: { state: 'aside' as const, doneAt: at, outcome: reason }, $unset: FREE }
      await outbox.updateMany(held(ids), change, MAJORITY)
    },
    release: async (ids) => {
      await outbox.updateMany(held(ids), { $unset: FREE }, QUICK)
    },
    isMirrorDue: async (ticketId, touchId) => {
      const mirror = await outbox.findOne(mirrorFilter(ticketId, touchId), { projection: { _id: 1 } })
      return mirror !== null
    },
    addOpener: ({ _id, ticketId, placeId, address }, at) =>
      add({
        _id: `opener:${_id}`,
        deskId,
        ticketId,
        // before whatever the ticket itself has to say there
        seq: 0,
        n: 0,
        to: { kind: 'place', placeId, address },
        say: { kind: 'opener' },
        lane: laneOfAddress(address),
        state: 'due',
        dueAt: at,
        attempts: 0,
      }),
    priorities: async (ids) => {
      const found = await database.tickets
        .find({ _id: { $in: [...ids] } }, { projection: { priority: 1 } })
        .toArray()
      return new Map(found.map(({ _id, priority }) => [_id, priority]))
    },
    counts: async (at) => {
      const [due, left, aside, oldest] = await Promise.all([
        outbox.countDocuments({ deskId, state: 'due', dueAt: { $lte: at } }),
        outbox.countDocuments({ deskId, state: 'due' }),
        outbox.countDocuments(asideFilter(deskId)),
        outbox.findOne({ deskId, state: 'due' }, { sort: { dueAt: 1 }, projection: { dueAt: 1 } }),
      ])
      return { due, left, aside, ...(oldest ? { oldest: oldest.dueAt } : {}) }
    },
  }
}

export const LANE_INDEX = { deskId: 1, lane: 1, _id: 1 } as const

/** The filters of the loop's own queries, for the test that each of them stands on an index. */
export const dueLanesFilter = (deskId: DeskId, at: Date, except: readonly string[]) => ({
  deskId,
  state: 'due' as const,
  dueAt: { $lte: at },
  ...(except.length > 0 ? { lane: { $nin: [...except] } } : {}),
})
/** A ticket's rows share the beginning of their `_id`. */
export const mirrorFilter = (ticketId: TicketId, touchId: TouchId) => ({
  _id: { $gte: `${ticketId}:`, $lt: `${ticketId};` },
  state: 'due' as const,
  'say.kind': 'mirror' as const,
  'say.touchId': touchId,
})
export const asideFilter = (deskId: DeskId) => ({
  deskId,
  state: 'aside' as const,
  doneAt: { $exists: true },
})

/** Whether it is the database that failed, and not what was done with it. */
export function isOfDatabase(error: unknown): boolean {
  return error instanceof mongo.MongoError
}
