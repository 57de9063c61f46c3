/**
 * How often a bot may write. Microsoft publishes these windows per bot and conversation, and a ceiling per bot and
 * tenant; that updates and deletions count like posts is our assumption.
 * @see https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
export const WRITE_WINDOWS: readonly Window[] = [
  { calls: 7, ms: 1_000 },
  { calls: 8, ms: 2_000 },
  { calls: 60, ms: 30_000 },
  { calls: 1_800, ms: 3_600_000 },
]
export const ROSTER_WINDOWS: readonly Window[] = [
  { calls: 14, ms: 1_000 },
  { calls: 16, ms: 2_000 },
  { calls: 120, ms: 30_000 },
  { calls: 3_600, ms: 3_600_000 },
]
export const GLOBAL_WINDOWS: readonly Window[] = [{ calls: 30, ms: 1_000 }]

export type Window = { readonly calls: number; readonly ms: number }
export type Throttle = {
  enabled: boolean
  /** Counts a call under a key; answers 0 when it may pass, else the milliseconds to wait. A refused call is not counted. */
  take(key: string, windows: readonly Window[]): number
  reset(): void
}

/** Limits counted on a clock that only rises (milliseconds). */
export function createThrottle(monotonic: () => number, enabled: boolean): Throttle {
  const taken = new Map<string, number[]>()
  return {
    enabled,
    take(key, windows) {
      if (!this.enabled) return 0
      const atMs = monotonic()
      const longestMs = Math.max(...windows.map((window) => window.ms))
      const recent = (taken.get(key) ?? []).filter((callMs) => atMs - callMs < longestMs)
      taken.set(key, recent)
      const waitMs = Math.max(0, ...windows.map((window) => waitFor(recent, window, atMs)))
      if (waitMs === 0) recent.push(atMs)
      return waitMs
    },
    reset: () => taken.clear(),
  }
}

function waitFor(recent: readonly number[], { calls, ms }: Window, atMs: number): number {
  // The call that must have left the window before another may come in.
  const blocking = recent.at(-calls)
  return blocking === undefined ? 0 : Math.max(0, blocking + ms - atMs)
}
