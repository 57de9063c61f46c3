import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import fastify, { type FastifyInstance } from 'fastify'
import { glimpseDesk } from '../../src/sandbox/desk-glimpse.js'
import { freePort } from '../../src/sandbox/free-port.js'
import {
  createSlackWorkspace,
  type SlackEmulator,
  type SlackOptions,
} from '../../src/sandbox/slack/emulator.js'
import { slackWebApi } from '../../src/sandbox/slack/web-api.js'
import { slackSeed } from '../../src/sandbox/slack-seed.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** The desk of the world: nothing but Slack. */
export const SLACK_DESK = `${ROOT}test/fixtures/desks/slack.yaml`
const BOT_TOKEN = 'xoxb-000000000000-test'
export const SIGNING_SECRET = 'a-signing-secret-of-tests'

/** People and channels of the sample desk, as their Slack ids. */
export const WANG = 'U0WANGXM01'
export const EMMA = 'U0EMMAC001'
export const CHEN = 'U0CHENLEI1'
export const LIU = 'U0LIUFANG1'
export const ZHAO = 'U0ZHAOJIN1'
export const SUN = 'U0SUNWEI01'
export const IT_CHANNEL = 'C0ITDESK01'
export const HR_CHANNEL = 'C0HRDESK01'

/** One line of a server's log. */
export type LogLine = Record<string, unknown> & { message: string }
export type Ended = { code: number | null; signal: NodeJS.Signals | null }

/** A real server of the program in a process of its own. */
export interface ServerProcess {
  url: string
  pid: number
  log: LogLine[]
  /** Resolves when it answers /readyz with 200; rejects when it ended before. */
  ready(): Promise<void>
  exited: Promise<Ended>
  kill(signal?: NodeJS.Signals): void
  /** SIGTERM, and waits for its end. */
  stop(): Promise<Ended>
  /** Tells it how far its clock is ahead now, in ms, and waits until it has swept. Only in a world with a movable clock. */
  moveClock(offsetMs: number): Promise<void>
}

/** The emulated Slack, and servers of the program against one database. */
export interface World {
  emulator: SlackEmulator
  apiUrl: string
  servers: ServerProcess[]
  /** Starts a server; the emulator's events go to the newest one, unless `aim` is called. */
  serve(env?: NodeJS.ProcessEnv): Promise<ServerProcess>
  /** The same without waiting until it is ready: it may die before. */
  launch(env?: NodeJS.ProcessEnv): Promise<ServerProcess>
  aim(server: ServerProcess): void
  /** The world's present instant: the machine's, and what it was moved forward. */
  now(): Date
  /** Moves the clock of Slack, of the servers that run and of those started later. Needs `movableClock`. */
  advance(ms: number): Promise<void>
  close(): Promise<void>
}

export interface WorldOptions extends Partial<SlackOptions> {
  /** Servers are started as the sandbox starts them, so that their clock can be moved; else as `serve`. */
  movableClock?: boolean
  /** So many people more in the workspace, who are not on the desk's list: see `guest`. */
  guests?: number
  /** Another desk than the sample one, as a file. */
  deskFile?: string
}

/** The Slack id of the nth guest, from 0. */
export const guest = (n: number): string => `U0GUEST${String(n).padStart(3, '0')}`

export async function startWorld(mongodbUri: string, options: WorldOptions = {}): Promise<World> {
  const { movableClock = false, guests = 0, deskFile = SLACK_DESK, ...slackOptions } = options
  const api: FastifyInstance = fastify({ forceCloseConnections: true })
  let offsetMs = 0
  const now = () => new Date(Date.now() + offsetMs)
  const emulator = createSlackWorkspace({
    seed: seedOf(deskFile, guests),
    signingSecret: SIGNING_SECRET,
    requestUrl: 'http://127.0.0.1:9/',
    publicUrl: 'http://127.0.0.1:9',
    now,
    retryDelaysMs: [100, 1000, 3000],
    ...slackOptions,
  })
  slackWebApi(api, emulator, { prefix: '/slack/api' })
  const origin = await api.listen({ port: 0, host: '127.0.0.1' })
  emulator.configure({ publicUrl: origin })
  await runCli(['desk', 'apply', deskFile], { MONGODB_URI: mongodbUri }).catch(async (error: unknown) => {
    await api.close()
    throw error
  })
  const servers: ServerProcess[] = []
  const aim = (server: ServerProcess) => emulator.configure({ requestUrl: `${server.url}/slack/events` })
  const launch = async (env: NodeJS.ProcessEnv = {}) => {
    const command = movableClock ? ['sandbox-server', '--clock-offset-ms', String(offsetMs)] : ['serve']
    const server = await spawnServer(command, {
      MONGODB_URI: mongodbUri,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: `${origin}/slack/api/`,
      ...env,
    })
    servers.push(server)
    aim(server)
    return server
  }
  return {
    emulator,
    apiUrl: `${origin}/slack/api/`,
    servers,
    aim,
    now,
    launch,
    serve: async (env) => {
      const server = await launch(env)
      await server.ready()
      return server
    },
    advance: async (ms) => {
      offsetMs += ms
      await Promise.all(servers.map((server) => server.moveClock(offsetMs)))
    },
    close: async () => {
      emulator.close()
      await Promise.all(servers.map((server) => server.stop()))
      await api.close()
    },
  }
}

function seedOf(deskFile: string, guests: number): SlackOptions['seed'] {
  const seed = slackSeed(glimpseDesk(readFileSync(deskFile, 'utf8')), BOT_TOKEN)
  const more = Array.from({ length: guests }, (_, n) => ({
    id: guest(n),
    name: `guest${n}`,
    realName: `Guest ${n}`,
    email: `guest${n}@elsewhere.example`,
    locale: 'en-US',
    tz: 'Europe/London',
  }))
  return { ...seed, users: [...seed.users, ...more] }
}

let bundled: Promise<string> | undefined

/** The program in one file, made once a test run: many servers are started, and this way each starts in half the time. */
function bundledCli(): Promise<string> {
  bundled ??= bundle()
  return bundled
}

async function bundle(): Promise<string> {
  // inside the repository, where node finds the packages
  const outfile = `${ROOT}.paidan/test/cli-${process.pid}.mjs`
  process.on('exit', () => rmSync(outfile, { force: true }))
  await build({
    entryPoints: [`${ROOT}src/cli.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'error',
  })
  return outfile
}

/** Runs one command of the CLI to its end. Rejects unless it ends with 0. */
export async function runCli(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ['--enable-source-maps', await bundledCli(), ...args], {
    cwd: ROOT,
    env: { ...cleanEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve))
  if (code !== 0) throw new Error(`paidan ${args.join(' ')} ended with ${code}: ${out}`)
  return out
}

/** Starts the program with that command on a port of its own; what it logs is kept. */
export async function spawnServer(command: string[], env: NodeJS.ProcessEnv): Promise<ServerProcess> {
  const port = await freePort()
  const child: ChildProcess = spawn(
    process.execPath,
    ['--enable-source-maps', await bundledCli(), ...command],
    {
      cwd: ROOT,
      env: { ...cleanEnv(), HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'info', ...env },
      // the last one is how a parent moves the clock, and how the server notices that its parent is gone
      stdio: ['ignore', 'pipe', 'inherit', command[0] === 'serve' ? 'ignore' : 'ipc'],
    },
  )
  const log: LogLine[] = []
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) log.push(JSON.parse(line) as LogLine)
    })
  }
  let ended = false
  const exited = new Promise<Ended>((resolve) => {
    child.on('exit', (code, signal) => {
      ended = true
      resolve({ code, signal })
    })
  })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    pid: child.pid ?? 0,
    log,
    exited,
    ready: async () => {
      while (!ended) {
        const ok = await fetch(`${url}/readyz`).then(
          (answer) => answer.ok,
          () => false,
        )
        if (ok) return
        await wait(50)
      }
      throw new Error(`the server ended: ${JSON.stringify(log.at(-1))}`)
    },
    kill: (signal = 'SIGKILL') => void child.kill(signal),
    stop: async () => {
      if (!ended) child.kill('SIGTERM')
      return await exited
    },
    moveClock: async (offsetMs) => {
      if (ended) return
      const id = randomUUID()
      const moved = new Promise<void>((resolve) => {
        child.on('message', (message: { type?: string; id?: string }) => {
          if (message.type === 'clock_moved' && message.id === id) resolve()
        })
      })
      // a server that dies meanwhile need not hear it
      child.send({ type: 'clock', id, offsetMs }, () => undefined)
      await Promise.race([moved, exited])
    },
  }
}

/** The environment without anything that configures the program. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(SLACK|TEAMS|FEISHU|PAIDAN|MONGODB|PORT|HOST|LOG_LEVEL|PUBLIC)/.test(name),
    ),
  )
}

/** Waits until `look` gives something, asking again and again; says `what` was awaited when it never comes. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 90_000,
): Promise<T> {
  const end = performance.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await wait(25)
  }
}
