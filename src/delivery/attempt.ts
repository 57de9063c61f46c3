import { backoffMs } from '../lib/backoff.js'
import { pause } from './clockwork.js'
import type { Deps } from './deps.js'
import type { Outcome } from './messenger.js'

/** Makes one call. A messenger that throws or never answers has left it unclear. */
export async function attempt<T>(
  { clockwork, logger, tuning }: Pick<Deps, 'clockwork' | 'logger' | 'tuning'>,
  call: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  let off: () => void = () => undefined
  const timeout = new Promise<Outcome<T>>((resolve) => {
    off = clockwork.after(tuning.callMs, () => resolve({ kind: 'unknown', reason: 'no_answer' }))
  })
  try {
    return await Promise.race([call(), timeout])
  } catch (error) {
    logger.error('a messenger threw', { error })
    return { kind: 'unknown', reason: 'thrown' }
  } finally {
    off()
  }
}

/** Renews a lease while `work` goes on. */
export async function holding<T>(
  { clockwork, tuning, now }: Pick<Deps, 'clockwork' | 'tuning' | 'now'>,
  renew: (until: Date) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  let off: () => void = () => undefined
  const beat = () => {
    off = clockwork.after(tuning.leaseMs / 3, () => {
      // a beat that is missed costs the lease at worst, and the keys still protect
      renew(new Date(now().getTime() + tuning.leaseMs)).catch(() => undefined)
      beat()
    })
  }
  beat()
  try {
    return await work()
  } finally {
    off()
  }
}

/** How often a note of what the messenger has done already is tried again, when the database is away. */
const NOTE_TRIES = 12

/** Writes down what cannot be undone; tries again for about a minute before the error goes on. */
export async function persistently<T>(
  { clockwork }: Pick<Deps, 'clockwork'>,
  write: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await write()
    } catch (error) {
      if (tries >= NOTE_TRIES) throw error
      await pause(clockwork, backoffMs(tries, { baseMs: 50, capMs: 10_000 }))
    }
  }
}

/** How long to wait after a failed try, in ms: soon at first, so that an outage is noticed to be over. */
export function retryMs({ tuning }: Pick<Deps, 'tuning'>, attempts: number): number {
  return backoffMs(attempts, { baseMs: tuning.retryMs, capMs: attempts < 20 ? 10_000 : 120_000 })
}
