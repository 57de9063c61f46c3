import type { DeskId, Locale, PersonId, Platform } from '../ids.js'

export interface Identity {
  platform: Platform
  userId: string
  /** The direct conversation with the bot, once known. */
  conversation?: string
}

/** One human being; at most one identity per messenger. */
export interface Person {
  id: PersonId
  deskId: DeskId
  name: string
  email?: string
  locale?: Locale
  zone?: string
  department?: string
  managerId?: PersonId
  identities: Identity[]
  /** The messenger they wrote from last, and the one they chose, if they did. */
  lastPlatform?: Platform
  chosenPlatform?: Platform
  isAdmin?: boolean
  /** When they were told what the bot is for. */
  welcomedAt?: Date
  /** Ids this person had before others turned out to be them: old commits speak of these. */
  aliases?: PersonId[]
}

/** The identity to reach a person by: the chosen messenger, else the last used, else the first known. */
export function reachableBy(
  person: Pick<Person, 'identities' | 'lastPlatform' | 'chosenPlatform'>,
  except: readonly Platform[] = [],
): Identity | undefined {
  const open = person.identities.filter((identity) => !except.includes(identity.platform))
  return (
    open.find((identity) => identity.platform === person.chosenPlatform) ??
    open.find((identity) => identity.platform === person.lastPlatform) ??
    open[0]
  )
}
