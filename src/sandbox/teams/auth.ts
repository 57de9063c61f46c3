import { createHmac, generateKeyPairSync, randomUUID, timingSafeEqual } from 'node:crypto'
import { type JWK, SignJWT } from 'jose'
import { machineNow } from '../../lib/now.js'
import type { Fields } from './fields.js'

export const CHANNEL_ISSUER = 'https://api.botframework.com'
/** What a bot asks for when it fetches a token of its own. */
export const BOT_SCOPE = 'https://api.botframework.com/.default'
export const ACCESS_TOKEN_LIFE_S = 3599
const CHANNEL_TOKEN_LIFE_S = 3600
/** A token is used for so long before another is signed: signing costs a millisecond. */
const REUSED_S = 300

/** How a token differs from the right one, for tests of the bot's verification. */
export type TokenChange = {
  audience?: string
  issuer?: string
  /** null: the claim is missing */
  serviceUrl?: string | null
  /** negative: it expired so long ago */
  expiresInS?: number
  /** `other_channel`: published, but not endorsed for Teams; `unpublished`: in no key list, `swapped`: signed by another key than its kid says */
  key?: 'service' | 'other_channel' | 'unpublished' | 'swapped'
}
type Bot = { appId: string; appPassword: string }

/** Both directions of trust: what the service signs for the bot, and what the bot shows to the service. */
export type Auth = {
  /** The service's token for the bot, right unless told otherwise. */
  channelToken(serviceUrl: string, change?: TokenChange): Promise<string>
  jwks(): { keys: Fields[] }
  /** A token for a bot that has shown its password. */
  accessToken(lifeS?: number): string
  /** Whether a bearer token is one of ours, of this bot, and still valid. */
  accepts(token: string | undefined): boolean
  /** Whether that is the bot's password. */
  knows(appId: string, password: string): boolean
  /** Makes every access token so far invalid. */
  expireTokens(): void
  /** The private key, to be kept. */
  key(): Fields
}

function newKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { kty, n, e, d, p, q, dp, dq, qi } = privateKey.export({ format: 'jwk' })
  return { kty, n, e, d, p, q, dp, dq, qi, kid: randomUUID(), alg: 'RS256', use: 'sig' } as JWK
}

function publicPart({ kty, n, e, kid, alg, use }: JWK, endorsements: string[]): Fields {
  return { kty, n, e, kid, alg, use, endorsements }
}

/** By purpose; one process has one of each, because bots keep an address's key list for a day, and making one is slow. */
const KEYS = new Map<string, JWK>()

function keyOf(purpose: string): JWK {
  const key = KEYS.get(purpose) ?? newKey()
  KEYS.set(purpose, key)
  return key
}

/** Keys and tokens; `kept` is the private key of an earlier run. */
export function createAuth({ appId, appPassword }: Bot, kept?: Fields): Auth {
  const service = kept ? (kept as JWK) : keyOf('service')
  let publishesOther = false
  let current: { serviceUrl: string; token: string; atMs: number } | undefined
  let generation = 0

  function keyFor(kind: TokenChange['key']): { key: JWK; kid: string } {
    const named = (key: JWK): { key: JWK; kid: string } => ({ key, kid: key.kid ?? '' })
    switch (kind) {
      case 'other_channel':
        publishesOther = true
        return named(keyOf('other_channel'))
      case 'unpublished':
        return named(keyOf('unpublished'))
      case 'swapped':
        return { key: keyOf('unpublished'), kid: service.kid ?? '' }
      case 'service':
      case undefined:
        return named(service)
      default:
        return kind satisfies never
    }
  }

  async function sign(serviceUrl: string, change: TokenChange): Promise<string> {
    const nowS = Math.floor(machineNow().getTime() / 1000)
    const expiresAtS = nowS + (change.expiresInS ?? CHANNEL_TOKEN_LIFE_S)
    const claimed = change.serviceUrl === undefined ? serviceUrl : change.serviceUrl
    const { key, kid } = keyFor(change.key)
    return new SignJWT(claimed === null ? {} : { serviceurl: claimed })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
      .setIssuer(change.issuer ?? CHANNEL_ISSUER)
      .setAudience(change.audience ?? appId)
      .setNotBefore(Math.min(nowS, expiresAtS) - CHANNEL_TOKEN_LIFE_S)
      .setExpirationTime(expiresAtS)
      .sign(key)
  }

  function seal(text: string): string {
    return createHmac('sha256', `${appPassword} ${generation}`).update(text).digest('base64url')
  }

  return {
    async channelToken(serviceUrl, change) {
      if (change) return sign(serviceUrl, change)
      const atMs = machineNow().getTime()
      if (current?.serviceUrl === serviceUrl && atMs - current.atMs < REUSED_S * 1000) return current.token
      const token = await sign(serviceUrl, {})
      current = { serviceUrl, token, atMs }
      return token
    },
    jwks: () => ({
      keys: [
        publicPart(service, ['msteams']),
        ...(publishesOther ? [publicPart(keyOf('other_channel'), ['skype', 'directline'])] : []),
      ],
    }),
    accessToken(lifeS = ACCESS_TOKEN_LIFE_S) {
      const expiresAtS = Math.floor(machineNow().getTime() / 1000) + lifeS
      const text = Buffer.from(JSON.stringify({ appid: appId, exp: expiresAtS })).toString('base64url')
      return `${text}.${seal(text)}`
    },
    accepts(token) {
      const [text = '', given = ''] = token?.split('.') ?? []
      if (!same(given, seal(text))) return false
      const { exp } = JSON.parse(Buffer.from(text, 'base64url').toString()) as { exp: number }
      return exp * 1000 > machineNow().getTime()
    },
    knows: (id, password) => id === appId && same(password, appPassword),
    expireTokens() {
      generation += 1
    },
    key: () => ({ ...service }),
  }
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
