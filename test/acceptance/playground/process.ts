import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { CONFIG } from './people.js'

const require = createRequire(import.meta.url)
const PACKAGE = '@microsoft/m365agentsplayground/package.json'

/** The port it was to have was taken meanwhile, and the bot would not know the one it took instead. */
export class PortTaken extends Error {}

/** Microsoft's own client for tests, running on this machine. */
export interface PlaygroundProcess {
  origin: string
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>
  /** Hands over everything that one of its streams has told and tells. */
  listen(path: string, told: (what: unknown) => void): Promise<void>
  /** Ends the process that was started, and no other. */
  stop(): Promise<void>
}

/** Starts the Playground on that port against a bot. Throws `PortTaken` when it listens elsewhere. */
export async function startProcess(botUrl: string, port: number): Promise<PlaygroundProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'paidan-playground-'))
  // JSON is YAML
  writeFileSync(join(folder, '.m365agentsplayground.yml'), JSON.stringify(CONFIG))
  const child = spawn(process.execPath, [script(), ...argumentsFor(botUrl, port)], {
    cwd: folder,
    env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const origin = `http://127.0.0.1:${port}`
  const sockets: WebSocket[] = []
  async function stop(): Promise<void> {
    for (const socket of sockets) socket.terminate()
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    while (!(await answers(origin))) {
      if (child.exitCode !== null) throw new Error(`the playground ended: ${said}${reasonIn(folder)}`)
      const listening = /Listening on (\d+)/.exec(said)?.[1]
      if (listening !== undefined && listening !== String(port)) throw new PortTaken()
      await wait(50)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return {
    origin,
    stop,
    async post(path, body) {
      const response = await fetch(origin + path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    async listen(path, told) {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`)
      sockets.push(socket)
      socket.on('message', (raw) => told(JSON.parse(String(raw))))
      await new Promise<void>((resolve, reject) => {
        socket.once('open', resolve)
        socket.once('error', reject)
      })
    },
  }
}

function script(): string {
  const { bin }: { bin: Record<string, string> } = require(PACKAGE)
  if (bin.agentsplayground === undefined) throw new Error('the package has no program agentsplayground')
  return join(dirname(require.resolve(PACKAGE)), bin.agentsplayground)
}

function argumentsFor(botUrl: string, port: number): string[] {
  return ['start', '-e', botUrl, '-c', 'msteams', '-p', String(port), '--disable-telemetry']
}

/** Its own log has the reason; its standard output has none. */
function reasonIn(folder: string): string {
  const file = join(folder, 'devTools', 'm365agentsplayground.log')
  if (!existsSync(file)) return ''
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line.startsWith('error')).join('\n')
}

async function answers(origin: string): Promise<boolean> {
  try {
    return (await (await fetch(`${origin}/_debug/ping`)).text()).includes('pong')
  } catch {
    return false
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const alarm = setTimeout(() => child.kill('SIGKILL'), 3000)
  await exited
  clearTimeout(alarm)
}
