import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { checkpoint } from '../../lib/crash.js'
import { jsonBody } from '../../lib/json-body.js'
import type { Logger } from '../../lib/logger.js'
import { rawRoute } from '../../lib/raw-route.js'
import { decrypted } from './decrypt.js'
import { CARD_ACTION_TYPE, type Handled } from './handle.js'
import { CLICK_WINDOW_MS, isSame, verifyRequest } from './verify.js'
import { CHALLENGE, ENVELOPE } from './wire.js'

const PATH = '/feishu/events'
const MAX_BODY_BYTES = 1024 * 1024
const MAX_CHALLENGE_BYTES = 8192

export interface ReceiverDeps {
  appId: string
  /** Without one bodies come in plain text and unsigned, and the token is all that proves them. */
  encryptKey: string | undefined
  verificationToken: string | undefined
  handle: (body: unknown) => Promise<Handled>
  now: () => Date
  logger: Logger
  /** Told of each refused request, for a counter. */
  onRefused: (reason: string) => void
}
type Opened =
  | { kind: 'body'; value: Record<string, unknown>; ageMs: number }
  | { kind: 'refused'; status: 400 | 401; reason: string }

/**
 * Feishu's webhook on our own server. The SDK's would end the process on `{"encrypt":"AAAA"}`, answer 200 to what it
 * refuses, know neither a limit nor a time, and never look at the token.
 */
export function registerReceiver(fastify: FastifyInstance, deps: ReceiverDeps): void {
  const { encryptKey, verificationToken, logger, onRefused } = deps

  async function onRequest(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const opened = open(request)
    if (opened.kind === 'refused') {
      onRefused(opened.reason)
      if (opened.status === 400) logger.warn('feishu request cannot be read', { reason: opened.reason })
      return reply.code(opened.status).send()
    }
    const challenge = CHALLENGE.safeParse(opened.value)
    if (challenge.success) return reply.send({ challenge: challenge.data.challenge })
    const handled = await deps.handle(opened.value)
    if (handled.kind === 'again') return reply.code(503).send()
    // a listener of the response itself: what was sent has left the process by then
    if (handled.stored === true) reply.raw.once('finish', () => checkpoint('after_ack'))
    // an answer without JSON is an error to whoever clicked
    return reply.send(handled.body ?? {})
  }

  /** The body of a request that proves itself. */
  function open(request: FastifyRequest): Opened {
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    if (encryptKey === undefined) return proven(rawBody, 0)
    const { headers } = request
    const signed = {
      rawBody,
      timestamp: one(headers['x-lark-request-timestamp']),
      nonce: one(headers['x-lark-request-nonce']),
      signature: one(headers['x-lark-signature']),
    }
    const verdict = verifyRequest(signed, encryptKey, deps.now())
    if (verdict.ok) return deciphered(rawBody, encryptKey, verdict.ageMs)
    const isUnsigned = signed.timestamp === undefined && signed.signature === undefined
    if (isUnsigned && rawBody.length <= MAX_CHALLENGE_BYTES) {
      // the question whether this address is ours may come without a signature; nothing else may
      const opened = deciphered(rawBody, encryptKey, 0)
      if (opened.kind === 'body' && CHALLENGE.safeParse(opened.value).success) return opened
    }
    return { kind: 'refused', status: 401, reason: verdict.reason }
  }

  function deciphered(rawBody: Uint8Array, key: string, ageMs: number): Opened {
    const outer = jsonBody(rawBody)
    if (outer.kind === 'malformed') return { kind: 'refused', status: 400, reason: outer.reason }
    const { encrypt } = outer.value
    if (typeof encrypt !== 'string') return { kind: 'refused', status: 400, reason: 'not_encrypted' }
    const inner = decrypted(encrypt, key)
    return inner === undefined
      ? { kind: 'refused', status: 400, reason: 'undecryptable' }
      : proven(inner, ageMs)
  }

  /** Whether a body names the token that only Feishu and we know, and the app that we are. */
  function proven(rawBody: Uint8Array, ageMs: number): Opened {
    const body = jsonBody(rawBody)
    if (body.kind === 'malformed') return { kind: 'refused', status: 400, reason: body.reason }
    const { value } = body
    const challenge = CHALLENGE.safeParse(value)
    const envelope = ENVELOPE.safeParse(value)
    const header = envelope.success ? envelope.data.header : undefined
    const given = challenge.success ? challenge.data.token : header?.token
    if (verificationToken !== undefined && !isSame(given ?? '', verificationToken))
      return { kind: 'refused', status: 401, reason: 'bad_token' }
    if (header?.app_id !== undefined && header.app_id !== deps.appId)
      return { kind: 'refused', status: 401, reason: 'another_app' }
    if (header?.event_type === CARD_ACTION_TYPE && ageMs > CLICK_WINDOW_MS)
      return { kind: 'refused', status: 401, reason: 'stale' }
    return { kind: 'body', value, ageMs }
  }

  rawRoute(fastify, { path: PATH, maxBytes: MAX_BODY_BYTES, handle: onRequest, onRefused, logger })
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? undefined : header
}
