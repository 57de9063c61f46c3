import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api'
import type { Outcome } from '../../delivery/messenger.js'

export type Failure = Exclude<Outcome<never>, { kind: 'sent' }>
/** What repeating the call does: `harmless` (reads, updates), or possibly a second message. */
export type Repetition = 'harmless' | 'duplicates'

/** Slack's error codes that are not `rejected`. `unclear` ones may have taken effect all the same, says Slack. */
const CODES: Readonly<Record<string, 'gone' | 'transient' | 'unclear' | 'rate_limited'>> = {
  channel_not_found: 'gone',
  is_archived: 'gone',
  message_not_found: 'gone',
  thread_not_found: 'gone',
  user_not_found: 'gone',
  users_not_found: 'gone',
  user_not_visible: 'gone',
  user_disabled: 'gone',
  cannot_dm_bot: 'gone',
  file_not_found: 'gone',
  file_deleted: 'gone',
  fatal_error: 'unclear',
  internal_error: 'unclear',
  request_timeout: 'transient',
  service_unavailable: 'transient',
  team_added_to_org: 'transient',
  // An administrator puts these right (invites the bot, renews the token): what is wanted stays wanted.
  not_in_channel: 'transient',
  invalid_auth: 'transient',
  not_authed: 'transient',
  account_inactive: 'transient',
  token_revoked: 'transient',
  token_expired: 'transient',
  missing_scope: 'transient',
  rate_limited: 'rate_limited',
  ratelimited: 'rate_limited',
  message_limit_exceeded: 'rate_limited',
}
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
export const DEFAULT_RETRY_AFTER_MS = 30_000

/** What became of a call that threw, judged by codes and statuses, never by a message. */
export function toFailure(error: unknown, repetition: Repetition): Failure {
  if (error instanceof WebAPIRateLimitedError) return limited(Math.max(1, error.retryAfter) * 1000)
  if (error instanceof WebAPIPlatformError) return ofCode(error.data.error, repetition)
  if (error instanceof WebAPIHTTPError) return ofStatus(error.statusCode, repetition)
  const cause = error instanceof WebAPIRequestError ? error.original : error
  const code = connectionCode(cause)
  if (code !== undefined && NEVER_SENT.has(code)) return { kind: 'transient', reason: code }
  return unclear(code ?? 'no_answer', repetition)
}

/** What an HTTP status that is not a success means. */
export function ofStatus(status: number, repetition: Repetition): Failure {
  if (status === 429) return limited(DEFAULT_RETRY_AFTER_MS)
  if (status === 404 || status === 410) return { kind: 'gone', reason: `http_${status}` }
  if (status >= 500 || status === 408) return unclear(`http_${status}`, repetition)
  return { kind: 'rejected', reason: `http_${status}` }
}

function ofCode(code: unknown, repetition: Repetition): Failure {
  // An answer that was cut off is no JSON; the SDK then hands over its text as if that were a code.
  if (typeof code !== 'string' || !/^[a-z0-9_]{1,80}$/.test(code))
    return unclear('unreadable_answer', repetition)
  const meaning = CODES[code]
  if (meaning === 'unclear') return unclear(code, repetition)
  if (meaning === 'rate_limited') return limited(DEFAULT_RETRY_AFTER_MS)
  return { kind: meaning ?? 'rejected', reason: code }
}

function limited(retryAfterMs: number): Failure {
  return { kind: 'rate_limited', retryAfterMs }
}

function unclear(reason: string, repetition: Repetition): Failure {
  return { kind: repetition === 'harmless' ? 'transient' : 'unknown', reason }
}

function connectionCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string') return code
    if (at.name === 'TimeoutError') return 'timeout'
  }
  return undefined
}
