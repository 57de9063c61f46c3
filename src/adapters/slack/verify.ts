import { createHmac, timingSafeEqual } from 'node:crypto'

/** A signed timestamp may be this far from our clock, in either direction. */
const WINDOW_MS = 300_000
const VERSION = 'v0'

export interface SignedRequest {
  rawBody: Uint8Array
  timestamp: string | undefined
  signature: string | undefined
}
export type Verdict =
  | { ok: true }
  | { ok: false; reason: 'no_timestamp' | 'no_signature' | 'stale' | 'future' | 'bad_signature' }

/**
 * Whether Slack signed exactly these bytes within the last five minutes. The comparison takes constant time.
 * The SDK's own check accepts timestamps from the future; ours does not.
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function verifyRequest(request: SignedRequest, signingSecret: string, at: Date): Verdict {
  const { rawBody, timestamp, signature } = request
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: 'no_timestamp' }
  if (signature === undefined) return { ok: false, reason: 'no_signature' }
  const ageMs = at.getTime() - Number(timestamp) * 1000
  if (ageMs > WINDOW_MS) return { ok: false, reason: 'stale' }
  if (ageMs < -WINDOW_MS) return { ok: false, reason: 'future' }
  const expected = Buffer.from(signatureOf(rawBody, timestamp, signingSecret))
  const given = Buffer.from(signature)
  const same = given.length === expected.length && timingSafeEqual(given, expected)
  return same ? { ok: true } : { ok: false, reason: 'bad_signature' }
}

function signatureOf(rawBody: Uint8Array, timestamp: string, signingSecret: string): string {
  const mac = createHmac('sha256', signingSecret).update(`${VERSION}:${timestamp}:`).update(rawBody)
  return `${VERSION}=${mac.digest('hex')}`
}
