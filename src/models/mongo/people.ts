import { newId } from '../../lib/ids.js'
import type { DeskId, Locale, PersonId, Platform } from '../ids.js'
import type { Person } from '../people/person.js'
import type { Database } from './database.js'
import { identityKey, type PersonDoc } from './documents.js'
import { duplicateOn } from './failures.js'
import { MAJORITY } from './insert.js'

/** What a messenger tells about somebody who writes for the first time. */
export interface Newcomer {
  name: string
  email?: string
  locale?: Locale
  zone?: string
}

/** The people of a desk, each read remembered for a short while. */
export interface People {
  get(deskId: DeskId, id: PersonId): Promise<Person | undefined>
  many(deskId: DeskId, ids: readonly PersonId[]): Promise<Map<PersonId, Person>>
  byIdentity(deskId: DeskId, platform: Platform, userId: string): Promise<Person | undefined>
  /** The person behind an identity; joined as a requester, or linked by e-mail, when nobody has it yet. */
  join(deskId: DeskId, platform: Platform, userId: string, newcomer: Newcomer): Promise<Person>
  /** Notes the messenger they wrote from and, if known, the direct conversation there. */
  seen(person: Person, platform: Platform, conversation?: string): Promise<void>
  admins(deskId: DeskId): Promise<PersonId[]>
  /** Replaces those the desk file lists; nobody else is touched. */
  list(deskId: DeskId, people: readonly Person[]): Promise<void>
  /** Those the desk file lists. */
  listed(deskId: DeskId): Promise<Person[]>
  forget(): void
}

const REMEMBERED = 20_000

export function createPeople(database: Database, now: () => Date, rememberMs = 60_000): People {
  const { people } = database
  const byId = new Map<string, { person: Person; until: number }>()
  const idByIdentity = new Map<string, PersonId>()

  function remember(doc: PersonDoc): Person {
    const { _id, identityKeys, listed: _, ...rest } = doc
    const person: Person = { id: _id, ...rest }
    if (byId.size > REMEMBERED) forget()
    byId.set(`${person.deskId}/${person.id}`, { person, until: now().getTime() + rememberMs })
    for (const key of identityKeys) idByIdentity.set(`${person.deskId}/${key}`, person.id)
    return person
  }
  function known(deskId: DeskId, id: PersonId): Person | undefined {
    const entry = byId.get(`${deskId}/${id}`)
    return entry && entry.until > now().getTime() ? entry.person : undefined
  }
  function forget(): void {
    byId.clear()
    idByIdentity.clear()
  }
  async function many(deskId: DeskId, ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
    const found = new Map<PersonId, Person>()
    const missing: PersonId[] = []
    for (const id of new Set(ids)) {
      const person = known(deskId, id)
      if (person) found.set(id, person)
      else missing.push(id)
    }
    if (missing.length > 0) {
      for (const doc of await people.find({ _id: { $in: missing.map((id) => key(deskId, id)) } }).toArray()) {
        const person = remember(fromDoc(doc))
        found.set(person.id, person)
      }
    }
    return found
  }
  async function byIdentity(deskId: DeskId, platform: Platform, userId: string): Promise<Person | undefined> {
    const id = idByIdentity.get(`${deskId}/${identityKey(platform, userId)}`)
    const person = id === undefined ? undefined : known(deskId, id)
    if (person) return person
    const doc = await people.findOne({ deskId, identityKeys: identityKey(platform, userId) })
    return doc ? remember(fromDoc(doc)) : undefined
  }

  return {
    many,
    byIdentity,
    forget,
    get: async (deskId, id) => (await many(deskId, [id])).get(id),

    join: async (deskId, platform, userId, newcomer) => {
      const present = await byIdentity(deskId, platform, userId)
      if (present) return present
      const linked = { platform, userId }
      if (newcomer.email) {
        const doc = await people.findOneAndUpdate(
          { deskId, email: newcomer.email.toLowerCase(), 'identities.platform': { $ne: platform } },
          { $push: { identities: linked, identityKeys: identityKey(platform, userId) } },
          { returnDocument: 'after', ...MAJORITY },
        )
        if (doc) return remember(fromDoc(doc))
      }
      const { email, ...rest } = newcomer
      const id = newId()
      const person: Person = { id, deskId, ...rest, identities: [linked], lastPlatform: platform }
      try {
        await people.insertOne(toDoc(email ? { ...person, email: email.toLowerCase() } : person), MAJORITY)
      } catch (error) {
        // they wrote twice at once, or their e-mail belongs to somebody who has another identity here
        if (duplicateOn(error) === undefined) throw error
        const raced = await byIdentity(deskId, platform, userId)
        if (raced) return raced
        await people.insertOne(toDoc(person), MAJORITY)
      }
      return remember({ ...toDoc(person), _id: id })
    },

    seen: async (person, platform, conversation) => {
      const identity = person.identities.find((one) => one.platform === platform)
      const same =
        person.lastPlatform === platform && (!conversation || identity?.conversation === conversation)
      if (same || !identity) return
      const identities = person.identities.map((one) =>
        one.platform === platform && conversation ? { ...one, conversation } : one,
      )
      await people.updateOne(
        { _id: key(person.deskId, person.id) },
        { $set: { lastPlatform: platform, identities } },
      )
      remember({ ...toDoc({ ...person, identities, lastPlatform: platform }), _id: person.id })
    },

    admins: async (deskId) =>
      (await people.find({ deskId, isAdmin: true }).limit(50).toArray()).map((doc) => fromDoc(doc)._id),

    list: async (deskId, listed) => {
      const ids = listed.map((person) => key(deskId, person.id))
      await people.updateMany(
        { deskId, listed: true, _id: { $nin: ids } },
        { $unset: { listed: true } },
        MAJORITY,
      )
      for (const person of listed) {
        const doc = toDoc({ ...person, deskId })
        const { lastPlatform: _, chosenPlatform: __, ...fixed } = doc
        // whoever joined by themselves under an identity that the file gives to somebody else gives it up
        const taken = { identityKeys: { $in: doc.identityKeys }, _id: { $ne: doc._id } }
        for (const { platform, userId } of person.identities) {
          await people.updateMany(
            { deskId, ...taken },
            { $pull: { identities: { platform, userId }, identityKeys: identityKey(platform, userId) } },
            MAJORITY,
          )
        }
        await people.updateOne(
          { _id: doc._id },
          { $set: { ...fixed, listed: true } },
          { upsert: true, ...MAJORITY },
        )
      }
      forget()
    },
    listed: async (deskId) =>
      (await people.find({ deskId, listed: true }).sort({ _id: 1 }).toArray()).map((doc) =>
        remember(fromDoc(doc)),
      ),
  }
}

const key = (deskId: DeskId, id: PersonId): string => `${deskId}/${id}`

function toDoc(person: Person): PersonDoc {
  const { id, ...rest } = person
  return {
    _id: key(person.deskId, id),
    ...rest,
    identityKeys: person.identities.map((one) => identityKey(one.platform, one.userId)),
  }
}

/** The document with the person's own id in place of the stored one, which carries the desk. */
function fromDoc(doc: PersonDoc): PersonDoc {
  return { ...doc, _id: doc._id.slice(doc.deskId.length + 1) }
}
