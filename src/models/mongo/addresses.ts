import type { DeskId, Platform } from '../ids.js'
import type { Database } from './database.js'
import { MAJORITY } from './insert.js'

/** What a messenger's adapter must remember to reach places again: a few words under a name of its own. */
export interface Addresses {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string): Promise<void>
}

export function createAddresses(database: Database, deskId: DeskId, platform: Platform): Addresses {
  const idOf = (key: string) => `${deskId}:${platform}:${key}`
  return {
    get: async (key) => (await database.addresses.findOne({ _id: idOf(key) }))?.value,
    set: async (key, value) => {
      await database.addresses.updateOne(
        { _id: idOf(key) },
        { $set: { value } },
        { upsert: true, ...MAJORITY },
      )
    },
  }
}
