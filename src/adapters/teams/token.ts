import { z } from 'zod'
import { CALL_TIMEOUT_MS } from './limits.js'
import type { TeamsAuth } from './verify.js'

const SCOPE = 'https://api.botframework.com/.default'
const ANSWER = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })
/** A token is renewed so long before it ends. */
const MARGIN_MS = 300_000

/** The sign-in service did not give us a token. */
export class TokenError extends Error {
  readonly status: number | undefined
  constructor(status: number | undefined, cause?: unknown) {
    super('no token for the bot', { cause })
    this.name = 'TokenError'
    this.status = status
  }
}

export interface Tokens {
  /** A valid token; nothing in anonymous mode. Throws TokenError. */
  get(): Promise<string | undefined>
  /** The service did not take the last one. */
  drop(): void
}

/**
 * The bot's own tokens. Not by the SDK: its client keeps them in a cache of the whole process, asks the internet before
 * it believes an address, and cannot be pointed at a stand-in without TLS.
 */
export function createTokens(
  auth: TeamsAuth,
  loginUrl: string | undefined,
  monotonicMs: () => number,
  callMs: number = CALL_TIMEOUT_MS,
): Tokens {
  let current: { token: string; untilMs: number } | undefined
  let asking: Promise<string> | undefined

  async function ask({ appId, appPassword, tenantId }: Extract<TeamsAuth, { kind: 'app' }>): Promise<string> {
    const base = (loginUrl ?? 'https://login.microsoftonline.com').replace(/\/+$/, '')
    const began = monotonicMs()
    let response: Response
    try {
      response = await fetch(`${base}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: appId,
          client_secret: appPassword,
          scope: SCOPE,
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(callMs),
      })
    } catch (cause) {
      throw new TokenError(undefined, cause)
    }
    const read = ANSWER.safeParse(await response.json().catch(() => undefined))
    if (!response.ok || !read.success) throw new TokenError(response.status)
    const { access_token: token, expires_in: seconds } = read.data
    current = { token, untilMs: began + Math.max(seconds * 1000 - MARGIN_MS, seconds * 500) }
    return token
  }

  return {
    async get() {
      if (auth.kind === 'anonymous') return undefined
      if (current !== undefined && monotonicMs() < current.untilMs) return current.token
      asking ??= ask(auth).finally(() => {
        asking = undefined
      })
      return asking
    },
    drop() {
      current = undefined
    },
  }
}
