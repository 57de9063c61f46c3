import { now } from '../../lib/now.js'
import type { DeskId, Platform } from '../ids.js'
import type { Database } from './database.js'
import type { AddressDoc } from './documents.js'
import { grouped } from './grouped.js'
import { MAJORITY } from './insert.js'

/** What a messenger's adapter must remember to reach places again: a few words under a name of its own. */
export interface Addresses {
  get(key: string): Promise<string | undefined>
  /** `keptMs`: for so long at least, then it is forgotten; for ever when absent. */
  set(key: string, value: string, keptMs?: number): Promise<void>
}

/** One message may tell a handful of them: what is told at once shares a round trip. */
export function createAddresses(database: Database, deskId: DeskId, platform: Platform): Addresses {
  const idOf = (key: string) => `${deskId}:${platform}:${key}`
  const write = grouped(async (told: readonly AddressDoc[]) => {
    // of one name the newest
    const newest = new Map(told.map((doc) => [doc._id, doc]))
    const updates = [...newest.values()].map(({ _id, ...doc }) => ({
      replaceOne: { filter: { _id }, replacement: doc, upsert: true },
    }))
    await database.addresses.bulkWrite(updates, { ordered: false, ...MAJORITY })
    return told.map(() => undefined)
  })
  return {
    get: async (key) => (await database.addresses.findOne({ _id: idOf(key) }))?.value,
    set: (key, value, keptMs) => {
      const doc = { _id: idOf(key), value }
      return write(keptMs === undefined ? doc : { ...doc, purgeAt: new Date(now().getTime() + keptMs) })
    },
  }
}
