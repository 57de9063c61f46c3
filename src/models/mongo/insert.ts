import type { mongo } from 'mongoose'
import type { Collection } from './database.js'
import { duplicateOn } from './failures.js'

/** Inserts one document; resolves when a majority has it, rejects with the driver's error. */
export type InsertOne<T> = (doc: T) => Promise<void>

export const MAJORITY = { writeConcern: { w: 'majority', journal: true } } as const

export function plainInsert<T extends mongo.Document>(collection: Collection<T>): InsertOne<T> {
  return async (doc) => {
    await collection.insertOne(doc as mongo.OptionalUnlessRequiredId<T>, MAJORITY)
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
