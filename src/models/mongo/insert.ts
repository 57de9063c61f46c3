import type { mongo } from 'mongoose'
import type { Collection } from './database.js'
import { duplicateOn } from './failures.js'

/** Inserts one document; resolves when as many have it as the write concern says, rejects with the driver's error. */
export type InsertOne<T> = (doc: T) => Promise<void>

export const MAJORITY = { writeConcern: { w: 'majority', journal: true } } as const

/** For what is rebuilt from the commits when it is lost: a ticket's own document. */
export const QUICK = { writeConcern: { w: 1 } } as const

export function plainInsert<T extends mongo.Document>(
  collection: Collection<T>,
  concern: typeof MAJORITY | typeof QUICK = MAJORITY,
): InsertOne<T> {
  return async (doc) => {
    await collection.insertOne(doc as mongo.OptionalUnlessRequiredId<T>, concern)
  }
}

/** Inserts, and is content when the document stands there already: what is derived may be derived twice. */
export function insertOrIgnore<T>(insert: InsertOne<T>): InsertOne<T> {
  return async (doc) => {
    try {
      await insert(doc)
    } catch (error) {
      if (duplicateOn(error) === undefined) throw error
    }
  }
}
