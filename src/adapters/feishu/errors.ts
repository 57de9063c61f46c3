import { isAxiosError } from 'axios'
import type { Outcome } from '../../delivery/messenger.js'

export type Failure = Exclude<Outcome<never>, { kind: 'sent' }>
/** What repeating the call does: `harmless` (reads, updates), or possibly a second message. */
export type Repetition = 'harmless' | 'duplicates'

/** What Feishu answered to a call: its own code, whatever the HTTP status. Never carries the request. */
export class FeishuError extends Error {
  readonly code: number
  readonly status: number
  /** How long it asks us to wait, in milliseconds. */
  readonly waitMs: number | undefined
  constructor(code: number, status: number, waitMs?: number) {
    super(`feishu_${code}`)
    this.name = 'FeishuError'
    this.code = code
    this.status = status
    this.waitMs = waitMs
  }
}

/** A call was not even made, since there was no token for it. */
export class NoTokenError extends Error {
  constructor(cause: unknown) {
    super('no token', { cause })
    this.name = 'NoTokenError'
  }
}

/** Feishu's codes that are not `rejected`. Everything it says with a code has not taken effect. */
const CODES: Readonly<Record<number, 'gone' | 'transient' | 'rate_limited'>> = {
  // the app as a whole, and one person or group
  99991400: 'rate_limited',
  230020: 'rate_limited',
  11232: 'rate_limited',
  // an administrator puts these right: what is wanted stays wanted
  99991661: 'transient',
  99991663: 'transient',
  99991668: 'transient',
  99991672: 'transient',
  230006: 'transient',
  // the bot is not in the chat yet
  230002: 'transient',
  // the message was withdrawn or never was, the person is outside the app's range
  230011: 'gone',
  230030: 'gone',
  230013: 'gone',
  231003: 'gone',
  234003: 'gone',
  234004: 'gone',
  // too old to be changed: a fresh card takes its place
  230031: 'gone',
}
/** The token is not, or no longer, valid: a fresh one may help. */
export const TOKEN_CODES: readonly number[] = [99991661, 99991663, 99991668]

/** Failures of the connection before anything was sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
/** Asked to slow down without being told for how long. */
export const DEFAULT_RETRY_AFTER_MS = 5000

/** What became of a call that threw, judged by codes and statuses, never by a message. */
export function toFailure(error: unknown, repetition: Repetition): Failure {
  if (error instanceof NoTokenError) {
    const failure = toFailure(error.cause, 'harmless')
    // whatever it is, an administrator puts it right: what is wanted stays wanted
    return 'reason' in failure ? { kind: 'transient', reason: `token:${failure.reason}` } : failure
  }
  if (error instanceof FeishuError) return ofCode(error, repetition)
  const code = codeOf(error)
  if (code !== undefined && NEVER_SENT.has(code)) return { kind: 'transient', reason: code }
  return unclear(code ?? 'no_answer', repetition)
}

function ofCode({ code, status, waitMs }: FeishuError, repetition: Repetition): Failure {
  const meaning = CODES[code]
  if (meaning === 'rate_limited' || status === 429)
    return { kind: 'rate_limited', retryAfterMs: waitMs ?? DEFAULT_RETRY_AFTER_MS }
  if (meaning !== undefined) return { kind: meaning, reason: `feishu_${code}` }
  if (status >= 500 || status === 408) return unclear(`http_${status}`, repetition)
  if (status === 404 && code === 0) return { kind: 'rejected', reason: 'http_404' }
  return { kind: 'rejected', reason: code === 0 ? `http_${status}` : `feishu_${code}` }
}

function unclear(reason: string, repetition: Repetition): Failure {
  return { kind: repetition === 'harmless' ? 'transient' : 'unknown', reason }
}

/**
 * What axios threw, without the request it hangs on to: that holds the token, the app's secret and people's words.
 * Errors that carry no answer are told apart by their code alone.
 */
export function redactedError(error: unknown): Error {
  if (!isAxiosError(error)) return error instanceof Error ? error : new Error('unknown')
  const { response } = error
  if (response !== undefined) return errorOf(response.status, response.data, response.headers)
  const bare: Error & { code?: string } = new Error('no answer')
  if (error.code !== undefined) bare.code = error.code
  return bare
}

/** Feishu's answer as an error. */
export function errorOf(status: number, body: unknown, headers: unknown): FeishuError {
  const code = (asObject(body) as { code?: unknown }).code
  return new FeishuError(typeof code === 'number' ? code : 0, status, waitOf(headers))
}

/** The answer to a download that failed is JSON that was read as bytes. */
function asObject(body: unknown): object {
  if (Buffer.isBuffer(body) && body.length < 10_000) {
    try {
      return Object(JSON.parse(body.toString('utf8')))
    } catch {
      return {}
    }
  }
  return typeof body === 'object' && body !== null ? body : {}
}

function waitOf(headers: unknown): number | undefined {
  const all = Object(headers) as Record<string, unknown>
  for (const name of ['x-ogw-ratelimit-reset', 'retry-after']) {
    const value = String(all[name] ?? '')
    if (/^\d{1,6}(\.\d+)?$/.test(value)) return Math.max(1, Math.ceil(Number(value))) * 1000
  }
  return undefined
}

function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string') return code
  }
  return undefined
}
