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
  /** Looks once; returns how many tickets were behind. Throws when the database is away. */
  look(): Promise<number>
  /** This instance has projected that commit itself: the next look need not check it. */
  saw(ticketId: TicketId, seq: number): void
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
  /** What is known to be projected, so that the overlap costs no reads of tickets. */
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
    let behind = 0
    let batch: Stamped[] = []
    for await (const one of recent) {
      batch.push(one)
      seen.add(one._id)
      if (batch.length === BATCH) {
        behind += await check(batch)
        batch = []
      }
    }
    behind += await check(batch)
    known = seen
    return behind
  }

  async function check(batch: readonly Stamped[]): Promise<number> {
    const newest = new Map<TicketId, number>()
    for (const { _id } of batch) {
      if (known.has(_id)) continue
      const [ticketId, seq] = splitId(_id)
      newest.set(ticketId, Math.max(seq, newest.get(ticketId) ?? 0))
    }
    const behind = await lagging(newest)
    for (const ticketId of behind) await repair(ticketId)
    const last = batch.at(-1)
    if (last) {
      await database.watermarks.updateOne(
        { _id: key },
        { $max: { ts: last.ts } },
        { upsert: true, ...MAJORITY },
      )
    }
    return behind.length
  }

  async function lagging(newest: ReadonlyMap<TicketId, number>): Promise<TicketId[]> {
    if (newest.size === 0) return []
    const docs = await database.tickets
      .find({ _id: { $in: [...newest.keys()] } }, { projection: { revision: 1 } })
      .toArray()
    const revisions = new Map(docs.map((doc) => [doc._id, doc.revision]))
    return [...newest].filter(([id, seq]) => (revisions.get(id) ?? 0) < seq).map(([id]) => id)
  }

  return { look, saw: (ticketId, seq) => known.add(commitId(ticketId, seq)) }
}

function splitId(id: string): [TicketId, number] {
  const at = id.lastIndexOf(':')
  return [id.slice(0, at), Number(id.slice(at + 1))]
}

interface Stamped {
  _id: string
  ts: mongo.Timestamp
}
