import type { Delivery } from './delivery/deliverer.js'
import { machineNow, monotonicMs } from './lib/now.js'
import type { Database } from './models/mongo/database.js'
import type { Inbox } from './models/mongo/inbox.js'
import type { Scheduler } from './scheduler/scheduler.js'
import type { Sweep } from './scheduler/sweep.js'
import type { Check } from './web/health.js'

/** Past these, somebody should look. */
export const SWEEP_JOB = 'clocks.sweep'
const SWEEP_SILENT_MS = 120_000
const OLDEST_MS = 5 * 60_000

export interface ReadinessDeps {
  database: Database
  deskId: string
  inbox: Inbox<unknown>
  delivery: Delivery
  sweep: Sweep
  scheduler: Scheduler
  now: () => Date
}

/** What `/readyz` looks at: the database, what waits and since when, and what was set aside. */
export function readiness({
  database,
  deskId,
  inbox,
  delivery,
  sweep,
  scheduler,
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
      // whichever instance swept last: Agenda gives each sweep to one of them
      const sweptAt = await scheduler.finishedAt(SWEEP_JOB)
      const silentMs = sweptAt
        ? machineNow().getTime() - sweptAt.getTime()
        : Math.round(monotonicMs() - began)
      return { ok: silentMs < SWEEP_SILENT_MS, facts: { silentMs, aside: sweep.aside().length } }
    },
  }
}
