import { now } from '../../lib/now.js'
import type { Address, DeskId, PersonId } from '../ids.js'
import type { Saying } from '../ticket/effects.js'
import type { Database } from './database.js'
import { laneOfAddress } from './documents.js'
import { insertOrIgnore, plainInsert } from './insert.js'

/** What the bot says beside any ticket's history (help, lists, questions), once per key, through the same outbox. */
export interface Replies {
  say(deskId: DeskId, key: string, address: Address, card: object): Promise<void>
  /** A code with which this person links the account that reads there. */
  linkCode(deskId: DeskId, key: string, address: Address, personId: PersonId): Promise<void>
}

export function createReplies(database: Database, woken: () => void): Replies {
  const insert = insertOrIgnore(plainInsert(database.outbox))
  async function add(deskId: DeskId, key: string, address: Address, say: Saying): Promise<void> {
    await insert({
      _id: `reply:${key}`,
      deskId,
      ticketId: '',
      seq: 0,
      n: 0,
      to: { kind: 'place', placeId: '', address },
      say,
      lane: laneOfAddress(address),
      state: 'due',
      dueAt: now(),
      attempts: 0,
    })
    woken()
  }
  return {
    say: (deskId, key, address, card) => add(deskId, key, address, { kind: 'reply', card }),
    linkCode: (deskId, key, address, personId) => add(deskId, key, address, { kind: 'link_code', personId }),
  }
}
