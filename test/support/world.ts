import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
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
export const SAMPLE_DESK = `${ROOT}desks/sample/desk.yaml`
const BOT_TOKEN = 'xoxb-000000000000-test'
const SIGNING_SECRET = 'a-signing-secret-of-tests'

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

/** A real server of the program in a process of its own. */
export interface ServerProcess {
  url: string
  log: LogLine[]
  /** Resolves when it answers /readyz with 200; rejects when it ended before. */
  ready(): Promise<void>
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  kill(signal?: NodeJS.Signals): void
  /** SIGTERM, and waits for its end. */
  stop(): Promise<void>
}

/** The emulated Slack, and servers of the program against one database. */
export interface World {
  emulator: SlackEmulator
  apiUrl: string
  servers: ServerProcess[]
  /** Starts a server; the emulator's events go to the newest one, unless `aim` is called. */
  serve(env?: NodeJS.ProcessEnv): Promise<ServerProcess>
  aim(server: ServerProcess): void
  close(): Promise<void>
}

export async function startWorld(mongodbUri: string, options: Partial<SlackOptions> = {}): Promise<World> {
  const desk = glimpseDesk(readFileSync(SAMPLE_DESK, 'utf8'))
  const api: FastifyInstance = fastify({ forceCloseConnections: true })
  const emulator = createSlackWorkspace({
    seed: slackSeed(desk, BOT_TOKEN),
    signingSecret: SIGNING_SECRET,
    requestUrl: 'http://127.0.0.1:9/',
    publicUrl: 'http://127.0.0.1:9',
    now: () => new Date(),
    retryDelaysMs: [100, 1000, 3000],
    ...options,
  })
  slackWebApi(api, emulator, { prefix: '/slack/api' })
  const origin = await api.listen({ port: 0, host: '127.0.0.1' })
  emulator.configure({ publicUrl: origin })
  await runCli(['desk', 'apply', SAMPLE_DESK], { MONGODB_URI: mongodbUri })
  const servers: ServerProcess[] = []
  const aim = (server: ServerProcess) => emulator.configure({ requestUrl: `${server.url}/slack/events` })
  return {
    emulator,
    apiUrl: `${origin}/slack/api/`,
    servers,
    aim,
    serve: async (env = {}) => {
      const server = await spawnServer({
        MONGODB_URI: mongodbUri,
        SLACK_BOT_TOKEN: BOT_TOKEN,
        SLACK_SIGNING_SECRET: SIGNING_SECRET,
        SLACK_API_URL: `${origin}/slack/api/`,
        ...env,
      })
      servers.push(server)
      aim(server)
      await server.ready()
      return server
    },
    close: async () => {
      emulator.close()
      await Promise.all(servers.map((server) => server.stop()))
      await api.close()
    },
  }
}

/** Runs one command of the CLI to its end. Rejects unless it ends with 0. */
export async function runCli(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
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

async function spawnServer(env: NodeJS.ProcessEnv): Promise<ServerProcess> {
  const port = await freePort()
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve'], {
    cwd: ROOT,
    env: { ...cleanEnv(), HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const log: LogLine[] = []
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) log.push(JSON.parse(line) as LogLine)
    })
  }
  let ended = false
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => {
      ended = true
      resolve({ code, signal })
    })
  })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
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
      await exited
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
  timeoutMs = 30_000,
): Promise<T> {
  const end = performance.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await wait(25)
  }
}
