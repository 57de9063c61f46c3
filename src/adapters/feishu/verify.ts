import { createHash, timingSafeEqual } from 'node:crypto'

/** Feishu pushes an event again up to six hours later, and nobody says whether with a fresh timestamp. */
const PAST_MS = 27_000_000
const FUTURE_MS = 300_000
/** Clicks are never pushed again: they need no such patience. */
export const CLICK_WINDOW_MS = 300_000

export interface SignedRequest {
  rawBody: Uint8Array
  timestamp: string | undefined
  nonce: string | undefined
  signature: string | undefined
}
export type Verdict =
  | { ok: true; ageMs: number }
  | { ok: false; reason: 'no_timestamp' | 'no_signature' | 'stale' | 'future' | 'bad_signature' }

/**
 * Whether Feishu signed exactly these bytes, not too long ago. The comparison takes constant time. The SDK's own check
 * hashes the body after parsing it and writing it anew, and knows no time at all; ours does neither. What comes twice
 * within the window is told apart by its keys.
 */
export function verifyRequest(request: SignedRequest, encryptKey: string, at: Date): Verdict {
  const { rawBody, timestamp, nonce, signature } = request
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: 'no_timestamp' }
  if (signature === undefined || nonce === undefined) return { ok: false, reason: 'no_signature' }
  const ageMs = at.getTime() - Number(timestamp) * 1000
  if (ageMs > PAST_MS) return { ok: false, reason: 'stale' }
  if (ageMs < -FUTURE_MS) return { ok: false, reason: 'future' }
  const expected = createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(rawBody)
    .digest('hex')
  return isSame(signature, expected) ? { ok: true, ageMs } : { ok: false, reason: 'bad_signature' }
}

/** Whether two secrets are equal, in a time that does not tell where they differ. */
export function isSame(given: string, expected: string): boolean {
  // digests have one length, so that not even the length shows
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
