import type { TicketId } from '../models/ids.js'
import type { OutboxRow } from '../models/mongo/outbox.js'
import type { Priority } from '../models/ticket/ticket.js'

/** What is to be said next in a lane. */
export type Pick =
  | { kind: 'say'; rows: OutboxRow[] }
  /** These become one message from now on. */
  | { kind: 'merge'; rows: OutboxRow[] }
  /** It can never be said. */
  | { kind: 'aside'; row: OutboxRow; reason: string }
  | { kind: 'rest'; ms: number }
  | { kind: 'empty' }

/** Where the thread of a row is: it may have to be opened first by the card above it. */
export type Thread = 'known' | 'awaited' | 'never'

export interface PickOptions {
  now: Date
  /** Names this deliverer: its own leases are left over from what broke off. */
  run: string
  gatherMs: number
  thread(row: OutboxRow): Thread
  priority(id: TicketId): Priority | undefined
}

/** So many overdue messages for one person at once become one. */
const DIGEST_FROM = 3
const MAX_REST_MS = 30_000
/** A card that is not posted yet wakes its lane; this is for the case that somebody else posted it. */
const THREAD_MS = 1000
const BUSY_MS = 500

/**
 * The next of a lane's rows: one at a time, in the order in which they came and, of one ticket, in which they
 * happened. What waits for its ticket's card, or has failed for long, holds up its own ticket only.
 */
export function pickRow(rows: readonly OutboxRow[], options: PickOptions): Pick {
  const { now, run, thread } = options
  if (rows.some((row) => isLeased(row) && row.leaseBy !== run && msUntil(row.leaseUntil, now) > 0)) {
    return { kind: 'rest', ms: BUSY_MS }
  }
  const waiting = new Set<TicketId>()
  let restMs: number | undefined
  const wait = (row: OutboxRow, ms: number) => {
    if (row.ticketId !== '') waiting.add(row.ticketId)
    restMs = Math.min(ms, restMs ?? MAX_REST_MS)
  }
  for (const row of inOrder(rows, options)) {
    if (waiting.has(row.ticketId)) continue
    const ms = msUntil(row.notBefore, now)
    if (ms > 0) {
      wait(row, ms)
      if (!row.alone) break
      continue
    }
    const at = thread(row)
    if (at === 'never') return { kind: 'aside', row, reason: 'no_card' }
    if (at === 'awaited') {
      wait(row, THREAD_MS)
      continue
    }
    return isOverdue(row) ? gathered(row, rows, options) : { kind: 'say', rows: [row] }
  }
  return restMs === undefined ? { kind: 'empty' } : { kind: 'rest', ms: Math.max(1, restMs) }
}

/** Overdue DMs of one person: once merged they stay so; alone they wait a moment for others. */
function gathered(row: OutboxRow, rows: readonly OutboxRow[], { now, gatherMs }: PickOptions): Pick {
  if (row.batch !== undefined) return { kind: 'say', rows: rows.filter((one) => one.batch === row.batch) }
  if (row.triedAt) return { kind: 'say', rows: [row] }
  const ageMs = now.getTime() - row.dueAt.getTime()
  if (ageMs >= 0 && ageMs < gatherMs) return { kind: 'rest', ms: gatherMs - ageMs }
  const free = rows.filter(
    (one) => isOverdue(one) && one.batch === undefined && !one.triedAt && msUntil(one.notBefore, now) <= 0,
  )
  return free.length < DIGEST_FROM ? { kind: 'say', rows: [row] } : { kind: 'merge', rows: free }
}

/** As they came; a ticket's own in their order; what is urgent first where they are messages to one person. */
function inOrder(rows: readonly OutboxRow[], { priority }: PickOptions): OutboxRow[] {
  const byTicket = new Map<TicketId, OutboxRow[]>()
  for (const row of rows) byTicket.set(row.ticketId, [...(byTicket.get(row.ticketId) ?? []), row])
  for (const own of byTicket.values()) own.sort((a, b) => a.seq - b.seq || a.n - b.n)
  const ordered = rows.flatMap((row) =>
    row.ticketId === '' ? [row] : (byTicket.get(row.ticketId)?.splice(0, 1) ?? []),
  )
  const rank = (row: OutboxRow) => (row.to.kind === 'person' && priority(row.ticketId) === 'urgent' ? 0 : 1)
  return ordered.sort((a, b) => rank(a) - rank(b))
}

export const isOverdue = ({ say }: { say: OutboxRow['say'] }): boolean =>
  say.kind === 'tell' && say.template === 'overdue'

const isLeased = (row: OutboxRow): boolean => row.leaseBy !== undefined
const msUntil = (at: Date | undefined, now: Date): number => (at ? at.getTime() - now.getTime() : 0)
