import type { Clockwork } from '../../src/delivery/clockwork.js'
import { until } from './support.js'

/** A clockwork that moves only when a test moves it. */
export interface ManualClockwork extends Clockwork {
  /** Moves on, in small steps; after each it waits until nothing is going on. */
  advance(ms: number): Promise<void>
}

export function manualClockwork(isBusy: () => boolean): ManualClockwork {
  const timers = new Set<{ atMs: number; act: () => void }>()
  let atMs = 0
  return {
    monotonicMs: () => atMs,
    after: (ms, act) => {
      const timer = { atMs: atMs + ms, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance: async (ms) => {
      const end = atMs + ms
      while (atMs < end) {
        atMs = Math.min(end, atMs + 20)
        for (const timer of [...timers].filter((one) => one.atMs <= atMs)) {
          if (timers.delete(timer)) timer.act()
        }
        await until(() => !isBusy())
      }
    },
  }
}
