/** The commit path (number, decide, insert, project) beside a raw majority insert of one document of the same size. */
import { mongo } from 'mongoose'
import { commitOf } from '../src/models/mongo/commits.js'
import { type Database, openDatabase } from '../src/models/mongo/database.js'
import { groupedWriters } from '../src/models/mongo/grouped.js'
import { MAJORITY } from '../src/models/mongo/insert.js'
import { createTicketStore } from '../src/models/mongo/ticket-store.js'
import { plainWriters } from '../src/models/mongo/writers.js'
import { cpuMsOf } from './support/cpu.js'
import { isQuick, machineLine, only } from './support/machine.js'
import { openingOf, sampleDesk } from './support/openings.js'
import { withMongod } from './support/own-mongod.js'
import { median, percentile } from './support/stats.js'
import { printTable } from './support/table.js'

const AT_ONCE = [1, 16, 64].filter((atOnce) => only === '' || only === String(atOnce))
const ROUNDS = isQuick ? 2 : 5
/** So many a round for each of those at once, so that a round takes a second or so. */
const EACH = isQuick ? { 1: 100, 16: 60, 64: 30 } : { 1: 300, 16: 150, 64: 75 }

const desk = sampleDesk()
type Once = (n: number) => Promise<void>
const KINDS = ['raw insertOne', 'commit, plain writers', 'commit, grouped writers'] as const
type Kind = (typeof KINDS)[number]
let serial = 0

function onceOf(kind: Kind, database: Database): Once {
  if (kind === 'raw insertOne') {
    const raw = database.db.collection<{ _id: string; pad: mongo.Binary }>('raw')
    const bytes = mongo.BSON.calculateObjectSize(commitOf(openingOf(desk, 1, '2026110001', new Date())))
    const pad = new mongo.Binary(Buffer.alloc(bytes - 60))
    return async (n) => {
      await raw.insertOne({ _id: `raw-${n}-of-some-length-as-ids`, pad }, MAJORITY)
    }
  }
  const writers = kind === 'commit, plain writers' ? plainWriters(database) : groupedWriters(database)
  const store = createTicketStore(database, writers, () => undefined)
  return async (n) => {
    const at = new Date()
    const number = await store.nextNumber(desk.id, desk.zone, at)
    await store.commit(openingOf(desk, n, number, at))
  }
}

interface Round {
  /** Per second. */
  rate: number
  ms: number[]
  /** Processor time of each, here and in mongod. */
  ownUs: number
  mongodUs: number
}

async function round(once: Once, atOnce: number, each: number, mongodPid: number): Promise<Round> {
  const ms: number[] = []
  const before = { own: process.cpuUsage(), mongod: cpuMsOf(mongodPid) }
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let i = 0; i < each; i++) {
        const start = performance.now()
        await once(++serial)
        ms.push(performance.now() - start)
      }
    }),
  )
  const rate = (ms.length / (performance.now() - began)) * 1000
  const { user, system } = process.cpuUsage(before.own)
  const mongodMs = cpuMsOf(mongodPid) - before.mongod
  return { rate, ms, ownUs: (user + system) / ms.length, mongodUs: (mongodMs * 1000) / ms.length }
}

await withMongod(async (mongod) => {
  const database = await openDatabase(mongod.freshUri())
  const kinds = KINDS.map((kind) => ({ kind, once: onceOf(kind, database) }))
  for (const { once } of kinds) await round(once, 16, 20, mongod.pid)
  const rows: (string | number)[][] = []
  for (const atOnce of AT_ONCE) {
    const each = EACH[atOnce as keyof typeof EACH]
    const rounds = new Map<Kind, Round[]>(KINDS.map((kind) => [kind, []]))
    // in turn, so that whatever else the machine does falls on all of them
    for (let i = 0; i < ROUNDS; i++) {
      for (const { kind, once } of kinds) {
        rounds.get(kind)?.push(await round(once, atOnce, each, mongod.pid))
      }
    }
    const of = (kind: Kind) => rounds.get(kind) ?? []
    for (const kind of KINDS) {
      const own = of(kind)
      const ratios = own.map(({ rate }, i) => rate / (of('raw insertOne')[i]?.rate ?? Number.NaN))
      const ms = own.flatMap((one) => one.ms)
      rows.push([
        kind,
        String(atOnce),
        median(own.map(({ rate }) => rate)),
        median(ratios),
        percentile(ms, 0.5),
        percentile(ms, 0.99),
        median(own.map(({ ownUs }) => ownUs)),
        median(own.map(({ mongodUs }) => mongodUs)),
      ])
    }
  }
  await database.close()
  console.log(machineLine(mongod.source))
  printTable(
    `Tickets opened, from the words to the projected document; medians of ${ROUNDS} rounds`,
    ['', 'at once', 'per second', 'of raw', 'p50 ms', 'p99 ms', 'own µs', 'mongod µs'],
    rows,
  )
})
