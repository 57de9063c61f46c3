/**
 * A signed message that opens a ticket, over HTTP, beside Bolt with a listener that does nothing and a server that only
 * checks the signature. Each server has a process of its own; Slack's Web API answers at once.
 */
import { fileURLToPath } from 'node:url'
import { freePort } from '../src/sandbox/free-port.js'
import { compiledProgram } from './support/compiled.js'
import {
  APP_ID,
  APP_SECRET,
  ENCRYPT_KEY,
  feishuRequest,
  VERIFICATION_TOKEN,
} from './support/feishu-events.js'
import { measure, type Offer, type Run, WARM_UP } from './support/intake-run.js'
import { isQuick, machineLine, only } from './support/machine.js'
import { type OwnMongod, withMongod } from './support/own-mongod.js'
import { startPaidanUnderTest } from './support/paidan-server.js'
import { startServer } from './support/server-process.js'
import { BOT_TOKEN, SIGNING_SECRET } from './support/slack-events.js'
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

interface Measured {
  offer: Offer
  count: number
  /** Whether those who write are known already. */
  known: boolean
  /** Another messenger than Slack: how it is switched on, and what a message is there. */
  messenger?: NodeJS.ProcessEnv
  requestOf?: typeof feishuRequest
}

async function startBeside(name: string, folder: string) {
  const script = fileURLToPath(new URL(`support/${name}.ts`, import.meta.url))
  return await startServer(
    ['--import', 'tsx', script],
    { SLACK_SIGNING_SECRET: SIGNING_SECRET, SLACK_BOT_TOKEN: BOT_TOKEN },
    { port: await freePort(), logFile: `${folder}/${name}.log`, path: '/' },
  )
}

async function measureBeside(
  name: string,
  folder: string,
  { offer, count, requestOf }: Omit<Measured, 'known'>,
): Promise<Run> {
  const server = await startBeside(name, folder)
  try {
    return await measure(offer, count, { ...server, ...(requestOf ? { requestOf } : {}) })
  } finally {
    await server.stop()
  }
}

async function measurePaidan(
  mongod: OwnMongod,
  apiUrl: string,
  { offer, count, known, messenger, requestOf }: Measured,
): Promise<Run> {
  const paidan = await startPaidanUnderTest(program, {
    mongodbUri: mongod.freshUri(),
    apiUrl,
    people: known ? count + WARM_UP : 0,
    folder: mongod.folder,
    nodeArgs: process.env.BENCH_NODE_ARGS?.split(' ') ?? [],
    ...(messenger ? { messenger } : {}),
  })
  try {
    const { server, database } = paidan
    return await measure(offer, count, {
      ...server,
      database,
      mongodPid: mongod.pid,
      ...(requestOf ? { requestOf } : {}),
    })
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

/** Feishu: encrypted, signed events, beside the SDK's own dispatcher with a handler that does nothing. */
async function feishuRows(mongod: OwnMongod): Promise<Cell[][]> {
  const stub = await startBeside('feishu-stub', mongod.folder)
  const messenger = {
    FEISHU_APP_ID: APP_ID,
    FEISHU_APP_SECRET: APP_SECRET,
    FEISHU_ENCRYPT_KEY: ENCRYPT_KEY,
    FEISHU_VERIFICATION_TOKEN: VERIFICATION_TOKEN,
    FEISHU_DOMAIN: `http://127.0.0.1:${stub.port}`,
  }
  const rows: Cell[][] = []
  for (const { name, offer, count: full } of offers) {
    const count = Math.round(full * SCALE)
    const requestOf = feishuRequest
    const sdk = await measureBeside('feishu-sdk-server', mongod.folder, { offer, count, requestOf })
    rows.push(['Feishu SDK, empty handler', name, ...ackCells(sdk), '–', sdk.serverUs, '–', '–'])
    const run = await measurePaidan(mongod, '', {
      offer,
      count: Math.round(count / 2),
      known: false,
      messenger,
      requestOf,
    })
    rows.push(['Paidan', name, ...ackCells(run), ...ticketCells(run)])
  }
  await stub.stop()
  return rows
}

const program = await compiledProgram()
const offers = OFFERS.filter(({ name }) => name.startsWith(only))

await withMongod(async (mongod) => {
  const stub = await startBeside('slack-stub', mongod.folder)
  const apiUrl = `http://127.0.0.1:${stub.port}/api/`
  const rows: Cell[][] = []
  const strangers: Cell[][] = []
  for (const { name, offer, count: full } of offers) {
    const count = Math.round(full * SCALE)
    const cheap = 'connections' in offer ? count * CHEAP : count
    if (!process.argv.includes('--alone')) {
      for (const [title, script] of [
        ['node:http, signature only', 'plain-server'],
        ['Bolt, empty listener', 'bolt-server'],
      ] as const) {
        const run = await measureBeside(script, mongod.folder, { offer, count: cheap })
        rows.push([title, name, ...ackCells(run), '–', run.serverUs, '–', '–'])
      }
    }
    const run = await measurePaidan(mongod, apiUrl, { offer, count, known: true })
    rows.push(['Paidan', name, ...ackCells(run), ...ticketCells(run)])
    if (process.argv.includes('--alone')) continue
    const strange = await measurePaidan(mongod, apiUrl, { offer, count: Math.round(count / 2), known: false })
    strangers.push(['Paidan', name, ...ackCells(strange), ...ticketCells(strange)])
  }
  await stub.stop()
  const feishu = await feishuRows(mongod)
  console.log(machineLine(mongod.source))
  const head = ['', 'offered by', 'acked/s', 'p50 ms', 'p95 ms', 'p99 ms', 'refused']
  const more = ['whole tickets/s', 'server µs', 'mongod µs', 'outbox + cards left']
  printTable('Signed messages of known employees, each in their own DM', [...head, ...more], rows)
  printTable('The same from Feishu, of people who write for the first time', [...head, ...more], feishu)
  if (strangers.length > 0)
    printTable('The same from people who write for the first time', [...head, ...more], strangers)
})
