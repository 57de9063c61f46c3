import type { Address, Platform } from '../models/ids.js'

export type CallKind = 'post' | 'update'

/** How often a messenger may be called. */
export interface PaceOptions {
  /** New messages into one conversation: so many at once, then so many a second. */
  postBurst: number
  postsPerSecond: number
  /** Changes of messages in the whole workspace, in any minute; the second half of them is spread over it. */
  updatesPerMinute: number
}

/** What is known of Slack holds for most: about a message a second and channel, 50 updates a minute (tier 3). */
export const DEFAULT_PACE: PaceOptions = { postBurst: 4, postsPerSecond: 1, updatesPerMinute: 48 }

export interface Pacing {
  /** Takes leave for one call: 0, or how long to wait before asking again, in ms. */
  take(kind: CallKind, to: Pick<Address, 'platform' | 'conversation'>): number
  /** The same question without taking. */
  waitMs(kind: CallKind, to: Pick<Address, 'platform' | 'conversation'>): number
  /** The messenger asked for patience in this conversation. */
  block(to: Pick<Address, 'platform' | 'conversation'>, forMs: number): void
  /** What is not worth looking at now. */
  closed(): { conversations: string[]; platforms: Platform[] }
}

const MINUTE_MS = 60_000
/** Conversations that are remembered; those with a full bucket may be forgotten. */
const REMEMBERED = 5000

/** Keeps each conversation and workspace within what its messenger allows. Instances do not know of one another. */
export function createPacing(
  options: Readonly<Record<Platform, Partial<PaceOptions>>>,
  monotonicMs: () => number,
): Pacing {
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  const updates = new Map<Platform, number[]>()
  const blocked = new Map<string, { conversation: string; untilMs: number }>()
  const paceOf = (platform: Platform): PaceOptions => ({ ...DEFAULT_PACE, ...options[platform] })

  function blockedMs(key: string, atMs: number): number {
    const until = blocked.get(key)?.untilMs ?? 0
    if (until <= atMs) blocked.delete(key)
    return Math.max(0, until - atMs)
  }

  function tokensAt(key: string, pace: PaceOptions, atMs: number): number {
    const bucket = buckets.get(key)
    if (!bucket) return pace.postBurst
    return Math.min(pace.postBurst, bucket.tokens + ((atMs - bucket.atMs) / 1000) * pace.postsPerSecond)
  }

  function postWaitMs(key: string, pace: PaceOptions, atMs: number): number {
    return Math.max(0, ((1 - tokensAt(key, pace, atMs)) / pace.postsPerSecond) * 1000)
  }

  function updateWaitMs(platform: Platform, atMs: number): number {
    const { updatesPerMinute } = paceOf(platform)
    const recent = (updates.get(platform) ?? []).filter((one) => atMs - one < MINUTE_MS)
    updates.set(platform, recent)
    const first = recent[0]
    const last = recent.at(-1)
    if (first === undefined || last === undefined || recent.length < updatesPerMinute / 2) return 0
    if (recent.length >= updatesPerMinute) return first + MINUTE_MS - atMs
    return Math.max(0, last + MINUTE_MS / updatesPerMinute - atMs)
  }

  const waitMs: Pacing['waitMs'] = (kind, { platform, conversation }) => {
    const key = `${platform}:${conversation}`
    const atMs = monotonicMs()
    const wait = kind === 'post' ? postWaitMs(key, paceOf(platform), atMs) : updateWaitMs(platform, atMs)
    // whole milliseconds, but for what rounding made: a timer that fires early would find the door closed again
    return Math.max(0, Math.ceil(Math.max(wait, blockedMs(key, atMs)) - 1e-6))
  }

  return {
    waitMs,
    take: (kind, to) => {
      const wait = waitMs(kind, to)
      if (wait > 0) return wait
      const atMs = monotonicMs()
      if (kind === 'update') {
        updates.get(to.platform)?.push(atMs)
        return 0
      }
      const key = `${to.platform}:${to.conversation}`
      const pace = paceOf(to.platform)
      const tokens = tokensAt(key, pace, atMs) - 1
      if (buckets.size >= REMEMBERED)
        forgetFull(buckets, (one) => tokensAt(one, pace, atMs) >= pace.postBurst)
      buckets.set(key, { tokens, atMs })
      return 0
    },
    block: ({ platform, conversation }, forMs) => {
      const key = `${platform}:${conversation}`
      const untilMs = Math.max(monotonicMs() + forMs, blocked.get(key)?.untilMs ?? 0)
      blocked.set(key, { conversation, untilMs })
    },
    closed: () => {
      const atMs = monotonicMs()
      for (const key of [...blocked.keys()]) blockedMs(key, atMs)
      return {
        conversations: [...blocked.values()].map((one) => one.conversation),
        platforms: [...updates.keys()].filter((platform) => updateWaitMs(platform, atMs) > 0),
      }
    },
  }
}

function forgetFull(buckets: Map<string, unknown>, isFull: (key: string) => boolean): void {
  for (const key of [...buckets.keys()]) if (isFull(key)) buckets.delete(key)
}
