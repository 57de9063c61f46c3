import { monotonicMs } from '../lib/now.js'

/** Waiting, by a clock that nobody can move; the program's time (`now`) only says what is due. Tests bring their own. */
export interface Clockwork {
  /** Milliseconds; only differences mean anything. */
  monotonicMs(): number
  /** Calls `act` once after `ms`; the returned function calls it off. */
  after(ms: number, act: () => void): () => void
}

export const REAL_CLOCKWORK: Clockwork = {
  monotonicMs,
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}

/** Resolves after `ms`. */
export function pause(clockwork: Clockwork, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clockwork.after(ms, resolve)
  })
}
