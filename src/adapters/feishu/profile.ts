import { z } from 'zod'
import type { Profile } from '../../delivery/messenger.js'
import type { OpenApi } from './open-api.js'

const USER = z.object({
  user: z.object({
    name: z.string().nullish(),
    en_name: z.string().nullish(),
    nickname: z.string().nullish(),
    email: z.string().nullish(),
    enterprise_email: z.string().nullish(),
    time_zone: z.string().nullish(),
  }),
})

/** What the directory says of a person. Feishu does not tell their language: that is the desk's until they choose. */
export async function profileOf(api: OpenApi, userId: string): Promise<Profile> {
  const path = `/contact/v3/users/${encodeURIComponent(userId)}`
  const { user } = USER.parse(await api.call({ method: 'GET', path, params: { user_id_type: 'open_id' } }))
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
