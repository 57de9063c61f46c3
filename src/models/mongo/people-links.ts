import type { mongo } from 'mongoose'
import type { DeskId, Locale, PersonId, Platform } from '../ids.js'
import type { Identity, Person } from '../people/person.js'
import type { Database } from './database.js'
import { identityKey, type PersonDoc } from './documents.js'
import { duplicateOn } from './failures.js'
import { MAJORITY } from './insert.js'

/** Two people who turn out to be one, or why not. */
export type Joined =
  | { kind: 'joined'; person: Person }
  | { kind: 'both_listed' | 'same_messenger' | 'absent' }
export type Separated = { kind: 'separated'; person: Person } | { kind: 'only_one' | 'fixed' | 'absent' }

/** What a messenger tells of somebody. */
export interface Told {
  name: string
  email?: string
  locale?: Locale
  zone?: string
}

/** Which accounts are one person's. */
export interface PeopleLinks {
  /**
   * Whoever joined without a name, because their messenger could not be asked then, gets it; by their e-mail they may
   * turn out to be somebody who is known already.
   */
  introduce(person: Person, told: Told): Promise<Person>
  /**
   * Makes one person of two. Whom the desk file lists stays, else the first; the other's id leads to them from then on.
   * Refused for two listed people, and when both have an account on one messenger.
   */
  unite(deskId: DeskId, one: PersonId, other: PersonId): Promise<Joined>
  /** Takes an account off a person. Whoever writes from it next joins anew. The last one stays, and so does the file's. */
  separate(deskId: DeskId, id: PersonId, platform: Platform): Promise<Separated>
  /** Where the person wants to be reached; absent: wherever they wrote last. */
  choose(deskId: DeskId, id: PersonId, platform: Platform | undefined): Promise<Person | undefined>
}

export const personKey = (deskId: DeskId, id: PersonId): string => `${deskId}/${id}`

export function createPeopleLinks(database: Database, read: (doc: PersonDoc) => Person): PeopleLinks {
  const { people } = database

  async function unite(
    session: mongo.ClientSession,
    deskId: DeskId,
    ids: readonly [PersonId, PersonId],
  ): Promise<PersonDoc | Exclude<Joined['kind'], 'joined'>> {
    // a transaction's operations come one after the other
    const first = await people.findOne({ _id: personKey(deskId, ids[0]) }, { session })
    const second = await people.findOne({ _id: personKey(deskId, ids[1]) }, { session })
    if (!first || !second || first.mergedInto || second.mergedInto) return 'absent'
    if (first.listed && second.listed) return 'both_listed'
    const [stays, goes] = second.listed ? [second, first] : [first, second]
    const taken = stays.identities.map(({ platform }) => platform)
    if (goes.identities.some(({ platform }) => taken.includes(platform))) return 'same_messenger'
    const stayingId = stays._id.slice(deskId.length + 1)
    const goingId = goes._id.slice(deskId.length + 1)
    await people.updateOne(
      { _id: goes._id },
      {
        $set: { identities: [], mergedInto: stayingId },
        $unset: { email: '', aliases: '', identityKeys: '' },
      },
      { session },
    )
    const keys = goes.identityKeys ?? []
    const before = (goes.aliases ?? []).map((id) => personKey(deskId, id))
    await people.updateMany({ _id: { $in: before } }, { $set: { mergedInto: stayingId } }, { session })
    const email = stays.email ?? goes.email
    return (
      (await people.findOneAndUpdate(
        { _id: stays._id },
        {
          $push: { identities: { $each: goes.identities }, identityKeys: { $each: keys } },
          $addToSet: { aliases: { $each: [goingId, ...(goes.aliases ?? [])] } },
          // what was taken off them once and is theirs again may be found by its e-mail again
          $pull: { apart: { $in: keys } },
          ...(email === undefined ? {} : { $set: { email } }),
        },
        { returnDocument: 'after', session },
      )) ?? 'absent'
    )
  }

  const united = async (deskId: DeskId, one: PersonId, other: PersonId): Promise<Joined> => {
    const doc = await database.connection.transaction((session) => unite(session, deskId, [one, other]))
    return typeof doc === 'string' ? { kind: doc } : { kind: 'joined', person: read(doc) }
  }

  return {
    unite: united,

    introduce: async (person, { email: written, ...told }) => {
      const { deskId, id } = person
      const email = written?.toLowerCase()
      const keys = person.identities.map((one) => identityKey(one.platform, one.userId))
      const namesake = email && (await people.findOne({ deskId, email, apart: { $nin: keys } }))
      if (namesake && namesake._id !== personKey(deskId, id)) {
        const joined = await united(deskId, namesake._id.slice(deskId.length + 1), id)
        if (joined.kind === 'joined') return joined.person
      }
      const isFree = email && (await people.countDocuments({ deskId, email })) === 0
      for (const $set of isFree ? [{ ...told, email }, told] : [told]) {
        try {
          const options = { returnDocument: 'after', ...MAJORITY } as const
          const doc = await people.findOneAndUpdate({ _id: personKey(deskId, id) }, { $set }, options)
          return doc ? read(doc) : person
        } catch (error) {
          // somebody else has joined with this e-mail meanwhile
          if (duplicateOn(error) === undefined) throw error
        }
      }
      return person
    },

    separate: async (deskId, id, platform) => {
      const _id = personKey(deskId, id)
      const doc = await people.findOne({ _id })
      const identity = doc?.identities.find((one): one is Identity => one.platform === platform)
      if (!doc || !identity) return { kind: 'absent' }
      if (doc.identities.length === 1) return { kind: 'only_one' }
      const key = identityKey(platform, identity.userId)
      if (doc.fixed?.includes(key)) return { kind: 'fixed' }
      const after = await people.findOneAndUpdate(
        { _id, identityKeys: key, 'identities.1': { $exists: true } },
        {
          $pull: { identities: { platform, userId: identity.userId }, identityKeys: key },
          // else its e-mail would bring it back with the next message
          $addToSet: { apart: key },
          $unset: {
            ...(doc.chosenPlatform === platform ? { chosenPlatform: '' as const } : {}),
            ...(doc.lastPlatform === platform ? { lastPlatform: '' as const } : {}),
          },
        },
        { returnDocument: 'after', ...MAJORITY },
      )
      return after ? { kind: 'separated', person: read(after) } : { kind: 'absent' }
    },

    choose: async (deskId, id, platform) => {
      const after = await people.findOneAndUpdate(
        platform === undefined
          ? { _id: personKey(deskId, id) }
          : { _id: personKey(deskId, id), 'identities.platform': platform },
        platform === undefined ? { $unset: { chosenPlatform: '' } } : { $set: { chosenPlatform: platform } },
        { returnDocument: 'after', ...MAJORITY },
      )
      return after ? read(after) : undefined
    },
  }
}
