/**
 * How often an app may call. Slack publishes tiers per minute, method and workspace, and "about one message a second
 * per channel, short bursts tolerated"; how short is our assumption (docs/platforms/assumptions-slack.md).
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
export const POSTS_PER_SECOND = 1
export const POST_BURST = 5
const WINDOW_MS = 60_000

export type Tier = 1 | 2 | 3 | 4 | 'special' | 'post'
const CALLS_PER_MINUTE: Record<Tier, number> = { 1: 1, 2: 20, 3: 50, 4: 100, special: 600, post: 600 }

export type RateLimits = {
  enabled: boolean
  /** Counts a call; answers 0 when it may pass, else the seconds to wait. */
  take(method: string, tier: Tier): number
  /** The same for a message into one channel. */
  takePost(channelId: string): number
  reset(): void
}

/** Limits counted on a clock that only rises (milliseconds). */
export function createRateLimits(monotonic: () => number, enabled: boolean): RateLimits {
  const calls = new Map<string, number[]>()
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  return {
    enabled,
    take(method, tier) {
      if (!this.enabled) return 0
      const atMs = monotonic()
      const recent = (calls.get(method) ?? []).filter((callMs) => atMs - callMs < WINDOW_MS)
      calls.set(method, recent)
      const first = recent[0]
      if (first !== undefined && recent.length >= CALLS_PER_MINUTE[tier]) {
        return Math.max(1, Math.ceil((first + WINDOW_MS - atMs) / 1000))
      }
      recent.push(atMs)
      return 0
    },
    takePost(channelId) {
      if (!this.enabled) return 0
      const atMs = monotonic()
      const bucket = buckets.get(channelId) ?? { tokens: POST_BURST, atMs }
      const refilled = bucket.tokens + ((atMs - bucket.atMs) / 1000) * POSTS_PER_SECOND
      const tokens = Math.min(POST_BURST, refilled)
      const passes = tokens >= 1
      buckets.set(channelId, { tokens: passes ? tokens - 1 : tokens, atMs })
      return passes ? 0 : Math.max(1, Math.ceil((1 - tokens) / POSTS_PER_SECOND))
    },
    reset() {
      calls.clear()
      buckets.clear()
    },
  }
}
