import type { DeskId, PersonId, Platform } from '../ids.js'
import { LINK_CODE_MS, linkCodeHash, newLinkCode } from '../people/link-code.js'
import type { Database } from './database.js'
import { identityKey } from './documents.js'
import { MAJORITY } from './insert.js'

/** An account on one messenger. */
export interface Account {
  platform: Platform
  userId: string
}

/** What stands behind a code that somebody typed. */
export type LookedAtCode =
  | { kind: 'valid'; id: string; personId: PersonId; account: Account }
  /** There is no such code, it is too old, or it was used by somebody else. */
  | { kind: 'wrong' | 'old' | 'used' }
  /** Too many wrong ones; none is looked at before `until`. */
  | { kind: 'too_many'; until: Date }

/** Codes by which a person proves on one messenger that they are somebody on another. */
export interface LinkCodes {
  /** A new code for this account, in plain for this once; earlier ones of the account end. */
  issue(deskId: DeskId, personId: PersonId, account: Account): Promise<string>
  /** `arrival` names the message it was typed in: taken again, that message still finds the code that it used. */
  look(deskId: DeskId, code: string, by: Account, arrival: string): Promise<LookedAtCode>
  /** Uses a code up. False when somebody else was faster. */
  use(id: string, arrival: string): Promise<boolean>
  /** It was used in vain: it may be typed again. */
  giveBack(id: string, arrival: string): Promise<void>
}

/** So many wrong codes may be typed on one account within `TRIES_MS`. */
const MAX_TRIES = 5
const TRIES_MS = 15 * 60_000
/** Used and old codes are kept so long, to be told apart from wrong ones. */
const KEPT_MS = 24 * 3_600_000

export function createLinkCodes(database: Database, now: () => Date): LinkCodes {
  const codes = database.linkCodes
  const at = (ms: number) => new Date(now().getTime() + ms)
  const triesId = (deskId: DeskId, { platform, userId }: Account) =>
    `tries:${deskId}/${identityKey(platform, userId)}`

  async function failed(deskId: DeskId, by: Account): Promise<void> {
    const _id = triesId(deskId, by)
    const counted = await codes.updateOne(
      { _id, expiresAt: { $gt: now() } },
      { $inc: { tries: 1 } },
      MAJORITY,
    )
    if (counted.matchedCount > 0) return
    const fresh = { deskId, tries: 1, expiresAt: at(TRIES_MS), purgeAt: at(TRIES_MS + KEPT_MS) }
    await codes.updateOne({ _id }, { $set: fresh }, { upsert: true, ...MAJORITY })
  }

  return {
    issue: async (deskId, personId, account) => {
      const owner = identityKey(account.platform, account.userId)
      const ended = { $set: { expiresAt: now() } }
      await codes.updateMany({ deskId, owner, expiresAt: { $gt: now() } }, ended, MAJORITY)
      const code = newLinkCode()
      await codes.insertOne(
        {
          _id: linkCodeHash(deskId, code),
          ...{ deskId, owner, personId, account },
          expiresAt: at(LINK_CODE_MS),
          purgeAt: at(LINK_CODE_MS + KEPT_MS),
        },
        MAJORITY,
      )
      return code
    },

    look: async (deskId, code, by, arrival) => {
      const tries = await codes.findOne({ _id: triesId(deskId, by) })
      if (tries && (tries.tries ?? 0) >= MAX_TRIES && tries.expiresAt > now())
        return { kind: 'too_many', until: tries.expiresAt }
      const doc = await codes.findOne({ _id: linkCodeHash(deskId, code) })
      const { personId, account } = doc ?? {}
      if (doc && personId !== undefined && account) {
        const valid = doc.usedFor === undefined ? doc.expiresAt > now() : doc.usedFor === arrival
        if (valid) return { kind: 'valid', id: doc._id, personId, account }
      }
      await failed(deskId, by)
      return { kind: !doc ? 'wrong' : doc.usedFor === undefined ? 'old' : 'used' }
    },

    use: async (id, arrival) => {
      const used = await codes.updateOne(
        { _id: id, $or: [{ usedFor: { $exists: false } }, { usedFor: arrival }] },
        { $set: { usedFor: arrival } },
        MAJORITY,
      )
      return used.matchedCount > 0
    },

    giveBack: async (id, arrival) => {
      await codes.updateOne({ _id: id, usedFor: arrival }, { $unset: { usedFor: '' } }, MAJORITY)
    },
  }
}
