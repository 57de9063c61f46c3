import { decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose'
import { machineNow } from '../../lib/now.js'
import { createServiceKeys, KeysUnreachable, type ServiceKeys } from './service-keys.js'
import { ENVELOPE } from './wire.js'

const CHANNEL_ISSUER = 'https://api.botframework.com'
const CHANNEL_ID = 'msteams'
const PUBLIC_METADATA = 'https://login.botframework.com/v1/.well-known/openidconfiguration'
/** So far a clock may be off. */
const SKEW_S = 300
/** Who may call itself the service behind Teams. */
const SERVICE_HOSTS = [/^smba\.trafficmanager\.net$/, /\.botframework\.com$/, /\.teams\.microsoft\.com$/]

export type TeamsAuth =
  | { kind: 'app'; appId: string; appPassword: string; tenantId: string }
  | { kind: 'anonymous' }
export type Verdict = { ok: true } | { ok: false; reason: string; isOurs?: true }

/** Whether a request really comes from Teams, and for us. */
export interface Verifier {
  /** For a body that cannot be read: whether at least its bearer was who they say. */
  token(authorization: string | undefined): Promise<Verdict>
  activity(authorization: string | undefined, body: unknown): Promise<Verdict>
}

export interface VerifierOptions {
  auth: TeamsAuth
  /** Further origins of the service; the only ones that may be without TLS, and only on this machine. */
  serviceUrls: readonly string[]
  openIdMetadataUrl: string | undefined
  monotonicMs: () => number
  onStaleKeys: (error: unknown) => void
}

/**
 * A token of the Bot Connector for us, by a key that it published for Teams, and a body that fits it: the service's
 * address, the channel, the tenant. Not by the SDK: it writes what is wrong with a token to the console, the public key
 * with it, lets a body without `serviceUrl` through, and goes elsewhere for keys when a stranger's token asks it to.
 */
export function createVerifier({
  auth,
  serviceUrls,
  openIdMetadataUrl,
  monotonicMs,
  onStaleKeys,
}: VerifierOptions): Verifier {
  const keys = createServiceKeys(openIdMetadataUrl ?? PUBLIC_METADATA, monotonicMs, onStaleKeys)
  const isAllowed = allowedAddresses(serviceUrls)

  /** `serviceUrl`: absent for a body that cannot be read. */
  async function bearer(authorization: string | undefined, serviceUrl?: string): Promise<Verdict> {
    if (auth.kind === 'anonymous') return { ok: true }
    if (!authorization) return { ok: false, reason: 'no_token' }
    try {
      const claims = await claimsOf(authorization, auth.appId, keys)
      return serviceUrl === undefined || claims.serviceurl === serviceUrl
        ? { ok: true }
        : { ok: false, reason: 'bad_token' }
    } catch (error) {
      return error instanceof KeysUnreachable
        ? { ok: false, reason: 'keys_unreachable', isOurs: true }
        : { ok: false, reason: 'bad_token' }
    }
  }

  return {
    token: (authorization) => bearer(authorization),
    async activity(authorization, body) {
      if (auth.kind === 'app' && !authorization) return { ok: false, reason: 'no_token' }
      const read = ENVELOPE.safeParse(body)
      if (!read.success) return { ok: false, reason: 'no_activity' }
      const { serviceUrl, channelId, channelData, conversation } = read.data
      if (!serviceUrl) return { ok: false, reason: 'no_service_url' }
      if (!isAllowed(serviceUrl)) return { ok: false, reason: 'service_url' }
      if (channelId !== CHANNEL_ID) return { ok: false, reason: 'channel' }
      const tenants = [channelData?.tenant?.id, conversation?.tenantId].filter((id) => id != null)
      if (auth.kind === 'app' && (tenants.length === 0 || tenants.some((id) => id !== auth.tenantId))) {
        return { ok: false, reason: 'tenant' }
      }
      return bearer(authorization, serviceUrl)
    },
  }
}

/** Whether an address is the service's: by its host, or because it is listed. */
export function allowedAddresses(serviceUrls: readonly string[]): (address: string) => boolean {
  const listed = new Set(serviceUrls.map((each) => new URL(each).origin))
  return (address) => {
    if (!URL.canParse(address)) return false
    const { protocol, hostname, origin, username, port } = new URL(address)
    if (username !== '') return false
    if (listed.has(origin)) return protocol === 'https:' || isLoopback(hostname)
    return protocol === 'https:' && port === '' && SERVICE_HOSTS.some((host) => host.test(hostname))
  }
}

/** Where Microsoft's clouds keep people's files. */
const STORAGE_HOST = /^[a-z0-9-]+\.sharepoint(-df|-mil)?\.(com|us|cn|de)$/

/** Whether an address is one of a person's own files: by its host, or because it is listed. */
export function storageAddresses(serviceUrls: readonly string[]): (address: string) => boolean {
  const listed = new Set(serviceUrls.map((each) => new URL(each).origin))
  return (address) => {
    if (!URL.canParse(address)) return false
    const { protocol, hostname, origin, username, port } = new URL(address)
    if (username !== '') return false
    if (listed.has(origin)) return protocol === 'https:' || isLoopback(hostname)
    return protocol === 'https:' && port === '' && STORAGE_HOST.test(hostname)
  }
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** What a token says that is right in itself. Throws for every other one, and KeysUnreachable. */
async function claimsOf(authorization: string, appId: string, keys: ServiceKeys): Promise<JWTPayload> {
  const jwt = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1]
  if (jwt === undefined) throw new Error('no token')
  const { alg, kid } = decodeProtectedHeader(jwt)
  if (alg !== 'RS256' || kid === undefined) throw new Error('another kind of token')
  const found = await keys.find(kid)
  if (found === undefined) throw new Error('an unknown key')
  const { key, endorsements } = found
  if (endorsements.length > 0 && !endorsements.includes(CHANNEL_ID)) throw new Error('a key for others')
  const { payload } = await jwtVerify(jwt, key, {
    algorithms: ['RS256'],
    issuer: CHANNEL_ISSUER,
    audience: appId,
    clockTolerance: SKEW_S,
    requiredClaims: ['exp'],
    // tokens are made by machines' clocks, whatever the program's time is
    currentDate: machineNow(),
  })
  return payload
}
