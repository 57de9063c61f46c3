import { mongo } from 'mongoose'
import type { Collection, Database } from './database.js'
import type { TicketDoc } from './documents.js'
import { duplicateOn, isOfSocket } from './failures.js'
import { type InsertOne, insertOrIgnore, MAJORITY, QUICK } from './insert.js'
import { shared } from './share.js'
import type { CardWish, Writers } from './writers.js'
import { beforeOf, plainWriters } from './writers.js'

/** What became of each of a group's members, in their order: nothing, or the error that is theirs. */
type Outcomes = (unknown | undefined)[]

/**
 * Group commit: callers that come while a round trip is under way share the next one. Each gets its own outcome, as if
 * it had gone alone.
 */
export function grouped<T>(
  flush: (group: readonly T[]) => Promise<Outcomes>,
  flights = 1,
): (one: T) => Promise<void> {
  const outcomeOf = shared(flush, flights)
  return async (one) => {
    const error = await outcomeOf(one)
    if (error !== undefined) throw error
  }
}

/** Inserts a group in one round trip; `flights` of them may be under way at once. */
export function groupedInsert<T extends mongo.Document>(
  collection: Collection<T>,
  flights = 1,
  concern: typeof MAJORITY | typeof QUICK = MAJORITY,
): InsertOne<T> {
  const insertAll = async (docs: readonly T[]): Promise<Outcomes> => {
    try {
      const list = docs as readonly mongo.OptionalUnlessRequiredId<T>[]
      await collection.insertMany(list, { ordered: false, ...concern })
      return docs.map(() => undefined)
    } catch (error) {
      if (error instanceof mongo.MongoBulkWriteError) return outcomesOf(error, docs.length)
      if (!isOwnFault(error) || docs.length === 1) return docs.map(() => error)
      // one document that cannot be written at all must not take the others with it
      const alone = await Promise.all(docs.map((doc) => insertAll([doc])))
      return alone.flat()
    }
  }
  return grouped(insertAll, flights)
}

/** Raises a group of cards' wishes in one round trip; what ran into another's insert is tried again alone. */
function groupedWishes(
  database: Database,
  alone: (wish: CardWish) => Promise<void>,
): (wish: CardWish) => Promise<void> {
  return grouped(async (wishes) => {
    const merged = new Map<string, CardWish>()
    for (const wish of wishes) {
      const other = merged.get(wish._id)
      if (!other || other.wanted < wish.wanted) merged.set(wish._id, wish)
    }
    const list = [...merged.values()]
    const updates = list.map(({ _id, wanted, dueAt, fresh }) => ({
      updateOne: {
        filter: { _id, wanted: { $lt: wanted } },
        update: { $set: { wanted, dueAt }, $setOnInsert: fresh, $unset: { asideReason: '' as const } },
        upsert: true,
      },
    }))
    const failed = new Map<string, unknown>()
    try {
      await database.cards.bulkWrite(updates, { ordered: false, ...MAJORITY })
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error
      const outcomes = outcomesOf(error, list.length)
      for (const [i, wish] of list.entries()) {
        const own = outcomes[i]
        if (own === undefined) continue
        if (duplicateOn(own) === undefined) failed.set(wish._id, own)
        else await alone(wish).catch((again: unknown) => failed.set(wish._id, again))
      }
    }
    return wishes.map(({ _id }) => failed.get(_id))
  })
}

/** Writes a group of tickets over their revisions before. Unless all were written, it is known of none. */
function groupedReplace(database: Database): (doc: TicketDoc) => Promise<boolean> {
  return shared(async (docs: readonly TicketDoc[]) => {
    const replacements = docs.map((doc) => {
      const { _id: _, ...replacement } = doc
      return { replaceOne: { filter: beforeOf(doc), replacement } }
    })
    const { matchedCount } = await database.tickets.bulkWrite(replacements, { ordered: false, ...QUICK })
    return docs.map(() => matchedCount === docs.length)
  })
}

/**
 * The error of each member of a bulk write. Only a list of write errors says that the others were written: with a
 * write-concern error nobody has succeeded, and the driver wraps a broken connection in the same class, with an empty
 * result.
 */
export function outcomesOf(error: mongo.MongoBulkWriteError, size: number): Outcomes {
  const listed = [error.writeErrors].flat().length > 0
  if (!listed || error.result.getWriteConcernError()) return Array.from({ length: size }, () => error)
  const outcomes: Outcomes = Array.from({ length: size }, () => undefined)
  for (const { index, code, errmsg } of error.result.getWriteErrors()) {
    outcomes[index] = new mongo.MongoServerError({ code, message: errmsg ?? String(code) })
  }
  return outcomes
}

/** Whether the driver refused the documents themselves, before anything was sent. */
function isOwnFault(error: unknown): boolean {
  return !(
    error instanceof mongo.MongoServerError ||
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoSystemError ||
    error instanceof mongo.MongoNotConnectedError ||
    isOfSocket(error)
  )
}

/** The commit protocol's writes, sharing round trips. Nobody else needs to know. */
export function groupedWriters(database: Database): Writers {
  const plain = plainWriters(database)
  return {
    commit: groupedInsert(database.commits),
    message: insertOrIgnore(groupedInsert(database.messages)),
    outbox: insertOrIgnore(groupedInsert(database.outbox)),
    span: insertOrIgnore(groupedInsert(database.spans)),
    newTicket: insertOrIgnore(groupedInsert(database.tickets, 1, QUICK)),
    nextTicket: groupedReplace(database),
    newCard: insertOrIgnore(groupedInsert(database.cards)),
    card: groupedWishes(database, plain.card),
  }
}
