import { keptEntries } from '../kept-entries.js'
import type { ApiCall, Counters, Delivery } from './log-types.js'

const UPDATES = new Set(['im.v1.message.patch', 'im.v1.message.update', 'interactive.v1.card.update'])

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

  function count({ method, ok, httpStatus, error, args, messageId }: Omit<ApiCall, 'n'>): void {
    if (httpStatus === 429 || error === '230020') counters.rateLimited += 1
    if (!ok) return
    counters.methods[method] = (counters.methods[method] ?? 0) + 1
    const chatId = args.chat_id
    if (chatId === undefined) return
    const sums = counters.channels[chatId] ?? { posts: 0, updates: 0, deletes: 0 }
    counters.channels[chatId] = sums
    if (method === 'im.v1.message.create' || method === 'im.v1.message.reply') sums.posts += 1
    if (method === 'im.v1.message.delete') sums.deletes += 1
    if (UPDATES.has(method)) {
      sums.updates += 1
      const key = messageId ?? ''
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
