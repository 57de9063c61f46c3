import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { WebSocket } from 'ws'

const require = createRequire(import.meta.url)
const PACKAGE = '@microsoft/m365agentsplayground/package.json'

export const USERS = ['rita', 'adam', 'lea', 'olaf', 'nina', 'timo'].map((name, i) => ({
  id: `user-id-${i}`,
  name: `${name[0]?.toUpperCase()}${name.slice(1)}`,
  userPrincipleName: `${name}@test.example`,
  aadObjectId: `00000000-0000-4000-8000-00000000000${i}`,
  givenName: name,
  surname: 'Test',
  email: `${name}@test.example`,
}))
export const CHAT = 'personal-chat-id'
const CONFIG = {
  version: '0.1.1',
  tenantId: '00000000-0000-4000-8000-0000000000aa',
  bot: { id: '28:bot-id', name: 'Paidan' },
  currentUser: USERS[0],
  users: USERS.slice(1),
  personalChat: { id: CHAT },
  groupChat: { id: 'group-chat-id', name: 'Group' },
  team: {
    id: 'team-id',
    name: 'Team',
    aadGroupId: '00000000-0000-4000-8000-0000000000bb',
    channels: [{ id: 'channel-it', name: 'IT desk' }],
  },
}

export interface PlaygroundEvent {
  type?: string
  [name: string]: unknown
}
/** Microsoft's own test client, running on this machine. */
export interface Playground {
  origin: string
  /** What its page was told so far. */
  events: PlaygroundEvent[]
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>
  /** Ends the process that was started, and no other. */
  stop(): Promise<void>
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Starts the Playground against a bot. It rejects when the port is taken meanwhile: its fallback would be unknown to the bot. */
export async function startPlayground(botUrl: string, port: number): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), 'paidan-playground-'))
  // JSON is YAML
  writeFileSync(join(folder, '.m365agentsplayground.yml'), JSON.stringify(CONFIG))
  const root = dirname(require.resolve(PACKAGE))
  const bin: unknown = require(PACKAGE).bin
  const script = typeof bin === 'string' ? bin : (bin as Record<string, string>).agentsplayground
  if (script === undefined) throw new Error('the package has no program agentsplayground')
  const args = [join(root, script), 'start', '-e', botUrl, '-c', 'msteams', '-p', String(port)]
  const child = spawn(process.execPath, [...args, '--disable-telemetry'], {
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
  const events: PlaygroundEvent[] = []
  let socket: WebSocket | undefined
  async function stop(): Promise<void> {
    socket?.terminate()
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    while (!(await answers(origin))) {
      if (child.exitCode !== null) throw new Error(`the playground ended: ${said}${reasonIn(folder)}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    socket = new WebSocket(`${origin.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`)
    socket.on('message', (raw) => events.push(JSON.parse(String(raw)) as PlaygroundEvent))
    const opened = socket
    await new Promise<void>((resolve, reject) => {
      opened.once('open', resolve)
      opened.once('error', reject)
    })
  } catch (error) {
    await stop()
    throw error
  }
  return {
    origin,
    events,
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
  }
}

/** Its own log has the reason; its standard output has none. */
function reasonIn(folder: string): string {
  const file = join(folder, 'devTools', 'm365agentsplayground.log')
  if (!existsSync(file)) return ''
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('error'))
    .join('\n')
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
