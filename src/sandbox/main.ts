import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastify from 'fastify'
import type { Logger } from '../lib/logger.js'
import { clockOffsetMs, now, setClockOffset } from '../lib/now.js'
import { glimpseDesk } from './desk-glimpse.js'
import { createEventStream } from './event-stream.js'
import { keepState, readKeptState } from './kept-state.js'
import { createMessengers } from './messengers.js'
import { type PageBundle, pageBundle } from './page-bundle.js'
import { PLATFORMS, type Platform } from './platforms.js'
import { sandboxRoutes } from './routes.js'
import { sandboxSecrets } from './secrets.js'
import { type Supervisor, supervise } from './supervisor.js'
import { createTrace } from './trace.js'
import type { OpensOn } from './working-day.js'

export type SandboxOptions = {
  /** 0 = any free one */
  port: number
  /** what is to survive the end of the process */
  dataDir: string
  mongodbUri: string
  /** a desk.yaml: its people get accounts, its teams channels */
  deskFile: string
  /** the teams' calendars; without it the sandbox knows no holidays but those the file lists */
  opensOn?: OpensOn
  log: Logger
  /** which messengers are emulated; all of them when absent, and Slack always */
  platforms?: readonly Platform[]
  /** what the server's environment is built on */
  env: NodeJS.ProcessEnv
  /** node's arguments for the server, where it is not this program's own */
  serverArgs?: (clockOffsetMs: number) => string[]
  plugPauseMs?: number
  /** real milliseconds before a messenger's retries of an event */
  retryDelaysMs?: readonly number[]
}
export type Sandbox = { url: string; server: Supervisor; close(): Promise<void> }

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
/** A messenger's second try comes after a minute or so; nobody who watches the page wants to wait that long. */
const SANDBOX_RETRIES_MS = [0, 5_000, 20_000]

function ownServer(offsetMs: number): string[] {
  const loader = EXTENSION === 'ts' ? ['--import', 'tsx'] : []
  const cli = EXTENSION === 'ts' ? join(ROOT, 'src', 'cli.ts') : join(ROOT, 'dist', 'cli.js')
  return [...loader, cli, 'sandbox-server', '--clock-offset-ms', String(offsetMs)]
}

/**
 * Starts the sandbox on the loopback interface: the emulated messengers, the page over them, and the program's server as
 * a child of this process. Resolves as soon as the page is served; the server may still be starting then.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { dataDir, log } = options
  mkdirSync(dataDir, { recursive: true })
  const desk = glimpseDesk(readFileSync(options.deskFile, 'utf8'))
  const secrets = sandboxSecrets(dataDir)
  const kept = readKeptState(dataDir, log)
  setClockOffset(kept.clockOffsetMs)
  const app = fastify({ logger: false, forceCloseConnections: true })
  const { slack, messengers, others } = await createMessengers(options.platforms ?? PLATFORMS, {
    app,
    desk,
    secrets,
    now,
    retryDelaysMs: options.retryDelaysMs ?? SANDBOX_RETRIES_MS,
    log,
    dataDir,
    ...(kept.slack ? { slack: kept.slack } : {}),
  })
  const keeper = keepState({ dataDir, emulator: slack, others, clockOffsetMs, log })
  const stream = createEventStream()
  const trace = createTrace({ now, onEntry: (entry) => stream.send('trace', entry) })
  for (const messenger of messengers) {
    messenger.onChange((change) => {
      keeper.touch(messenger.platform)
      stream.send('change', change)
    })
  }

  let bundle: Promise<PageBundle> | undefined
  let supervisor: Supervisor | undefined
  const server = (): Supervisor => {
    if (!supervisor) throw new Error('the server is not supervised yet')
    return supervisor
  }
  sandboxRoutes(app, {
    desk,
    slack,
    messengers,
    trace,
    stream,
    server,
    opensOn: options.opensOn,
    bundle: () => {
      bundle ??= pageBundle(join(dataDir, 'page'))
      return bundle
    },
    clock: {
      async moveTo(offsetMs) {
        // Both at once: a signature's age is judged by the server's clock, and what it posts is dated by ours.
        setClockOffset(offsetMs)
        keeper.touch()
        const swept = await server().moveClock(offsetMs)
        stream.send('clock', { clockOffsetMs: offsetMs })
        return swept
      },
    },
  })
  bundle = pageBundle(join(dataDir, 'page'))
  await Promise.all([app.listen({ port: options.port, host: '127.0.0.1' }), bundle])
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  const origin = `http://127.0.0.1:${port}`
  for (const messenger of messengers) messenger.servedAt(origin)

  supervisor = supervise({
    args: options.serverArgs ?? ownServer,
    cwd: ROOT,
    env: {
      ...options.env,
      MONGODB_URI: options.mongodbUri,
      PUBLIC_URL: origin,
      ...Object.assign({}, ...messengers.map((messenger) => messenger.environment(origin))),
      PAIDAN_KEYS: secrets.paidanKeys,
      LOG_LEVEL: 'info',
    },
    clockOffsetMs: clockOffsetMs(),
    logFile: join(dataDir, 'server.log'),
    log,
    onLine: (line) => void trace.line(line),
    onState: (state, detail) => {
      trace.server(state, detail)
      stream.send('server', { state })
      if (state === 'up') for (const messenger of messengers) messenger.programUp?.()
    },
    onAddress: (url) => {
      for (const messenger of messengers) messenger.programAt(url)
    },
    ...(options.plugPauseMs === undefined ? {} : { plugPauseMs: options.plugPauseMs }),
  })

  return {
    url: `${origin}/sandbox`,
    server: supervisor,
    async close() {
      await server().close()
      for (const messenger of messengers) messenger.close()
      stream.close()
      await app.close()
      keeper.close()
    },
  }
}
