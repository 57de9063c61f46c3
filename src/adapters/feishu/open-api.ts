import { AppType, Client, DefaultCache, withTenantToken } from '@larksuiteoapi/node-sdk'
import { z } from 'zod'
import { errorOf, FeishuError, NoTokenError, redactedError, TOKEN_CODES } from './errors.js'
import { CALL_TIMEOUT_MS, createHttp, type WithHeaders } from './http.js'
import { apiOf, createQuota, type Quota } from './quota.js'
import { SILENT } from './sdk-logger.js'
import { createTokens, type FreshToken } from './tokens.js'

export const FEISHU_DOMAIN = 'https://open.feishu.cn'

export interface ApiSettings {
  appId: string
  appSecret: string
  /** A base URL without a slash at its end. */
  domain: string
  /** How long a call may take, in milliseconds. */
  callMs?: number
  quota?: Quota
}
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/open-apis`. */
  path: string
  params?: Record<string, string | readonly string[]>
  data?: Record<string, unknown>
}
/** Feishu's open platform. Everything here throws a `FeishuError` or a bare error, never one that holds a request. */
export interface OpenApi {
  /** The `data` of an answer, or the whole of it where Feishu has none. */
  call(call: Call): Promise<unknown>
  upload(path: string, form: () => FormData, bytes: number): Promise<unknown>
  download(path: string, params: Record<string, string>, maxBytes: number): Promise<Buffer | 'too_large'>
}

type SdkHttp = NonNullable<ConstructorParameters<typeof Client>[0]['httpInstance']>
/** Big files take longer than a call may. */
const BYTES_PER_MS = 100
const TOKEN_ANSWER = z.object({ tenant_access_token: z.string().min(1), expire: z.number() })
const BASE = '/open-apis'

/**
 * The SDK's client with what it lacks: one request for a token however many calls wait, one fresh token when the
 * platform refuses the old one, and a `code` that is not zero as the failure it is. The SDK's own token cache is shared
 * by every client of a process; ours is not used at all. And it calls as often as it is asked to: here calls wait a moment
 * rather than go over what Feishu allows, or fail at once as Feishu would have them fail.
 */
export function createOpenApi(settings: ApiSettings): OpenApi {
  const { appId, appSecret, domain, callMs = CALL_TIMEOUT_MS, quota = createQuota() } = settings
  const http = createHttp(callMs)
  const client = new Client({
    appId,
    appSecret,
    appType: AppType.SelfBuild,
    domain,
    // axios itself, which the SDK's own type only resembles
    httpInstance: http as SdkHttp,
    cache: new DefaultCache(),
    disableTokenCache: true,
    logger: SILENT,
  })

  const tokens = createTokens(async (): Promise<FreshToken> => {
    const secrets = { app_id: appId, app_secret: appSecret }
    try {
      const asked = http.post(`${domain}${BASE}/auth/v3/tenant_access_token/internal`, secrets)
      const { tenant_access_token, expire } = TOKEN_ANSWER.parse(checked(await asked.catch(rethrown)))
      return { token: tenant_access_token, goodForMs: expire * 1000 }
    } catch (error) {
      throw new NoTokenError(error)
    }
  })

  async function withToken<T>(api: string, work: (token: string) => Promise<T>): Promise<T> {
    const token = await tokens.get()
    const counted = (one: string): Promise<T> => quota.run(api, () => work(one).catch(rethrown))
    try {
      return await counted(token)
    } catch (error) {
      if (!(error instanceof FeishuError) || !TOKEN_CODES.includes(error.code)) throw error
      tokens.refused(token)
    }
    return counted(await tokens.get())
  }

  return {
    call: ({ method, path, params, data }) =>
      withToken(apiOf(method, path), async (token) => {
        const payload = {
          method,
          url: BASE + path,
          ...(params === undefined ? {} : { params }),
          ...(data === undefined ? {} : { data }),
          // understood by our HTTP client, unknown to the SDK's type
          $return_headers: true,
        }
        const answer = await client.request<unknown>(payload, withTenantToken(token))
        const { data: body, headers } = answer as WithHeaders
        return dataOf(checked(body, headers))
      }),

    upload: (path, form, bytes) =>
      withToken(apiOf('POST', path), async (token) => {
        const headers = { authorization: `Bearer ${token}` }
        const timeout = callMs + Math.ceil(bytes / BYTES_PER_MS)
        return dataOf(checked(await http.post(`${domain}${BASE}${path}`, form(), { headers, timeout })))
      }),

    download: (path, params, maxBytes) =>
      withToken(apiOf('GET', path), async (token) => {
        try {
          const bytes: unknown = await http.get(`${domain}${BASE}${path}`, {
            headers: { authorization: `Bearer ${token}` },
            params,
            responseType: 'arraybuffer',
            timeout: callMs + Math.ceil(maxBytes / BYTES_PER_MS),
            maxContentLength: maxBytes,
          })
          return Buffer.from(bytes as ArrayBuffer)
        } catch (error) {
          if (isTooLarge(error)) return 'too_large'
          throw error
        }
      }),
  }
}

/** An HTTP 200 may hold a refusal. An answer without a code was cut off, or is none of Feishu's. */
function checked(body: unknown, headers: unknown = {}): object {
  const { code } = Object(body) as { code?: unknown }
  if (code === 0) return body as object
  if (typeof code === 'number') throw errorOf(200, body, headers)
  throw new Error('unreadable answer')
}

function dataOf(body: object): unknown {
  return (body as { data?: unknown }).data ?? body
}

function rethrown(error: unknown): never {
  throw redactedError(error)
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && /maxContentLength/.test(error.message)
}
