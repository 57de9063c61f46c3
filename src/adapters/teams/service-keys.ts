import { type CryptoKey, importJWK } from 'jose'
import { z } from 'zod'
import { CALL_TIMEOUT_MS } from './limits.js'

const METADATA = z.object({ jwks_uri: z.string() })
const KEY = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).nullish(),
})
/** Keys of other kinds are none of ours, and must not make the list unreadable. */
const KEYS = z.object({
  keys: z.array(z.unknown()).transform((all) => all.flatMap((each) => KEY.safeParse(each).data ?? [])),
})
/** The list is read anew after a day, while its keys serve another day at most, should the service be away. */
const FRESH_MS = 24 * 3_600_000
const USABLE_MS = 2 * FRESH_MS
/** And for a key that is not in it; invented names must not make us ask all the time. */
const COOLDOWN_MS = 60_000

/** The list of keys could not be read: nobody's forgery. */
export class KeysUnreachable extends Error {
  constructor(cause: unknown) {
    super('the keys of the service cannot be fetched', { cause })
    this.name = 'KeysUnreachable'
  }
}

export interface ServiceKey {
  key: CryptoKey
  /** The channels for which the key may speak; empty = all. */
  endorsements: readonly string[]
}
export interface ServiceKeys {
  /** The published key of that name. Throws KeysUnreachable. */
  find(kid: string): Promise<ServiceKey | undefined>
}

/** The keys that the Bot Connector publishes, kept for a day. */
export function createServiceKeys(
  metadataUrl: string,
  monotonicMs: () => number,
  /** Told when the list is old and could not be read anew. */
  onStale: (error: unknown) => void = () => undefined,
): ServiceKeys {
  let known = new Map<string, ServiceKey>()
  let readMs = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined

  async function read(): Promise<void> {
    const beganMs = monotonicMs()
    try {
      const { jwks_uri: address } = METADATA.parse(await json(metadataUrl))
      const { keys } = KEYS.parse(await json(address))
      const imported = keys.map(async ({ kid, endorsements, ...jwk }): Promise<[string, ServiceKey]> => {
        const key = (await importJWK({ ...jwk, alg: 'RS256' }, 'RS256')) as CryptoKey
        return [kid, { key, endorsements: endorsements ?? [] }]
      })
      known = new Map(await Promise.all(imported))
      readMs = beganMs
    } catch (cause) {
      throw new KeysUnreachable(cause)
    }
  }

  function again(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined
    })
    return reading
  }

  return {
    async find(kid) {
      const ageMs = monotonicMs() - readMs
      const found = known.get(kid)
      if (found !== undefined && ageMs < USABLE_MS) {
        if (ageMs > FRESH_MS) again().catch(onStale)
        return found
      }
      if (ageMs > COOLDOWN_MS) await again()
      return known.get(kid)
    },
  }
}

async function json(address: string): Promise<unknown> {
  const response = await fetch(address, { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) })
  if (!response.ok) throw new Error(`answered ${response.status}`)
  return response.json()
}
