import { mongo } from 'mongoose'
import { AppError } from '../../lib/errors.js'
import { newSecret } from '../../lib/ids.js'
import type { DeskId, TicketId } from '../ids.js'
import type { ActorRef, Commit, TicketEvent } from '../ticket/events.js'
import { hashOf } from '../ticket/hash.js'
import type { Ticket } from '../ticket/ticket.js'
import type { Database } from './database.js'
import { type CommitDoc, commitId } from './documents.js'
import { duplicateOn, isFinal } from './failures.js'
import type { InsertOne } from './insert.js'
import { toCommit } from './ticket-docs.js'

export interface Change {
  deskId: DeskId
  ticketId: TicketId
  before: Ticket | null
  cause: string
  actor: ActorRef
  at: Date
  events: TicketEvent[]
  number?: string
}

export type Inserted =
  | { kind: 'inserted'; commit: Commit }
  /** This very cause has been committed already: by an earlier attempt, or another instance. */
  | { kind: 'duplicate'; commit: Commit }
  /** Somebody else's change took this place in the ticket's history. */
  | { kind: 'lost' }

/** How often an unclear answer is followed by a look and another try, before giving up. */
const TRIES = 4

/** The commit that `change` makes: sealed into its ticket's hash chain. */
export function commitOf(change: Change): Commit {
  const { before, ...rest } = change
  const sealed = {
    ...rest,
    seq: (before?.revision ?? 0) + 1,
    salt: newSecret(16),
    prevHash: before?.hash ?? '',
  }
  return { ...sealed, hash: hashOf(sealed) }
}

/**
 * Writes one commit: the whole atomic step. Unknown is not failed: after an unclear answer the commit is looked for by
 * its cause, with majority, and tried again only when it is not there.
 * Throws `commit.unknown` when the database gives no clear answer.
 */
export async function insertCommit(
  database: Database,
  insert: InsertOne<CommitDoc>,
  change: Change,
): Promise<Inserted> {
  const commit = commitOf(change)
  const doc: CommitDoc = {
    _id: commitId(commit.ticketId, commit.seq),
    ts: new mongo.Timestamp(0n),
    ...commit,
  }
  let last: unknown
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      await insert(doc)
      return { kind: 'inserted', commit }
    } catch (error) {
      last = error
      const duplicate = duplicateOn(error)
      if (!duplicate && isFinal(error)) throw error
      try {
        const found = await findByCause(database, change.deskId, change.cause)
        // the salt tells our own write from another attempt that says the same
        if (found) return { kind: found.salt === commit.salt ? 'inserted' : 'duplicate', commit: found }
        if (duplicate) return { kind: 'lost' }
      } catch (cause) {
        last = cause
      }
    }
  }
  throw new AppError('commit.unknown', {}, last)
}

/** The commit that came from `cause`, if it is durable. */
export async function findByCause(
  database: Database,
  deskId: DeskId,
  cause: string,
): Promise<Commit | undefined> {
  const doc = await database.commits.findOne({ deskId, cause }, { readConcern: { level: 'majority' } })
  return doc ? toCommit(doc) : undefined
}

/** A ticket's commits in order, those after `afterSeq`. */
export async function readCommits(database: Database, ticketId: TicketId, afterSeq = 0): Promise<Commit[]> {
  const docs = await database.commits
    .find(
      { _id: { $gt: commitId(ticketId, afterSeq), $lt: `${ticketId};` } },
      { readConcern: { level: 'majority' } },
    )
    .sort({ _id: 1 })
    .toArray()
  return docs.map(toCommit)
}
