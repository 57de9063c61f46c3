/** The sweep of the clocks among many open tickets: when nothing is due, and when a thousand are. */

import { mongo } from 'mongoose'
import { onClockDue } from '../src/flows/on-clock-due.js'
import type { Services } from '../src/flows/services.js'
import { createLogger } from '../src/lib/logger.js'
import { commitOf } from '../src/models/mongo/commits.js'
import { type Database, openDatabase } from '../src/models/mongo/database.js'
import { commitId } from '../src/models/mongo/documents.js'
import { createFiles } from '../src/models/mongo/files.js'
import { groupedWriters } from '../src/models/mongo/grouped.js'
import { createLinkCodes } from '../src/models/mongo/link-codes.js'
import { createMessages } from '../src/models/mongo/messages.js'
import { createPeople } from '../src/models/mongo/people.js'
import { createReplies } from '../src/models/mongo/replies.js'
import { fromTicket } from '../src/models/mongo/ticket-docs.js'
import { createTicketStore } from '../src/models/mongo/ticket-store.js'
import { fold } from '../src/models/ticket/fold.js'
import { createSweep } from '../src/scheduler/sweep.js'
import { cpuMsOf } from './support/cpu.js'
import { isQuick, machineLine } from './support/machine.js'
import { openingOf, sampleDesk } from './support/openings.js'
import { withMongod } from './support/own-mongod.js'
import { median, percentile } from './support/stats.js'
import { type Cell, printTable } from './support/table.js'

const OPEN_TICKETS = isQuick ? [5_000] : [20_000, 100_000]
const DUE = isQuick ? 200 : 1000
const IDLE_SWEEPS = 200
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

const desk = sampleDesk()
/** Urgent: its clocks count around the clock, so that what is due does not depend on the hour of this run. */
const urgent = {
  ...desk,
  routing: [{ id: 'all', anyOf: ['vpn'], priority: 'urgent' as const }, ...desk.routing],
}

/** Open tickets whose next mark lies days ahead; the first `due` of them passed their first reminder a minute ago. */
async function fill(database: Database, count: number, due: number, at: Date): Promise<void> {
  for (let from = 0; from < count; from += 2000) {
    const commits = Array.from({ length: Math.min(2000, count - from) }, (_, i) => {
      const n = from + i
      const openedAt = new Date(at.getTime() - (n < due ? 9 : 1) * MINUTE_MS)
      return commitOf(openingOf(urgent, n, `2026${String(n).padStart(8, '0')}`, openedAt))
    })
    const docs = commits.map((commit, i) => {
      const doc = fromTicket(fold(null, commit))
      return from + i < due ? doc : { ...doc, nextDueAt: new Date(at.getTime() + 3 * DAY_MS + i) }
    })
    const ts = new mongo.Timestamp(0n)
    const rows = commits.map((commit) => ({ _id: commitId(commit.ticketId, commit.seq), ts, ...commit }))
    await Promise.all([database.tickets.insertMany(docs), database.commits.insertMany(rows)])
  }
}

function sweepOf(database: Database) {
  const now = () => new Date()
  const logger = createLogger('silent')
  const tickets = createTicketStore(database, groupedWriters(database), () => undefined)
  const nobody = () => Promise.reject(new Error('a sweep asks no messenger'))
  const services: Services = {
    desk: () => urgent,
    tickets,
    people: createPeople(database, now),
    codes: createLinkCodes(database, now),
    messages: createMessages(database),
    files: createFiles(database),
    replies: createReplies(database, () => undefined),
    messengers: { file: nobody, direct: nobody },
    arrival: nobody,
    dealtWith: nobody,
    isOvertaken: async () => false,
    fileUrl: (id) => id,
    now,
    logger,
  }
  return createSweep({
    due: (limit, except) => tickets.due(desk.id, now(), limit, except),
    onDue: (ticketId) => onClockDue(services, ticketId),
    repair: tickets.repair,
    logger,
  })
}

await withMongod(async (mongod) => {
  const rows: Cell[][] = []
  for (const count of OPEN_TICKETS) {
    const database = await openDatabase(mongod.freshUri())
    await fill(database, count, DUE, new Date())
    const sweep = sweepOf(database)
    const cpuBefore = process.cpuUsage()
    const mongodBefore = cpuMsOf(mongod.pid)
    const began = performance.now()
    const handled = await sweep.run()
    const tookMs = performance.now() - began
    const { user, system } = process.cpuUsage(cpuBefore)
    const mongodUs = ((cpuMsOf(mongod.pid) - mongodBefore) * 1000) / handled
    rows.push([
      `${count.toLocaleString('en-US')} open, ${handled} due`,
      tookMs,
      (handled / tookMs) * 1000,
      (user + system) / handled,
      mongodUs,
      '–',
    ])
    const idleMs: number[] = []
    for (let i = 0; i < IDLE_SWEEPS; i++) {
      const start = performance.now()
      await sweep.run()
      idleMs.push(performance.now() - start)
    }
    rows.push([
      `${count.toLocaleString('en-US')} open, none due`,
      median(idleMs),
      '–',
      '–',
      '–',
      percentile(idleMs, 0.99),
    ])
    await database.db.dropDatabase()
    await database.close()
  }
  console.log(machineLine(mongod.source))
  printTable(
    `One sweep; of the idle ones the median of ${IDLE_SWEEPS}`,
    ['', 'ms', 'tickets/s', 'own µs each', 'mongod µs each', 'p99 ms'],
    rows,
  )
})
