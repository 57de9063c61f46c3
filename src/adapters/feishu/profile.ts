import { z } from 'zod'
import type { Profile } from '../../delivery/messenger.js'
import { shared } from '../../lib/shared.js'
import { toFailure } from './errors.js'
import type { OpenApi } from './open-api.js'

const ENTRY = z.object({
  open_id: z.string().nullish(),
  name: z.string().nullish(),
  en_name: z.string().nullish(),
  nickname: z.string().nullish(),
  email: z.string().nullish(),
  enterprise_email: z.string().nullish(),
  time_zone: z.string().nullish(),
})
const ONE = z.object({ user: ENTRY })
const SEVERAL = z.object({ items: z.array(ENTRY).nullish() })
const OPEN_ID = { user_id_type: 'open_id' }
/** How many people one call may ask for (open.feishu.cn, contact-v3 users/batch). */
const MAX_GROUP = 50
const ANSWER_MS = 30_000

/**
 * What the directory says of people. Those who write at once share a call: when something breaks for a whole company,
 * there are more of them than Feishu lets us ask for one by one.
 */
export function createProfiles(api: OpenApi): (userId: string) => Promise<Profile> {
  const late = () => new Error('the directory does not answer')
  const find = shared(
    async (userIds: readonly string[]) => {
      const found = userIds.length > 1 ? await several(api, [...new Set(userIds)]) : new Map()
      return userIds.map((id): z.infer<typeof ENTRY> | undefined => found.get(id))
    },
    { maxGroup: MAX_GROUP, flights: 2, answerMs: ANSWER_MS, late },
  )
  // whoever the many do not include is asked for alone: that answer says why
  return async (userId) => profileOf((await find(userId)) ?? (await one(api, userId)), userId)
}

async function one(api: OpenApi, userId: string): Promise<z.infer<typeof ENTRY>> {
  const path = `/contact/v3/users/${encodeURIComponent(userId)}`
  return ONE.parse(await api.call({ method: 'GET', path, params: OPEN_ID })).user
}

/** By open id. None when Feishu does not answer for all of them: it may be for the sake of one. */
async function several(api: OpenApi, userIds: string[]): Promise<Map<string, z.infer<typeof ENTRY>>> {
  const path = '/contact/v3/users/batch'
  const params = { ...OPEN_ID, user_ids: userIds }
  try {
    const { items } = SEVERAL.parse(await api.call({ method: 'GET', path, params }))
    return new Map((items ?? []).flatMap((entry) => (entry.open_id ? [[entry.open_id, entry]] : [])))
  } catch (error) {
    if (toFailure(error, 'harmless').kind === 'rate_limited') throw error
    return new Map()
  }
}

/** Feishu does not tell a person's language: that is the desk's until they choose. */
function profileOf(user: z.infer<typeof ENTRY>, userId: string): Profile {
  const names = [user.name, user.nickname, user.en_name]
  const email = [user.enterprise_email, user.email].find((one) => one != null && one !== '')
  const zone = user.time_zone
  return {
    name: names.find((name) => name != null && name.trim() !== '') ?? userId,
    ...(email == null ? {} : { email }),
    ...(zone != null && isZone(zone) ? { zone } : {}),
    // bots have no entry there, and people of other companies neither
    isBot: false,
    isGuest: false,
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
