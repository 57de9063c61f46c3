import type { Platform } from '../models/ids.js'
import type { Services } from './services.js'

const MENTION = /@\{([^}\s]+)\}/g
/** A message that names more people than this is no message to anybody. */
const MAX_LOOKED_UP = 20

/** Text in which people named by `@{userId}` stand by their names; strangers by their id. */
export async function named(services: Services, platform: Platform, text: string): Promise<string> {
  const ids = [...new Set([...text.matchAll(MENTION)].map((match) => match[1] ?? ''))].slice(0, MAX_LOOKED_UP)
  const names = new Map<string, string>()
  for (const id of ids) {
    const person = await services.people.byIdentity(services.desk().id, platform, id)
    if (person) names.set(id, person.name)
  }
  return text.replace(MENTION, (_, id: string) => `@${names.get(id) ?? id}`)
}
