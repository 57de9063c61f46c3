import { keptEntries } from '../kept-entries.js'
import type { ApiCall, Counters, Delivery } from './log-types.js'

/** What the app called and what it was sent: bounded lists, and counters that assertions can rest on. */
export type CallLog = {
  readonly calls: ApiCall[]
  readonly deliveries: Delivery[]
  readonly counters: Counters
  call(entry: Omit<ApiCall, 'n'>): void
  delivery(entry: Omit<Delivery, 'n'>): void
  reset(): void
}

function zero(): Counters {
  return { methods: {}, channels: {}, updates: {}, eventsSent: 0, eventsAcknowledged: 0, rateLimited: 0 }
}

/** An empty log. */
export function createCallLog(): CallLog {
  const kept = keptEntries<ApiCall, Delivery>()
  const counters = zero()

  function count(entry: Omit<ApiCall, 'n'>): void {
    if (entry.httpStatus === 429) counters.rateLimited += 1
    if (!entry.ok) return
    counters.methods[entry.method] = (counters.methods[entry.method] ?? 0) + 1
    const channel = entry.args.channel
    if (channel === undefined) return
    const sums = counters.channels[channel] ?? { posts: 0, updates: 0, deletes: 0, ephemerals: 0 }
    counters.channels[channel] = sums
    if (entry.method === 'chat.postMessage') sums.posts += 1
    if (entry.method === 'chat.postEphemeral') sums.ephemerals += 1
    if (entry.method === 'chat.delete') sums.deletes += 1
    if (entry.method === 'chat.update') {
      sums.updates += 1
      const key = `${channel}:${entry.args.ts ?? ''}`
      counters.updates[key] = (counters.updates[key] ?? 0) + 1
    }
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
      if (entry.kind !== 'event') return
      counters.eventsSent += 1
      if (entry.outcome === 'acknowledged') counters.eventsAcknowledged += 1
    },
    reset() {
      kept.clear()
      Object.assign(counters, zero())
    },
  }
}
