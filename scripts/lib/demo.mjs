// The demo: a mongod and the sandbox on it, with their data in one folder, until somebody presses Ctrl-C.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startGuarded } from './guarded.mjs'
import { root } from './paths.mjs'
import { isFree } from './ports.mjs'
import { provideMongod, withDatabase } from './provide-mongod.mjs'
import { isAlive } from './run.mjs'
import { PlainError, say } from './say.mjs'

const marker = 'paidan-demo.json'
const answersWithinMs = 60_000

/**
 * Runs the demo until one of its processes ends, and then throws. `command` starts the sandbox: it is called with
 * `{ port, dataFolder }` and returns `[program, …args]`.
 */
export async function runDemo({ dataFolder, port, fresh, command }) {
  const url = `http://127.0.0.1:${port}/sandbox`
  const killed = claimFolder(dataFolder)
  await checkPort(port, killed ? 12_000 : 0)
  if (fresh) empty(dataFolder)
  const markerFile = join(dataFolder, marker)
  writeFileSync(markerFile, JSON.stringify({ pid: process.pid, url }))
  process.on('exit', () => writeFileSync(markerFile, JSON.stringify({ url })))

  const mongod = await ownMongod(dataFolder)
  if (fresh && !mongod.own) say('--fresh leaves the database that MONGODB_URI names as it is.')
  const log = join(dataFolder, 'sandbox.log')
  const sandbox = await startSandbox({ mongod, log, command: command({ port, dataFolder }) })
  const ended = Promise.race([
    sandbox.exited.then(() => new PlainError(`The sandbox has ended; its last words:\n${tail(log)}`)),
    mongod.exited.then(() => new PlainError(`mongod has ended; see ${mongod.log}`)),
  ])
  const problem = await Promise.race([answers(url), ended])
  if (problem) throw problem
  say('')
  say(`  Paidan is running: open ${url}  (Ctrl-C ends it; its log: ${relative(root, log)})`)
  say(`  派单已启动：请打开 ${url}  （按 Ctrl-C 结束）`)
  say('')
  // The guarded processes keep no event loop alive; the demo shall live as long as they do.
  const awake = setInterval(() => {}, 60_000)
  throw await ended.finally(() => clearInterval(awake))
}

/** Returns true when the last demo on this folder was killed; its processes may be on their way out. */
function claimFolder(dataFolder) {
  mkdirSync(dataFolder, { recursive: true })
  const probe = join(dataFolder, '.writable')
  writeFileSync(probe, '')
  rmSync(probe)
  const other = readMarker(dataFolder)
  if (other?.pid && isAlive(other.pid) && isDemo(other.pid)) throw alreadyRunning(other.url)
}

function readMarker(dataFolder) {
  try {
    return JSON.parse(readFileSync(join(dataFolder, marker), 'utf8'))
  } catch {
    return undefined
  }
}

/** False when the process id has been given to another program since, as far as that can be seen. */
function isDemo(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('demo')
  } catch {
    return true
  }
}

function alreadyRunning(url) {
  return new PlainError(
    `A demo already runs on this data folder: open ${url}, or end it with Ctrl-C in its terminal.`,
  )
}

async function checkPort(port, patienceMs) {
  const other = `npm run demo -- --port ${port < 1024 ? 8080 : port + 1}`
  const until = performance.now() + patienceMs
  for (;;) {
    const free = await isFree(port).catch((error) => {
      throw new PlainError(`Port ${port} cannot be used (${error.code}). Choose another: ${other}`)
    })
    if (free) return
    if (performance.now() > until) {
      throw new PlainError(`Port ${port} is taken. Stop what listens there, or choose another: ${other}`)
    }
    await sleep(200)
  }
}

/** Removes the data of earlier runs; refuses a folder that holds other things than a demo's. */
function empty(dataFolder) {
  const names = readdirSync(dataFolder)
  if (names.length > 0 && !existsSync(join(dataFolder, marker))) {
    throw new PlainError(
      `--fresh would empty ${dataFolder}, which holds no demo's data. Name another folder.`,
    )
  }
  for (const name of names) rmSync(join(dataFolder, name), { recursive: true, force: true })
}

async function ownMongod(dataFolder) {
  const dbPath = join(dataFolder, 'mongod')
  // A demo that was killed a moment ago has a mongod that is still writing its last.
  for (let attempt = 1; ; attempt++) {
    try {
      return await provideMongod({ dbPath })
    } catch (error) {
      if (!error.folderInUse) throw error
      if (attempt === 10) throw alreadyRunning(readMarker(dataFolder)?.url ?? 'its page')
    }
    await sleep(500)
  }
}

async function startSandbox({ mongod, log, command }) {
  const out = openSync(log, 'w')
  const uri = mongod.own ? withDatabase(mongod.uri, 'paidan') : mongod.uri
  try {
    const [program, ...args] = command
    return await startGuarded(program, args, {
      cwd: root,
      env: { ...process.env, MONGODB_URI: uri },
      graceMs: 10_000,
      stdout: out,
      stderr: out,
    })
  } finally {
    closeSync(out)
  }
}

async function answers(url) {
  const until = performance.now() + answersWithinMs
  while (performance.now() < until) {
    const response = await fetch(url).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.ok) return undefined
    await sleep(100)
  }
  return new PlainError(`The sandbox does not answer at ${url} after ${answersWithinMs / 1000} s.`)
}

function tail(log) {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20).join('\n')
}
