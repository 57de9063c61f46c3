import { backoffMs } from '../lib/backoff.js'
import type { Logger } from '../lib/logger.js'
import { monotonicMs } from '../lib/now.js'

export interface SweepDeps {
  /** Ids of tickets that have something due, the earliest first; those in `except` are left out. */
  due(limit: number, except: readonly string[]): Promise<string[]>
  /** What comes due for one ticket; `nothing` when there was nothing to do after all. */
  onDue(ticketId: string): Promise<'changed' | 'nothing'>
  /** Projects a ticket again: one that is due without anything to do may lag behind its commits. */
  repair(ticketId: string): Promise<unknown>
  logger: Logger
  batch?: number
  /** One sweep takes no longer than this before it makes room for the next, in ms. */
  budgetMs?: number
}

export interface Sweep {
  /** Sweeps once, until nothing is due or the budget is used up. Two at once do no harm. */
  run(touch?: () => Promise<unknown>): Promise<number>
  /** Tickets set aside: due, but failing or without anything to do, with when they are tried again. */
  aside(): readonly { ticketId: string; attempts: number }[]
}

const CONCURRENCY = 16

/** Finds tickets with something due and hands each to its flow. Poison is set aside, so that it cannot block the rest. */
export function createSweep({
  due,
  onDue,
  repair,
  logger,
  batch = 500,
  budgetMs = 20_000,
}: SweepDeps): Sweep {
  const aside = new Map<string, { attempts: number; untilMs: number }>()

  async function one(ticketId: string): Promise<void> {
    try {
      if ((await onDue(ticketId)) === 'changed') {
        aside.delete(ticketId)
        return
      }
      await repair(ticketId)
      setAside(ticketId)
    } catch (error) {
      logger.error('clock not handled', { ticketId, error })
      setAside(ticketId)
    }
  }

  function setAside(ticketId: string): void {
    const attempts = (aside.get(ticketId)?.attempts ?? 0) + 1
    aside.set(ticketId, {
      attempts,
      untilMs: monotonicMs() + backoffMs(attempts, { baseMs: 1000, capMs: 600_000 }),
    })
  }

  /** What might have been tried and was not due any more has been settled elsewhere. */
  function forgetSettled(began: number, tried: ReadonlySet<string>): void {
    for (const [id, { untilMs }] of aside) if (untilMs <= began && !tried.has(id)) aside.delete(id)
  }

  const blocked = () => [...aside].filter(([, { untilMs }]) => untilMs > monotonicMs()).map(([id]) => id)

  return {
    run: async (touch) => {
      const began = monotonicMs()
      const tried = new Set<string>()
      let handled = 0
      for (;;) {
        const ids = await due(batch, blocked())
        for (let i = 0; i < ids.length; i += CONCURRENCY)
          await Promise.all(ids.slice(i, i + CONCURRENCY).map(one))
        for (const id of ids) tried.add(id)
        handled += ids.length
        if (ids.length < batch) {
          forgetSettled(began, tried)
          break
        }
        if (monotonicMs() - began > budgetMs) break
        await touch?.()
      }
      return handled
    },
    aside: () =>
      [...aside]
        .filter(([, { attempts }]) => attempts > 1)
        .map(([ticketId, { attempts }]) => ({ ticketId, attempts })),
  }
}
