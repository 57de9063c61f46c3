import { mongo } from 'mongoose'
import type { DeskId, TicketId } from '../ids.js'
import type { Database } from './database.js'
import { commitId } from './documents.js'
import { MAJORITY } from './insert.js'

/** How far behind the watermark each look begins: commits may become readable out of the order of their stamps. */
const OVERLAP_S = 60
/** How many commits are checked against their tickets at a time. */
const BATCH = 2000

export interface Recovery {
  /** Looks once; returns how many tickets were behind. Throws when one could not be helped, or the database is away. */
  look(): Promise<number>
}

/**
 * Finds commits whose projection did not happen (a crash between the two) and makes up for it. Which commits are
 * recent is told by stamps that mongod itself gave them; no machine's clock decides. The watermark moves only past
 * what is projected.
 */
export function createRecovery(
  database: Database,
  deskId: DeskId,
  repair: (ticketId: TicketId) => Promise<unknown>,
): Recovery {
  const key = `projected:${deskId}`
  /** What a majority is known to have projected, so that the overlap costs no reads of tickets. */
  let known = new Set<string>()

  async function look(): Promise<number> {
    const mark = await database.watermarks.findOne({ _id: key })
    const from = new mongo.Timestamp({ t: Math.max(0, (mark?.ts.getHighBits() ?? 0) - OVERLAP_S), i: 0 })
    const recent = database.commits
      .find(
        { deskId, ts: { $gte: from } },
        { readConcern: { level: 'majority' }, projection: { _id: 1, ts: 1 } },
      )
      .sort({ ts: 1 })
      .batchSize(BATCH)
    const seen = new Set<string>()
    const failures: unknown[] = []
    let behind = 0
    let batch: Stamped[] = []
    for await (const one of recent) {
      batch.push(one)
      seen.add(one._id)
      if (batch.length === BATCH) {
        behind += await check(batch, seen, failures)
        batch = []
      }
    }
    behind += await check(batch, seen, failures)
    known = seen
    if (failures.length > 0) throw failures[0]
    return behind
  }

  async function check(batch: readonly Stamped[], seen: Set<string>, failures: unknown[]): Promise<number> {
    const newest = new Map<TicketId, number>()
    for (const { _id } of batch) {
      if (known.has(_id)) continue
      const [ticketId, seq] = splitId(_id)
      newest.set(ticketId, Math.max(seq, newest.get(ticketId) ?? 0))
    }
    const behind = await lagging(newest, seen)
    for (const ticketId of behind) {
      // one that cannot be projected must not keep the rest from it
      await repair(ticketId).catch((error: unknown) => failures.push(error))
    }
    const last = batch.at(-1)
    if (last && failures.length === 0) {
      await database.watermarks.updateOne(
        { _id: key },
        { $max: { ts: last.ts } },
        { upsert: true, ...MAJORITY },
      )
    }
    return behind.length
  }

  /** A ticket's document is written with less than a majority: one that only the primary has is looked at again. */
  async function lagging(newest: ReadonlyMap<TicketId, number>, seen: Set<string>): Promise<TicketId[]> {
    const unsure = await behindOf(newest, 'majority')
    for (const [id, seq] of unsure) seen.delete(commitId(id, seq))
    return [...(await behindOf(unsure, 'local')).keys()]
  }

  async function behindOf(
    newest: ReadonlyMap<TicketId, number>,
    level: 'majority' | 'local',
  ): Promise<Map<TicketId, number>> {
    if (newest.size === 0) return new Map()
    const docs = await database.tickets
      .find({ _id: { $in: [...newest.keys()] } }, { readConcern: { level }, projection: { revision: 1 } })
      .toArray()
    const revisions = new Map(docs.map((doc) => [doc._id, doc.revision]))
    return new Map([...newest].filter(([id, seq]) => (revisions.get(id) ?? 0) < seq))
  }

  return { look }
}

function splitId(id: string): [TicketId, number] {
  const at = id.lastIndexOf(':')
  return [id.slice(0, at), Number(id.slice(at + 1))]
}

interface Stamped {
  _id: string
  ts: mongo.Timestamp
}
