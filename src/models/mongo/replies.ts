import { now } from '../../lib/now.js'
import type { Address, DeskId } from '../ids.js'
import type { Database } from './database.js'
import { laneOfAddress } from './documents.js'
import { insertOrIgnore, plainInsert } from './insert.js'

/** What the bot says beside any ticket's history (help, lists, questions), once per key, through the same outbox. */
export interface Replies {
  say(deskId: DeskId, key: string, address: Address, card: object): Promise<void>
}

export function createReplies(database: Database, woken: () => void): Replies {
  const insert = insertOrIgnore(plainInsert(database.outbox))
  return {
    say: async (deskId, key, address, card) => {
      await insert({
        _id: `reply:${key}`,
        deskId,
        ticketId: '',
        seq: 0,
        n: 0,
        to: { kind: 'place', placeId: '', address },
        say: { kind: 'reply', card },
        lane: laneOfAddress(address),
        state: 'due',
        dueAt: now(),
        attempts: 0,
      })
      woken()
    },
  }
}
