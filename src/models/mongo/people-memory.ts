import type { DeskId, PersonId, Platform } from '../ids.js'
import type { Person } from '../people/person.js'
import { identityKey, type PersonDoc } from './documents.js'

/** People as they were read a short while ago. */
export interface PeopleMemory {
  /** To be called before a read of the database, and its value given to `remember` with what was read. */
  reading(): number
  /**
   * Remembers a person, and returns them: as given, or as known since, when `asOf` says that the read began before what
   * is known was written.
   */
  remember(doc: PersonDoc, asOf?: number): Person
  known(deskId: DeskId, id: PersonId): Person | undefined
  byIdentity(deskId: DeskId, platform: Platform, userId: string): Person | undefined
  forget(): void
}

const REMEMBERED = 20_000

export function createPeopleMemory(now: () => Date, rememberMs: number): PeopleMemory {
  const byId = new Map<string, { person: Person; until: number; asOf: number }>()
  const idByIdentity = new Map<string, PersonId>()
  const aliasOf = new Map<string, PersonId>()
  let step = 0
  let forgottenAt = 0

  function known(deskId: DeskId, id: PersonId): Person | undefined {
    const entry = byId.get(`${deskId}/${aliasOf.get(`${deskId}/${id}`) ?? id}`)
    return entry && entry.until > now().getTime() ? entry.person : undefined
  }
  function reading(): number {
    step += 1
    return step
  }
  function forget(): void {
    forgottenAt = reading()
    byId.clear()
    idByIdentity.clear()
    aliasOf.clear()
  }

  return {
    reading,
    known,
    forget,
    remember: (doc, asOf = reading()) => {
      const { _id, identityKeys, listed: _, fixed: __, mergedInto: ___, apart: ____, ...rest } = doc
      const person: Person = { id: _id, ...rest }
      const newer = byId.get(`${person.deskId}/${person.id}`)
      if (newer && newer.asOf > asOf) return newer.person
      if (asOf < forgottenAt) return person
      if (byId.size > REMEMBERED) forget()
      byId.set(`${person.deskId}/${person.id}`, { person, until: now().getTime() + rememberMs, asOf })
      for (const one of identityKeys ?? []) idByIdentity.set(`${person.deskId}/${one}`, person.id)
      for (const alias of person.aliases ?? []) aliasOf.set(`${person.deskId}/${alias}`, person.id)
      return person
    },
    byIdentity: (deskId, platform, userId) => {
      const id = idByIdentity.get(`${deskId}/${identityKey(platform, userId)}`)
      return id === undefined ? undefined : known(deskId, id)
    },
  }
}
