import { generateKeyPairSync, sign } from 'node:crypto'

export const APP_ID = '22222222-0000-4000-8000-00000000be4c'
export const APP_PASSWORD = 'a-password-of-benchmarks'
export const TENANT_ID = '11111111-0000-4000-8000-00000000be4c'

/** The n-th employee's Entra id, and their conversation with the bot. */
export const entraIdOf = (n: number): string => `44444444-0000-4000-8000-${String(n).padStart(12, '0')}`
export const chatOf = (n: number): string => `a:bench${String(n).padStart(8, '0')}`

/** The service's key, new in each run. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KID = 'bench-key'

/** What the service publishes, for its stand-in to serve. */
export const publicJwk = (): string =>
  JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: KID, endorsements: ['msteams'] })

/** Whole HTTP requests of a service at that address: a signed activity in which the n-th employee reports something. */
export function teamsRequests(serviceUrl: string): (n: number, port: number, at: Date) => Buffer {
  // one token for many requests, as the service itself does
  const token = tokenFor(serviceUrl)
  return (n, port, at) => {
    const body = JSON.stringify(activityOf(n, serviceUrl, at))
    const head = [
      'POST /teams/messages HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `Authorization: Bearer ${token}`,
      'User-Agent: Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
    ]
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
  }
}

function tokenFor(serviceurl: string): string {
  const seconds = Math.floor(Date.now() / 1000)
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { iss: 'https://api.botframework.com', aud: APP_ID, serviceurl }
  const signed = `${part({ typ: 'JWT', alg: 'RS256', kid: KID })}.${part({ ...claims, nbf: seconds - 60, exp: seconds + 7200 })}`
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
}

function activityOf(n: number, serviceUrl: string, at: Date): object {
  const aadObjectId = entraIdOf(n)
  return {
    type: 'message',
    id: String(1_700_000_000_000 + n),
    timestamp: at.toISOString(),
    localTimestamp: at.toISOString(),
    localTimezone: 'Asia/Shanghai',
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:bench${n}`, name: `Employee ${n}`, aadObjectId },
    conversation: { conversationType: 'personal', tenantId: TENANT_ID, id: chatOf(n) },
    recipient: { id: `28:${APP_ID}`, name: 'Paidan' },
    entities: [
      { type: 'clientInfo', locale: 'zh-CN', country: 'CN', platform: 'Web', timezone: 'Asia/Shanghai' },
    ],
    channelData: { tenant: { id: TENANT_ID } },
    textFormat: 'plain',
    text: `My VPN is down since this morning, error ${n}. I have restarted twice and it still says “no route”.`,
    locale: 'zh-CN',
  }
}
