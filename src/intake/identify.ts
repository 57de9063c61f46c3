import type { Locale } from '../models/ids.js'
import type { People } from '../models/mongo/people.js'
import type { Told } from '../models/mongo/people-links.js'
import type { Person } from '../models/people/person.js'

/** What a messenger knows of somebody. `undefined`: nothing now; `gone`: there is no such user. */
export type LookUp = (platform: string, userId: string) => Promise<LookedUp | 'gone' | undefined>
export interface LookedUp {
  name: string
  email?: string
  locale?: Locale
  zone?: string
  isBot: boolean
}

/**
 * The person behind a verified identity. Whoever writes for the first time joins as a requester, under the name their
 * messenger gives them; undefined for bots, and `later` when the messenger does not say who it is.
 */
export async function identify(
  people: People,
  lookUp: LookUp,
  deskId: string,
  from: { platform: string; userId: string; conversation?: { id: string; kind: 'direct' | 'channel' } },
  lastTry = true,
): Promise<Person | 'later' | undefined> {
  const known = await people.byIdentity(deskId, from.platform, from.userId)
  if (known) return known
  const profile = await lookUp(from.platform, from.userId)
  if (profile === undefined && !lastTry) return 'later'
  if (profile === 'gone' || profile?.isBot) return undefined
  return await people.join(deskId, from.platform, from.userId, {
    ...toldBy(profile ?? { name: from.userId }),
    ...(from.conversation?.kind === 'direct' ? { conversation: from.conversation.id } : {}),
  })
}

/**
 * Asks again about somebody who joined under their id, because so many wrote at once that the messenger told nobody's
 * name any more. Whoever else they turn out to be is returned.
 */
export async function introduce(
  people: People,
  lookUp: LookUp,
  person: Person,
  from: { platform: string; userId: string },
): Promise<Person> {
  if (person.name !== from.userId) return person
  const profile = await lookUp(from.platform, from.userId)
  if (profile === undefined || profile === 'gone' || profile.name === from.userId) return person
  return await people.introduce(person, toldBy(profile))
}

function toldBy({ name, email, locale, zone }: Omit<LookedUp, 'isBot'>): Told {
  return {
    name,
    ...(email ? { email } : {}),
    ...(locale ? { locale } : {}),
    ...(zone ? { zone } : {}),
  }
}
