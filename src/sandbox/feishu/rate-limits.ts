/**
 * How often an app may call: 50 a second and 1,000 a minute for each API, five a second into one chat (a person's or a
 * group's) and five changes a second of one message.
 * @see https://open.feishu.cn/document/server-docs/im-v1/message/create
 */
export const PER_TARGET_PER_S = 5
export const PER_API_PER_S = 50
export const PER_API_PER_MINUTE = 1000
const SECOND_MS = 1000
const MINUTE_MS = 60_000

export type RateLimits = {
  enabled: boolean
  /** Counts a call; answers undefined when it may pass, else which limit it met and the seconds until it ends. */
  takeCall(method: string): { limit: number; resetS: number } | undefined
  /** Counts a message into one chat, or a change of one message; answers whether it may pass. */
  takeTarget(target: string): boolean
  reset(): void
}

/** Limits counted on a clock that only rises (milliseconds), in windows that slide. */
export function createRateLimits(monotonic: () => number, enabled: boolean): RateLimits {
  const calls = new Map<string, number[]>()
  const targets = new Map<string, number[]>()

  function recent(of: Map<string, number[]>, key: string, windowMs: number): number[] {
    const atMs = monotonic()
    const kept = (of.get(key) ?? []).filter((each) => atMs - each < windowMs)
    of.set(key, kept)
    return kept
  }

  return {
    enabled,
    takeCall(method) {
      if (!this.enabled) return undefined
      const atMs = monotonic()
      const minute = recent(calls, method, MINUTE_MS)
      const second = minute.filter((each) => atMs - each < SECOND_MS)
      const first = minute[0]
      if (first !== undefined && minute.length >= PER_API_PER_MINUTE) {
        return {
          limit: PER_API_PER_MINUTE,
          resetS: Math.max(1, Math.ceil((first + MINUTE_MS - atMs) / SECOND_MS)),
        }
      }
      if (second.length >= PER_API_PER_S) return { limit: PER_API_PER_S, resetS: 1 }
      minute.push(atMs)
      return undefined
    },
    takeTarget(target) {
      if (!this.enabled) return true
      const second = recent(targets, target, SECOND_MS)
      if (second.length >= PER_TARGET_PER_S) return false
      second.push(monotonic())
      return true
    },
    reset() {
      calls.clear()
      targets.clear()
    },
  }
}
