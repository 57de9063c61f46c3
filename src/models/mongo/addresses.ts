import type { DeskId, Platform } from '../ids.js'
import type { Database } from './database.js'
import { grouped } from './grouped.js'
import { MAJORITY } from './insert.js'

/** What a messenger's adapter must remember to reach places again: a few words under a name of its own. */
export interface Addresses {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string): Promise<void>
}

/** One message may tell a handful of them: what is told at once shares a round trip. */
export function createAddresses(database: Database, deskId: DeskId, platform: Platform): Addresses {
  const idOf = (key: string) => `${deskId}:${platform}:${key}`
  const write = grouped(async (told: readonly { _id: string; value: string }[]) => {
    // of one name the newest
    const newest = new Map(told.map(({ _id, value }) => [_id, value]))
    const updates = [...newest].map(([_id, value]) => ({
      updateOne: { filter: { _id }, update: { $set: { value } }, upsert: true },
    }))
    await database.addresses.bulkWrite(updates, { ordered: false, ...MAJORITY })
    return told.map(() => undefined)
  })
  return {
    get: async (key) => (await database.addresses.findOne({ _id: idOf(key) }))?.value,
    set: (key, value) => write({ _id: idOf(key), value }),
  }
}
