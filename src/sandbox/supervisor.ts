import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { backoffMs } from '../lib/backoff.js'
import type { Logger } from '../lib/logger.js'
import { monotonicMs } from '../lib/now.js'
import { freePort } from './free-port.js'

export type ServerState = 'starting' | 'up' | 'restarting' | 'stopped' | 'misconfigured'

export type Supervisor = {
  readonly state: ServerState
  /** The server's own address; another one after each start. */
  readonly url: string
  /** Kills the server as a power cut would, and starts it again a moment later. */
  pullThePlug(): void
  /** Tells the server how far its clock is ahead now. Resolves to whether it has swept with it; false = it is not up. */
  moveClock(offsetMs: number): Promise<boolean>
  /** Resolves when the server is up; false when it has given up or `timeoutMs` (real time) have passed. */
  whenUp(timeoutMs: number): Promise<boolean>
  close(): Promise<void>
}

export type SupervisorOptions = {
  /** arguments of node, for a server whose clock is that far ahead */
  args: (clockOffsetMs: number) => string[]
  cwd: string
  env: NodeJS.ProcessEnv
  clockOffsetMs: number
  /** the server's own output goes here, and each line of its standard output to `onLine` as well */
  logFile: string
  log: Logger
  onLine: (line: string) => void
  onState: (state: ServerState, detail?: string) => void
  /** Called before each start with the address it will have. */
  onAddress: (url: string) => void
  plugPauseMs?: number
  graceMs?: number
}

/** sysexits' EX_CONFIG: starting again would not help. */
const BAD_CONFIGURATION = 78
const CLOCK_ANSWER_MS = 20_000
const STABLE_AFTER_MS = 20_000
/** Runs in the server before anything of its own: a parent may die while the server is still loading. */
const END_WITH_PARENT = `data:text/javascript,${encodeURIComponent(
  'process.on("disconnect", () => process.exit(0)); if (!process.connected) process.exit(0)',
)}`

/** Runs the program's server as a child of this process: starts it again when it dies, ends it when we end. */
export function supervise(options: SupervisorOptions): Supervisor {
  const { log, onState } = options
  const output = createWriteStream(options.logFile, { flags: 'a' })
  let state: ServerState = 'starting'
  let child: ChildProcess | undefined
  let url = ''
  let offsetMs = options.clockOffsetMs
  let startedWithMs = offsetMs
  let failures = 0
  let closing = false
  let plugged = false
  let nextClockId = 1
  const clockWaiters = new Map<number, (swept: boolean) => void>()
  const stateWaiters = new Set<() => void>()
  const stop = new AbortController()

  function setState(next: ServerState, detail?: string): void {
    state = next
    onState(next, detail)
    for (const wake of [...stateWaiters]) wake()
  }

  async function start(): Promise<void> {
    const port = await freePort()
    if (closing) return
    url = `http://127.0.0.1:${port}`
    options.onAddress(url)
    const startedMs = monotonicMs()
    startedWithMs = offsetMs
    const started = spawn(process.execPath, ['--import', END_WITH_PARENT, ...options.args(offsetMs)], {
      cwd: options.cwd,
      env: { ...options.env, HOST: '127.0.0.1', PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child = started
    if (started.stdout) {
      createInterface({ input: started.stdout }).on('line', (line) => {
        output.write(`${line}\n`)
        options.onLine(line)
      })
    }
    started.stderr?.pipe(output, { end: false })
    started.on('message', heard)
    started.on('error', (cause) => log.error('server cannot be started', { cause }))
    started.once('exit', (code, signal) => void ended(startedMs, code, signal))
    void probe(started, port)
  }

  function heard(message: unknown): void {
    const { type, id } = message as { type?: unknown; id?: unknown }
    if (type !== 'clock_moved' || typeof id !== 'number') return
    clockWaiters.get(id)?.(true)
  }

  /** Asks until the server says that it is ready. */
  async function probe(probed: ChildProcess, port: number): Promise<void> {
    while (child === probed && !closing) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
        signal: AbortSignal.timeout(2000),
      }).catch(() => undefined)
      await answer?.body?.cancel()
      if (child !== probed || closing) return
      if (answer?.ok) {
        setState('up')
        // moved while it was starting: it was started with the clock as it stood before
        if (offsetMs !== startedWithMs) await moveClock(offsetMs)
        return
      }
      await wait(100)
    }
  }

  async function ended(startedMs: number, code: number | null, signal: string | null): Promise<void> {
    child = undefined
    for (const [, answer] of clockWaiters) answer(false)
    if (closing) return
    if (code === BAD_CONFIGURATION) {
      log.error('server refuses its configuration and is not started again', { logFile: options.logFile })
      return setState('misconfigured', `exit ${code}`)
    }
    failures = monotonicMs() - startedMs > STABLE_AFTER_MS ? 0 : failures + 1
    const pauseMs = plugged
      ? (options.plugPauseMs ?? 1500)
      : backoffMs(failures, { baseMs: 300, capMs: 10_000 })
    const detail = signal ?? `exit ${code}`
    if (!plugged) log.warn('server ended and is started again', { detail, pauseMs })
    plugged = false
    setState('restarting', detail)
    await wait(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined)
    if (!closing) await start()
  }

  function moveClock(ms: number): Promise<boolean> {
    offsetMs = ms
    const told = child
    if (!told?.connected || state !== 'up') return Promise.resolve(false)
    const id = nextClockId++
    return new Promise((resolve) => {
      const timer = setTimeout(() => answer(false), CLOCK_ANSWER_MS)
      const answer = (swept: boolean): void => {
        clearTimeout(timer)
        clockWaiters.delete(id)
        resolve(swept)
      }
      clockWaiters.set(id, answer)
      told.send({ type: 'clock', id, offsetMs: ms }, (error) => {
        if (error) answer(false)
      })
    })
  }

  start().catch((cause) => log.error('server cannot be started', { cause }))

  return {
    get state() {
      return state
    },
    get url() {
      return url
    },
    pullThePlug() {
      plugged = child !== undefined
      child?.kill('SIGKILL')
    },
    moveClock,
    async whenUp(timeoutMs) {
      const deadline = AbortSignal.timeout(timeoutMs)
      while (state !== 'up') {
        if (deadline.aborted || closing || state === 'misconfigured') return false
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            stateWaiters.delete(wake)
            deadline.removeEventListener('abort', wake)
            resolve()
          }
          stateWaiters.add(wake)
          deadline.addEventListener('abort', wake)
        })
      }
      return true
    },
    async close() {
      closing = true
      stop.abort()
      const last = child
      if (last && last.exitCode === null && last.signalCode === null) {
        const gone = new Promise((resolve) => last.once('exit', resolve))
        last.kill('SIGTERM')
        const timer = setTimeout(() => last.kill('SIGKILL'), options.graceMs ?? 5000)
        await gone
        clearTimeout(timer)
      }
      setState('stopped')
      await new Promise<void>((resolve) => {
        output.end(() => resolve())
      })
    },
  }
}
