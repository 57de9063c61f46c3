import { newId } from '../../lib/ids.js'
import type { DeskId, PersonId, Platform } from '../ids.js'
import type { Identity, Person } from '../people/person.js'
import type { Database } from './database.js'
import { identityKey, type PersonDoc } from './documents.js'
import { duplicateOn } from './failures.js'
import { groupedInsert } from './grouped.js'
import { MAJORITY } from './insert.js'
import { createPeopleLinks, personKey as key, type PeopleLinks, type Told } from './people-links.js'
import { createPeopleMemory } from './people-memory.js'
import { shared } from './share.js'

/** What a messenger tells about somebody who writes for the first time. */
export interface Newcomer extends Told {
  /** Their direct conversation, if that is where they wrote. */
  conversation?: string
}

/** The people of a desk, each read remembered for a short while. */
export interface People extends PeopleLinks {
  /** Whoever this id stands for by now: somebody who turned out to be another is that other. */
  get(deskId: DeskId, id: PersonId): Promise<Person | undefined>
  many(deskId: DeskId, ids: readonly PersonId[]): Promise<Map<PersonId, Person>>
  byIdentity(deskId: DeskId, platform: Platform, userId: string): Promise<Person | undefined>
  /** The person behind an identity; joined as a requester, or linked by e-mail, when nobody has it yet. */
  join(deskId: DeskId, platform: Platform, userId: string, newcomer: Newcomer): Promise<Person>
  /** Notes the messenger they wrote from and, if known, the direct conversation there. */
  seen(person: Person, platform: Platform, conversation?: string): Promise<void>
  /** Notes that they were told what the bot is for. */
  welcomed(person: Person): Promise<void>
  admins(deskId: DeskId): Promise<PersonId[]>
  /** Replaces those the desk file lists; nobody else is touched. */
  list(deskId: DeskId, people: readonly Person[]): Promise<void>
  /** Those the desk file lists. */
  listed(deskId: DeskId): Promise<Person[]>
  forget(): void
}

/** What only the desk file says of somebody: where it says nothing any more, nothing stays. */
const GIVEN_BY_FILE = ['email', 'locale', 'zone', 'department', 'managerId', 'isAdmin'] as const

export function createPeople(database: Database, now: () => Date, rememberMs = 60_000): People {
  const { people } = database
  const insert = groupedInsert(people)
  const memory = createPeopleMemory(now, rememberMs)
  const { remember, known, forget } = memory
  async function many(deskId: DeskId, ids: readonly PersonId[]): Promise<Map<PersonId, Person>> {
    const found = new Map<PersonId, Person>()
    const missing: PersonId[] = []
    for (const id of new Set(ids)) {
      const person = known(deskId, id)
      if (person) found.set(id, person)
      else missing.push(id)
    }
    if (missing.length > 0) {
      const asOf = memory.reading()
      const docs = await people.find({ _id: { $in: missing.map((id) => key(deskId, id)) } }).toArray()
      const stand = docs.flatMap(({ mergedInto }) =>
        mergedInto === undefined ? [] : [key(deskId, mergedInto)],
      )
      const others = stand.length > 0 ? await people.find({ _id: { $in: stand } }).toArray() : []
      const byKey = new Map(others.map((doc) => [doc._id, remember(fromDoc(doc), asOf)]))
      for (const doc of docs) {
        const id = fromDoc(doc)._id
        const person =
          doc.mergedInto === undefined ? remember(fromDoc(doc), asOf) : byKey.get(key(deskId, doc.mergedInto))
        if (person) found.set(id, person)
      }
    }
    return found
  }
  const readByIdentity = shared(async (wanted: readonly { deskId: DeskId; key: string }[]) => {
    const docs: PersonDoc[] = []
    const asOf = memory.reading()
    for (const deskId of new Set(wanted.map((one) => one.deskId))) {
      const keys = wanted.filter((one) => one.deskId === deskId).map((one) => one.key)
      docs.push(...(await people.find({ deskId, identityKeys: { $in: keys } }).toArray()))
    }
    const byKey = new Map(
      docs.flatMap((doc) => (doc.identityKeys ?? []).map((one) => [`${doc.deskId}/${one}`, doc] as const)),
    )
    return wanted.map((one) => {
      const doc = byKey.get(`${one.deskId}/${one.key}`)
      return doc && remember(fromDoc(doc), asOf)
    })
  })
  /** Most newcomers are nobody yet, and many may come at once when something is broken: they share the answer. */
  const isKnownEmail = shared(async (wanted: readonly { deskId: DeskId; email: string }[]) => {
    const found = new Set<string>()
    for (const deskId of new Set(wanted.map((one) => one.deskId))) {
      const emails = wanted.filter((one) => one.deskId === deskId).map(({ email }) => email)
      const docs = people.find({ deskId, email: { $in: emails } }, { projection: { email: 1 } })
      for await (const { email } of docs) found.add(`${deskId}/${email}`)
    }
    return wanted.map(({ deskId, email }) => found.has(`${deskId}/${email}`))
  })
  async function byIdentity(deskId: DeskId, platform: Platform, userId: string): Promise<Person | undefined> {
    const person = memory.byIdentity(deskId, platform, userId)
    return person ?? (await readByIdentity({ deskId, key: identityKey(platform, userId) }))
  }

  /**
   * The identities a listed person has from now on: the file's, with what is known of them, and those on messengers the
   * file does not name. Whoever holds one of them, or the e-mail, gives it up: they joined before the file knew them.
   */
  async function claim(deskId: DeskId, person: Person): Promise<Identity[]> {
    const { id, email, identities } = person
    const _id = { $ne: key(deskId, id) }
    const namesake = email === undefined ? null : await people.findOne({ deskId, email, _id })
    const own = await people.findOne({ _id: key(deskId, id) })
    if (own?.mergedInto !== undefined) {
      await people.updateOne({ _id: key(deskId, own.mergedInto) }, { $pull: { aliases: id } }, MAJORITY)
    }
    const known = [...(own?.identities ?? []), ...(namesake && !namesake.listed ? namesake.identities : [])]
    const unnamed = known.filter(({ platform }, i) => {
      const before = [...identities, ...known.slice(0, i)]
      return !before.some((one) => one.platform === platform)
    })
    const all = [...identities.map((one) => known.find((other) => same(one, other)) ?? one), ...unnamed]
    for (const { platform, userId } of all) {
      const identity = identityKey(platform, userId)
      const mine = { deskId, identityKeys: identity, _id }
      // an empty list of keys would be a key: the last one goes with the list
      const emptied = { $set: { identities: [] }, $unset: { identityKeys: '' as const } }
      await people.updateOne({ ...mine, identities: { $size: 1 } }, emptied, MAJORITY)
      await people.updateMany(
        mine,
        { $pull: { identities: { platform, userId }, identityKeys: identity } },
        MAJORITY,
      )
    }
    if (namesake) await people.updateOne({ _id: namesake._id }, { $unset: { email: '' } }, MAJORITY)
    return all
  }

  /** Somebody whom others turned out to be is read anew, under every id. */
  const links = createPeopleLinks(database, (doc) => {
    forget()
    return remember(fromDoc(doc))
  })

  return {
    ...links,
    many,
    byIdentity,
    forget,
    get: async (deskId, id) => (await many(deskId, [id])).get(id),

    join: async (deskId, platform, userId, newcomer) => {
      const present = await byIdentity(deskId, platform, userId)
      if (present) return present
      const { email: written, conversation, ...rest } = newcomer
      const email = written?.toLowerCase()
      const linked = { platform, userId, ...(conversation === undefined ? {} : { conversation }) }
      if (email !== undefined && (await isKnownEmail({ deskId, email }))) {
        const doc = await people.findOneAndUpdate(
          {
            deskId,
            email,
            'identities.platform': { $ne: platform },
            apart: { $ne: identityKey(platform, userId) },
          },
          { $push: { identities: linked, identityKeys: identityKey(platform, userId) } },
          { returnDocument: 'after', ...MAJORITY },
        )
        if (doc) return remember(fromDoc(doc))
      }
      const person: Person = { id: newId(), deskId, ...rest, identities: [linked], lastPlatform: platform }
      // an e-mail may belong to somebody who has another identity here: then they join without it
      for (const one of email ? [{ ...person, email }, person] : [person]) {
        try {
          await insert(toDoc(one))
          return remember(fromDoc(toDoc(one)))
        } catch (error) {
          if (duplicateOn(error) === undefined) throw error
          // they wrote twice at once
          const raced = await byIdentity(deskId, platform, userId)
          if (raced) return raced
        }
      }
      throw new Error('neither new nor known')
    },

    seen: async (person, platform, conversation) => {
      const identity = person.identities.find((one) => one.platform === platform)
      const same =
        person.lastPlatform === platform && (!conversation || identity?.conversation === conversation)
      if (same || !identity) return
      // only what is meant: another instance may have linked an identity meanwhile
      const doc = await people.findOneAndUpdate(
        { _id: key(person.deskId, person.id), 'identities.platform': platform },
        {
          $set: {
            lastPlatform: platform,
            ...(conversation ? { 'identities.$.conversation': conversation } : {}),
          },
        },
        { returnDocument: 'after', ...MAJORITY },
      )
      if (doc) remember(fromDoc(doc))
    },

    welcomed: async ({ deskId, id }) => {
      const doc = await people.findOneAndUpdate(
        { _id: key(deskId, id) },
        { $set: { welcomedAt: now() } },
        { returnDocument: 'after', ...MAJORITY },
      )
      if (doc) remember(fromDoc(doc))
    },

    admins: async (deskId) =>
      (await people.find({ deskId, isAdmin: true }).limit(50).toArray()).map((doc) => fromDoc(doc)._id),

    list: async (deskId, listed) => {
      const ids = listed.map((person) => key(deskId, person.id))
      await people.updateMany(
        { deskId, listed: true, _id: { $nin: ids } },
        { $unset: { listed: true, isAdmin: true, managerId: true, fixed: true } },
        MAJORITY,
      )
      for (const person of listed) {
        const known = await claim(deskId, person)
        const {
          lastPlatform: _,
          chosenPlatform: __,
          ...fixed
        } = toDoc({ ...person, deskId, identities: known })
        const absent = GIVEN_BY_FILE.filter((name) => fixed[name] === undefined)
        await people.updateOne(
          { _id: key(deskId, person.id) },
          {
            $set: { ...fixed, listed: true, fixed: keysOf(person) },
            $unset: {
              mergedInto: '',
              ...(fixed.identityKeys === undefined ? { identityKeys: '' as const } : {}),
              ...Object.fromEntries(absent.map((name) => [name, '' as const])),
            },
          },
          { upsert: true, ...MAJORITY },
        )
      }
      forget()
    },
    listed: async (deskId) => {
      const asOf = memory.reading()
      const docs = await people.find({ deskId, listed: true }).sort({ _id: 1 }).toArray()
      return docs.map((doc) => remember(fromDoc(doc), asOf))
    },
  }
}

const same = (a: Identity, b: Identity): boolean => a.platform === b.platform && a.userId === b.userId
function toDoc(person: Person): PersonDoc {
  const { id, ...rest } = person
  return {
    _id: key(person.deskId, id),
    ...rest,
    ...(person.identities.length > 0 ? { identityKeys: keysOf(person) } : {}),
  }
}

function keysOf({ identities }: Person): string[] {
  return identities.map(({ platform, userId }) => identityKey(platform, userId))
}

/** The document with the person's own id in place of the stored one, which carries the desk. */
function fromDoc(doc: PersonDoc): PersonDoc {
  return { ...doc, _id: doc._id.slice(doc.deskId.length + 1) }
}
