import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../src/models/mongo/database.js'
import { cpuMsOf } from './cpu.js'
import { closedLoop, type Load, openLoop } from './load.js'
import type { OnMessenger } from './messengers.js'

/** How messages are offered: by so many connections one after the other, or so many a second. */
export type Offer = { connections: number } | { perSecond: number }

export interface Run {
  load: Load
  /** From the first request until every acknowledged event's ticket stood projected; absent where there are no tickets. */
  wholeMs?: number
  /** Processor time over the whole run, in µs per event. */
  serverUs: number
  mongodUs?: number
  /** What was still to be said and shown then, the warm-up's included. */
  left?: { outbox: number; cards: number }
}

/** So long without another ticket, and what is missing is missing. */
const PATIENCE_MS = 60_000

/** So long the warm-up's cards may take: Feishu takes 1,000 posts a minute, and what is late goes on beside the measured. */
const SHOWN_MS = 10_000

/** So many messages go before what is measured, so that it is the program and not its compilation that is measured. */
export const WARM_UP = 1000

interface UnderTest {
  pid: number
  port: number
  mongodPid?: number
  database?: Database
  requestOf: OnMessenger['requestOf']
}

/** Offers `count` messages to a warm server and, where it keeps tickets, waits for them all. */
export async function measure(offer: Offer, count: number, tested: UnderTest): Promise<Run> {
  const { pid, port, mongodPid, database, requestOf } = tested
  await warmUp(count, tested)
  const at = new Date()
  const requests = Array.from({ length: count }, (_, n) => requestOf(n, port, at))
  const before = { server: cpuMsOf(pid), mongod: mongodPid === undefined ? 0 : cpuMsOf(mongodPid) }
  const began = performance.now()
  const load =
    'connections' in offer
      ? await closedLoop(port, requests, offer.connections)
      : await openLoop(port, requests, offer.perSecond)
  if (database) await allProjected(database, WARM_UP + count - load.refused)
  const wholeMs = performance.now() - began
  const usEach = (ms: number) => (ms * 1000) / count
  const serverUs = usEach(cpuMsOf(pid) - before.server)
  if (!database || mongodPid === undefined) return { load, serverUs }
  const mongodUs = usEach(cpuMsOf(mongodPid) - before.mongod)
  return { load, wholeMs, serverUs, mongodUs, left: await leftIn(database) }
}

/** Messages of other people than those measured; what they make is delivered too, as far as the messenger lets it. */
async function warmUp(from: number, { port, database, requestOf }: UnderTest): Promise<void> {
  const at = new Date()
  const requests = Array.from({ length: WARM_UP }, (_, n) => requestOf(from + n, port, at))
  const { refused } = await closedLoop(port, requests, 16)
  if (!database) return
  await allProjected(database, WARM_UP - refused)
  const unshown = { audience: 'requester' as const, dueAt: { $exists: true } }
  const until = performance.now() + SHOWN_MS
  while (performance.now() < until && (await database.cards.countDocuments(unshown)) > 0) await sleep(100)
}

async function leftIn(database: Database): Promise<{ outbox: number; cards: number }> {
  const [outbox, cards] = await Promise.all([
    database.outbox.countDocuments({ state: 'due' }),
    database.cards.countDocuments({ dueAt: { $exists: true } }),
  ])
  return { outbox, cards }
}

/** A ticket's own document is the last thing that its commit makes. */
async function allProjected(database: Database, count: number): Promise<void> {
  let seen = -1
  let seenAtMs = performance.now()
  for (;;) {
    const tickets = await database.tickets.estimatedDocumentCount()
    if (tickets >= count) return
    if (tickets !== seen) {
      seen = tickets
      seenAtMs = performance.now()
    }
    if (performance.now() - seenAtMs > PATIENCE_MS) throw new Error(`only ${tickets} of ${count} tickets`)
    await sleep(20)
  }
}
