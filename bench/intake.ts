/**
 * A signed message that opens a ticket, over HTTP, on each messenger beside its SDK with a listener that does nothing.
 * Each server has a process of its own; the messenger is a stand-in that answers at once.
 */
import { compiledProgram } from './support/compiled.js'
import { measure, type Offer, type Run, WARM_UP } from './support/intake-run.js'
import { isQuick, machineLine, on, only } from './support/machine.js'
import { MESSENGERS, type OnMessenger } from './support/messengers.js'
import { type OwnMongod, withMongod } from './support/own-mongod.js'
import { startPaidanUnderTest } from './support/paidan-server.js'
import type { ServerProcess } from './support/server-process.js'
import { percentile } from './support/stats.js'
import { type Cell, printTable } from './support/table.js'

const SCALE = isQuick ? 0.25 : 1
const OFFERS: { name: string; offer: Offer; count: number }[] = [
  { name: '1 connection', offer: { connections: 1 }, count: 800 },
  { name: '16 connections', offer: { connections: 16 }, count: 4000 },
  { name: '64 connections', offer: { connections: 64 }, count: 8000 },
  { name: '200 a second', offer: { perSecond: 200 }, count: 4000 },
]
/** The others are so fast that the same number would be over before it began. */
const CHEAP = 4
const isAlone = process.argv.includes('--alone')

interface Measured {
  offer: Offer
  count: number
}

async function measureBeside(
  start: () => Promise<ServerProcess>,
  { requestOf }: OnMessenger,
  { offer, count }: Measured,
): Promise<Run> {
  const server = await start()
  try {
    return await measure(offer, count, { ...server, requestOf })
  } finally {
    await server.stop()
  }
}

/** `known`: whether those who write have written before. */
async function measurePaidan(
  mongod: OwnMongod,
  messenger: OnMessenger,
  { offer, count, known }: Measured & { known: boolean },
): Promise<Run> {
  const paidan = await startPaidanUnderTest(program, {
    mongodbUri: mongod.freshUri(),
    on: messenger,
    people: known ? count + WARM_UP : 0,
    folder: mongod.folder,
    nodeArgs: process.env.BENCH_NODE_ARGS?.split(' ') ?? [],
  })
  try {
    const { server, database } = paidan
    const { requestOf } = messenger
    return await measure(offer, count, { ...server, database, mongodPid: mongod.pid, requestOf })
  } finally {
    await paidan.stop()
  }
}

function ackCells({ load }: Run): Cell[] {
  const perSecond = (load.ackMs.length / load.tookMs) * 1000
  return [perSecond, ...[0.5, 0.95, 0.99].map((share) => percentile(load.ackMs, share)), String(load.refused)]
}
function ticketCells({ load, wholeMs = Number.NaN, serverUs, mongodUs = Number.NaN, left }: Run): Cell[] {
  const whole = ((load.ackMs.length - load.refused) / wholeMs) * 1000
  return [whole, serverUs, mongodUs, left ? `${left.outbox} + ${left.cards}` : '–']
}

/** One messenger's rows: of people who are known, and of people who write for the first time. */
async function rowsOn(
  messenger: OnMessenger,
  mongod: OwnMongod,
): Promise<{ known: Cell[][]; new: Cell[][] }> {
  const rows: { known: Cell[][]; new: Cell[][] } = { known: [], new: [] }
  for (const { name, offer, count: full } of OFFERS.filter((one) => one.name.startsWith(only))) {
    const count = Math.round(full * SCALE)
    const cheap = 'connections' in offer ? count * CHEAP : count
    for (const { title, start } of isAlone ? [] : messenger.beside) {
      const run = await measureBeside(start, messenger, { offer, count: cheap })
      rows.known.push([title, name, ...ackCells(run), '–', run.serverUs, '–', '–'])
    }
    for (const [which, share] of [
      ['known', 1],
      ['new', 0.5],
    ] as const) {
      const measured = { offer, count: Math.round(count * share), known: which === 'known' }
      const run = await measurePaidan(mongod, messenger, measured)
      rows[which].push(['Paidan', name, ...ackCells(run), ...ticketCells(run)])
    }
  }
  return rows
}

const program = await compiledProgram()

await withMongod(async (mongod) => {
  const head = ['', 'offered by', 'acked/s', 'p50 ms', 'p95 ms', 'p99 ms', 'refused']
  const columns = [...head, 'whole tickets/s', 'server µs', 'mongod µs', 'outbox + cards left']
  for (const [name, start] of Object.entries(MESSENGERS)) {
    if (!name.startsWith(on)) continue
    const messenger = await start(mongod.folder)
    const rows = await rowsOn(messenger, mongod).finally(() => messenger.stop())
    console.log(machineLine(mongod.source))
    printTable(
      `${messenger.name}: signed messages of known employees, each in their own DM`,
      columns,
      rows.known,
    )
    printTable(`${messenger.name}: the same from people who write for the first time`, columns, rows.new)
  }
})
