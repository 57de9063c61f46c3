import type { Delivery } from './delivery/deliverer.js'
import { monotonicMs } from './lib/now.js'
import type { Database } from './models/mongo/database.js'
import type { Inbox } from './models/mongo/inbox.js'
import type { Sweep } from './scheduler/sweep.js'
import type { Check } from './web/health.js'

/** Past these, somebody should look. */
const SWEEP_SILENT_MS = 120_000
const OLDEST_MS = 5 * 60_000

export interface ReadinessDeps {
  database: Database
  deskId: string
  inbox: Inbox<unknown>
  delivery: Delivery
  sweep: Sweep
  now: () => Date
}

/** What `/readyz` looks at: the database, what waits and since when, and what was set aside. */
export function readiness({
  database,
  deskId,
  inbox,
  delivery,
  sweep,
  now,
}: ReadinessDeps): Record<string, () => Promise<Check>> {
  const began = monotonicMs()
  const ageMs = (oldest: Date | undefined) => (oldest ? Math.max(0, now().getTime() - oldest.getTime()) : 0)
  return {
    database: async () => {
      await database.db.command({ ping: 1 })
      return { ok: true, facts: {} }
    },
    inbox: async () => {
      const { waiting, aside, oldest } = await inbox.counts(deskId)
      return { ok: ageMs(oldest) < OLDEST_MS, facts: { waiting, aside, oldestMs: ageMs(oldest) } }
    },
    delivery: async () => {
      const { outbox, cards, aside, oldest } = await delivery.lag()
      return { ok: ageMs(oldest) < OLDEST_MS, facts: { outbox, cards, aside, oldestMs: ageMs(oldest) } }
    },
    clocks: async () => {
      const silentMs = Math.round(monotonicMs() - (sweep.lastDoneMs() ?? began))
      return { ok: silentMs < SWEEP_SILENT_MS, facts: { silentMs, aside: sweep.aside().length } }
    },
  }
}
