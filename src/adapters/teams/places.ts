import type { Card } from '../../cards/card.js'
import type { Logger } from '../../lib/logger.js'
import { conversationOf, tenantOf } from './addresses.js'
import { isProgram } from './parse-message.js'
import type { Activity } from './wire.js'

/** Where the adapter keeps what it must know to write somewhere later. Values are small. */
export interface Store {
  get(key: string): Promise<string | undefined>
  /** `keptMs`: for so long at least; for ever when absent. */
  set(key: string, value: string, keptMs?: number): Promise<void>
}

/** What is known of a person on Teams beside what a roster tells. */
export interface KnownPerson {
  /** `29:…`, the name that mentions need. */
  mri?: string
  direct?: string
  locale?: string
  zone?: string
  /** A conversation in whose roster they are. */
  seenIn?: string
}

/** The addresses of conversations and people: plain texts of ours, nothing of an SDK. */
export interface Places {
  /** Takes note of what a verified activity tells about where it came from. Failures of the store are logged. */
  remember(activity: Activity): Promise<void>
  /** Where the service for a conversation is: the newest that was seen. */
  serviceUrl(conversation?: string): Promise<string>
  /** The bot's own name on Teams (`28:…`), if it is known. */
  botId(): Promise<string | undefined>
  tenantId(): Promise<string | undefined>
  /** Whether the app was taken away from a conversation. */
  isRemoved(conversation: string): Promise<boolean>
  person(userId: string): Promise<KnownPerson>
  /** Those who have a view of their own of a card, by the names that Teams wants; whoever was never heard has none yet. */
  viewersOf(card: Card): Promise<string[]>
  /** Whose chat with the bot a conversation is; nothing for one of several people. */
  readerOf(conversation: string): Promise<string | undefined>
  /** People's Entra ids by what mentions call them. */
  aadOf(mris: readonly string[]): Promise<Map<string, string>>
  setDirect(userId: string, conversation: string): Promise<void>
  /** The direct conversation does not exist any more. */
  forget(conversation: string): Promise<void>
}

export interface PlacesDeps {
  store: Store
  logger: Logger
  tenantId: string | undefined
  botId: string | undefined
  defaultServiceUrl: string
}
/** So many answers of the store are kept in memory. */
const REMEMBERED = 20_000

export function createPlaces({ store, logger, tenantId, botId, defaultServiceUrl }: PlacesDeps): Places {
  const known = new Map<string, string>()

  function keep(key: string, value: string): void {
    if (known.size >= REMEMBERED) known.clear()
    known.set(key, value)
  }

  async function get(key: string): Promise<string | undefined> {
    const kept = known.get(key)
    if (kept !== undefined) return kept || undefined
    const value = await store.get(key)
    if (value !== undefined) keep(key, value)
    return value || undefined
  }

  async function set(key: string, value: string): Promise<void> {
    if (known.get(key) === value) return
    keep(key, value)
    try {
      await store.set(key, value)
    } catch (cause) {
      // tried again with the next activity
      known.delete(key)
      logger.warn('a place on teams was not kept', { key: key.split(':', 1)[0], cause })
    }
  }

  async function forget(conversation: string): Promise<void> {
    const userId = await get(`person-of:${conversation}`)
    if (userId !== undefined) await set(`direct:${userId}`, '')
  }

  /** What is known now stands in memory at once; the store follows. */
  function factsOf(activity: Activity): [string, string][] {
    const { from, recipient, serviceUrl, locale, localTimezone } = activity
    const { id, kind } = conversationOf(activity)
    const tenant = tenantOf(activity)
    const facts: [string, string][] = [
      [`service:${id}`, serviceUrl],
      ['service', serviceUrl],
    ]
    if (recipient != null) facts.push(['bot', recipient.id])
    if (tenant !== undefined) facts.push(['tenant', tenant])
    const userId = from?.aadObjectId
    if (from && userId && !isProgram(from, activity)) {
      facts.push([`mri:${userId}`, from.id], [`aad:${from.id}`, userId], [`seen:${userId}`, id])
      if (locale) facts.push([`locale:${userId}`, locale])
      if (localTimezone) facts.push([`zone:${userId}`, localTimezone])
      if (kind === 'direct') facts.push([`direct:${userId}`, id], [`person-of:${id}`, userId])
    }
    const isRemoved = removal(activity)
    if (isRemoved !== undefined) facts.push([`removed:${id}`, isRemoved ? 'yes' : ''])
    return facts
  }

  return {
    async remember(activity) {
      await Promise.all(factsOf(activity).map(([key, value]) => set(key, value)))
    },
    serviceUrl: async (conversation) =>
      (conversation === undefined ? undefined : await get(`service:${conversation}`)) ??
      (await get('service')) ??
      defaultServiceUrl,
    botId: async () => botId ?? (await get('bot')),
    tenantId: async () => tenantId ?? (await get('tenant')),
    isRemoved: async (conversation) => (await get(`removed:${conversation}`)) !== undefined,
    async person(userId) {
      const [mri, direct, locale, zone, seenIn] = await Promise.all(
        ['mri', 'direct', 'locale', 'zone', 'seen'].map((what) => get(`${what}:${userId}`)),
      )
      return {
        ...(mri === undefined ? {} : { mri }),
        ...(direct === undefined ? {} : { direct }),
        ...(locale === undefined ? {} : { locale }),
        ...(zone === undefined ? {} : { zone }),
        ...(seenIn === undefined ? {} : { seenIn }),
      }
    },
    async viewersOf({ ownView }) {
      const userIds = (ownView?.people ?? []).flatMap(({ teams }) => teams ?? [])
      // without them it is the card that everybody sees: better than none
      const mris = await Promise.all(userIds.map((userId) => get(`mri:${userId}`))).catch(() => [])
      return mris.flatMap((mri) => mri ?? [])
    },
    readerOf: (conversation) => get(`person-of:${conversation}`),
    async aadOf(mris) {
      const found = new Map<string, string>()
      for (const mri of new Set(mris)) {
        const userId = await get(`aad:${mri}`)
        if (userId !== undefined) found.set(mri, userId)
      }
      return found
    },
    async setDirect(userId, conversation) {
      await Promise.all([
        set(`direct:${userId}`, conversation),
        set(`person-of:${conversation}`, userId),
        set(`removed:${conversation}`, ''),
      ])
    },
    forget,
  }
}

/** True: the app was taken away from where the activity happened; false: it is there (again). */
function removal(activity: Activity): boolean | undefined {
  const { type, action, membersAdded, membersRemoved, recipient } = activity
  if (type === 'installationUpdate') return action?.startsWith('remove') === true
  if (type === 'conversationUpdate') {
    if (membersRemoved?.some(({ id }) => id === recipient?.id)) return true
    return membersAdded?.some(({ id }) => id === recipient?.id) ? false : undefined
  }
  return type === 'message' || type === 'invoke' ? false : undefined
}
