import type { Clockwork } from './clockwork.js'

/** After each change that follows on the heels of another the next one waits twice as long, up to so many times. */
const MAX_GAPS = 4
/** Quiet for so long, and the next change goes out at once. */
const QUIET_MS = 3000
const REMEMBERED = 5000

/** Draws changes of one card together: 50 in two seconds become three, and the last one shows the truth. */
export interface Recent {
  /** How long a change of this card still has to wait, in ms. */
  waitMs(id: string): number
  changed(id: string): void
  /** Another instance changed it `agoMs` ago, by its own note (`stamp`). */
  changedElsewhere(id: string, stamp: number, agoMs: number): void
}

export function createRecent({ monotonicMs }: Pick<Clockwork, 'monotonicMs'>, gapMs: number): Recent {
  const changes = new Map<string, { atMs: number; gapMs: number; stamp?: number }>()

  function note(id: string, atMs: number, stamp?: number): void {
    const last = changes.get(id)
    const inBurst = last && atMs - last.atMs < QUIET_MS
    const next = inBurst ? Math.min(MAX_GAPS * gapMs, last.gapMs * 2) : gapMs
    // the map keeps its keys in the order of their last change
    changes.delete(id)
    changes.set(id, { atMs, gapMs: next, ...(stamp === undefined ? {} : { stamp }) })
    const eldest = changes.keys().next().value
    if (changes.size > REMEMBERED && eldest !== undefined) changes.delete(eldest)
  }

  return {
    waitMs: (id) => {
      const last = changes.get(id)
      return last ? Math.max(0, Math.ceil(last.atMs + last.gapMs - monotonicMs())) : 0
    },
    changed: (id) => note(id, monotonicMs()),
    changedElsewhere: (id, stamp, agoMs) => {
      if (agoMs < 0 || agoMs > gapMs) return
      const last = changes.get(id)
      const atMs = monotonicMs() - agoMs
      if (last?.stamp === stamp || (last && last.atMs >= atMs - gapMs)) return
      note(id, atMs, stamp)
    },
  }
}
