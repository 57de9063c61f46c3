import { now } from '../../lib/now.js'
import type { Desk } from '../desk/desk.js'
import type { DeskId } from '../ids.js'
import type { Database } from './database.js'
import { MAJORITY } from './insert.js'

export interface Desks {
  load(id?: DeskId): Promise<Desk | undefined>
  save(desk: Desk): Promise<void>
  /** The version in force, cheaply: an instance that holds another one loads anew. */
  version(id: DeskId): Promise<string | undefined>
}

export function createDesks(database: Database): Desks {
  const { desks } = database
  return {
    load: async (id) => {
      const doc = await desks.findOne(id === undefined ? {} : { _id: id }, { sort: { _id: 1 } })
      return doc ? (JSON.parse(doc.json) as Desk) : undefined
    },
    save: async (desk) => {
      const doc = { version: desk.version, appliedAt: now(), json: JSON.stringify(desk) }
      await desks.updateOne({ _id: desk.id }, { $set: doc }, { upsert: true, ...MAJORITY })
    },
    version: async (id) => (await desks.findOne({ _id: id }, { projection: { version: 1 } }))?.version,
  }
}
