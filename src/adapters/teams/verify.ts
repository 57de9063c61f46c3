import { ConfigurationBotFrameworkAuthentication, type Activity as SdkActivity } from 'botbuilder'
import { ENVELOPE } from './wire.js'

export const CHANNEL_ISSUER = 'https://api.botframework.com'
export const CHANNEL_ID = 'msteams'
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
}

/**
 * The SDK checks the token; what it lets through we refuse first: a body without `serviceUrl` (for which it skips the
 * comparison with the token), another channel, another tenant, an address that is none of the service's.
 */
export function createVerifier({ auth, serviceUrls, openIdMetadataUrl }: VerifierOptions): Verifier {
  const sdk = auth.kind === 'app' ? sdkAuthentication(auth, openIdMetadataUrl) : undefined
  const isAllowed = allowedAddresses(serviceUrls)

  async function bearer(authorization: string | undefined, serviceUrl: string): Promise<Verdict> {
    if (sdk === undefined) return { ok: true }
    if (authorization === undefined || authorization === '') return { ok: false, reason: 'no_token' }
    try {
      const about = { channelId: CHANNEL_ID, serviceUrl } as SdkActivity
      const { claimsIdentity } = await sdk.authenticateRequest(about, authorization)
      // The SDK also takes tokens that a client of ours could get for itself, and asks those for no serviceUrl.
      return claimsIdentity.getClaimValue('iss') === CHANNEL_ISSUER
        ? { ok: true }
        : { ok: false, reason: 'issuer' }
    } catch (error) {
      return isUnreachable(error)
        ? { ok: false, reason: 'keys_unreachable', isOurs: true }
        : { ok: false, reason: 'bad_token' }
    }
  }

  return {
    token: (authorization) => bearer(authorization, ''),
    async activity(authorization, body) {
      if (sdk !== undefined && !authorization) return { ok: false, reason: 'no_token' }
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

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** All addresses are given together: given one, the SDK takes none of its own for the others. */
function sdkAuthentication(
  { appId, appPassword, tenantId }: Extract<TeamsAuth, { kind: 'app' }>,
  openIdMetadataUrl: string | undefined,
): ConfigurationBotFrameworkAuthentication {
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: appPassword,
    MicrosoftAppTenantId: tenantId,
    MicrosoftAppType: 'SingleTenant',
    ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenantId}`,
    ToChannelFromBotOAuthScope: CHANNEL_ISSUER,
    ToBotFromChannelTokenIssuer: CHANNEL_ISSUER,
    OAuthUrl: 'https://token.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl:
      openIdMetadataUrl ?? 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    ToBotFromEmulatorOpenIdMetadataUrl:
      'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
    CallerId: 'urn:botframework:azure',
  })
}

/** The keys could not be fetched: that is nobody's forgery, and the activity should come again. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'FetchError' || (error as { statusCode?: unknown }).statusCode === 500
}
