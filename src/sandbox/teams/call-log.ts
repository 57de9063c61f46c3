import { keptEntries } from '../kept-entries.js'
import type { ApiCall, Counters, Delivery } from './log-types.js'

/** What the bot called and what it was sent: bounded lists, and counters that assertions can rest on. */
export type CallLog = {
  readonly calls: ApiCall[]
  readonly deliveries: Delivery[]
  readonly counters: Counters
  call(entry: Omit<ApiCall, 'n'>): void
  delivery(entry: Omit<Delivery, 'n'>): void
  reset(): void
}

function zero(): Counters {
  return {
    calls: {},
    conversations: {},
    updates: {},
    activitiesSent: 0,
    activitiesAcknowledged: 0,
    rateLimited: 0,
  }
}

/** An empty log. */
export function createCallLog(): CallLog {
  const kept = keptEntries<ApiCall, Delivery>()
  const counters = zero()

  function count(entry: Omit<ApiCall, 'n'>): void {
    if (entry.httpStatus === 429) counters.rateLimited += 1
    if (!entry.ok) return
    counters.calls[entry.call] = (counters.calls[entry.call] ?? 0) + 1
    if (entry.conversation === undefined || entry.messageId === undefined) return
    const sums = counters.conversations[entry.conversation] ?? { posts: 0, updates: 0, deletes: 0 }
    counters.conversations[entry.conversation] = sums
    if (entry.call === 'deleteActivity') sums.deletes += 1
    else if (entry.call === 'updateActivity') {
      sums.updates += 1
      const key = `${entry.conversation} ${entry.messageId}`
      counters.updates[key] = (counters.updates[key] ?? 0) + 1
    } else sums.posts += 1
  }

  return {
    calls: kept.calls,
    deliveries: kept.deliveries,
    counters,
    call(entry) {
      kept.call(entry)
      count(entry)
    },
    delivery(entry) {
      kept.delivery(entry)
      counters.activitiesSent += 1
      if (entry.outcome === 'acknowledged') counters.activitiesAcknowledged += 1
    },
    reset() {
      kept.clear()
      Object.assign(counters, zero())
    },
  }
}
