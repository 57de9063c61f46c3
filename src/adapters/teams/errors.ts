import type { Outcome } from '../../delivery/messenger.js'
import { TokenError } from './token.js'

export type Failure = Exclude<Outcome<never>, { kind: 'sent' }>
/** What repeating the call does: `harmless` (reads, updates), or possibly a second message. */
export type Repetition = 'harmless' | 'duplicates'

/** Failures of the connection before anything was sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])
/** Asked to slow down without being told for how long. */
export const DEFAULT_RETRY_AFTER_MS = 10_000

/** What became of a call that threw, judged by codes and statuses, never by a message. */
export function toFailure(error: unknown, repetition: Repetition): Failure {
  // Nothing was sent without a token. An administrator renews the password: what is wanted stays wanted.
  if (error instanceof TokenError) return { kind: 'transient', reason: 'no_token' }
  const status = numberOf(error, 'statusCode') ?? 0
  if (status >= 300)
    return ofStatus(status, repetition, { code: codeOf(error), retryAfterMs: retryAfterMs(error) })
  const code = connectionCode(error)
  if (code !== undefined && NEVER_SENT.has(code)) return { kind: 'transient', reason: code }
  return unclear(code ?? 'no_answer', repetition)
}

/** What an HTTP status that is not a success means. */
export function ofStatus(
  status: number,
  repetition: Repetition,
  { code, retryAfterMs: waitMs }: { code?: string | undefined; retryAfterMs?: number | undefined } = {},
): Failure {
  const reason = code ?? `http_${status}`
  if (status === 429) return { kind: 'rate_limited', retryAfterMs: waitMs ?? DEFAULT_RETRY_AFTER_MS }
  // Another change of the conversation was faster: Teams asks for another try.
  if (status === 412) return { kind: 'transient', reason }
  // Our token, not the person: it is renewed, or an administrator puts it right.
  if (status === 401) return { kind: 'transient', reason }
  // The app is not installed there, was blocked, or the person has left.
  if (status === 403 || status === 404 || status === 410) return { kind: 'gone', reason }
  if (status >= 500 || status === 408) return unclear(reason, repetition)
  return { kind: 'rejected', reason }
}

function unclear(reason: string, repetition: Repetition): Failure {
  return { kind: repetition === 'harmless' ? 'transient' : 'unknown', reason }
}

/** The service's own word (`BotNotInConversationRoster`). */
function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Za-z0-9_]{1,60}$/.test(code) ? code : undefined
}

function retryAfterMs(error: unknown): number | undefined {
  const { response } = error as { response?: { headers?: { get?(name: string): string | undefined } } }
  const value = response?.headers?.get?.('retry-after')
  return value !== undefined && /^\d{1,6}$/.test(value) ? Math.max(1, Number(value)) * 1000 : undefined
}

function numberOf(error: unknown, field: 'statusCode'): number | undefined {
  const value: unknown = (error as Record<string, unknown> | undefined)?.[field]
  return typeof value === 'number' ? value : undefined
}

function connectionCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const { code } = at as { code?: unknown }
    // what the SDK calls every failure of a connection
    if (typeof code === 'string' && code !== 'REQUEST_SEND_ERROR') return code
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return 'timeout'
  }
  return undefined
}
