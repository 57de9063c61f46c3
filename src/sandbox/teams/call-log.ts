import type { ApiCall, Counters, Delivery } from './log-types.js'

const KEPT = 5000

/** What the bot called and what it was sent: bounded lists, and counters that assertions can rest on. */
export type CallLog = {
  readonly calls: ApiCall[]
  readonly deliveries: Delivery[]
  readonly counters: Counters
  call(entry: Omit<ApiCall, 'n'>): void
  delivery(entry: Omit<Delivery, 'n'>): void
  reset(): void
}

function trim(entries: unknown[]): void {
  if (entries.length > KEPT * 2) entries.splice(0, entries.length - KEPT)
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
  const calls: ApiCall[] = []
  const deliveries: Delivery[] = []
  const counters = zero()
  let n = 0

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
    calls,
    deliveries,
    counters,
    call(entry) {
      n += 1
      calls.push({ n, ...entry })
      trim(calls)
      count(entry)
    },
    delivery(entry) {
      n += 1
      deliveries.push({ n, ...entry })
      trim(deliveries)
      counters.activitiesSent += 1
      if (entry.outcome === 'acknowledged') counters.activitiesAcknowledged += 1
    },
    reset() {
      calls.length = 0
      deliveries.length = 0
      Object.assign(counters, zero())
    },
  }
}
