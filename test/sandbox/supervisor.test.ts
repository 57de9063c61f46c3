import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { createLogger } from '../../src/lib/logger.js'
import { type ServerState, type Supervisor, supervise } from '../../src/sandbox/supervisor.js'

const SERVER = fileURLToPath(new URL('../support/stand-in-server.mjs', import.meta.url))
const PARENT = fileURLToPath(new URL('../support/stand-in-parent.mts', import.meta.url))

describe('the supervisor', function () {
  this.timeout(60_000)
  let folder: string
  let server: Supervisor | undefined
  let lines: string[]
  let states: ServerState[]

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paidan-supervisor-'))
    lines = []
    states = []
  })
  afterEach(async () => {
    await server?.close()
    server = undefined
    rmSync(folder, { recursive: true, force: true })
  })

  const standIn = (how: object): string => JSON.stringify({ countFile: join(folder, 'starts'), ...how })
  const starts = (): string[] => readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n')
  function start(how: object = {}): Supervisor {
    server = supervise({
      args: (offsetMs) => [SERVER, String(offsetMs)],
      cwd: folder,
      env: { PATH: process.env.PATH, STAND_IN: standIn(how) },
      clockOffsetMs: 1000,
      logFile: join(folder, 'server.log'),
      log: createLogger('silent'),
      onLine: (line) => lines.push(line),
      onState: (state) => states.push(state),
      onAddress: () => {},
      plugPauseMs: 50,
      graceMs: 200,
    })
    return server
  }
  async function ask(url: string): Promise<{ pid: number; clockOffsetMs: number }> {
    return (await fetch(url)).json() as Promise<{ pid: number; clockOffsetMs: number }>
  }

  it('starts the server with the clock it is given, and passes on what it says', async () => {
    const { whenUp, url } = start()
    expect(url).to.equal('')
    expect(await whenUp(30_000)).to.equal(true)
    expect(await ask(server?.url ?? '')).to.include({ clockOffsetMs: 1000 })
    expect(lines.join()).to.contain('stand-in starts')
    await server?.close()
    expect(readFileSync(join(folder, 'server.log'), 'utf8'))
      .to.contain('stand-in starts')
      .and.contain('standard error')
  })

  it('starts it again after the plug was pulled', async () => {
    const supervised = start()
    await supervised.whenUp(30_000)
    const before = await ask(supervised.url)
    supervised.pullThePlug()
    await until(() => states.includes('restarting'))
    await supervised.whenUp(30_000)
    const after = await ask(supervised.url)
    expect(after.pid).to.not.equal(before.pid)
    expect(isAlive(before.pid)).to.equal(false)
  })

  it('tries again when the server dies at its start', async () => {
    expect(await start({ failures: 2 }).whenUp(30_000)).to.equal(true)
    expect(starts()).to.have.length(3)
  })

  it('does not try again with a bad configuration', async () => {
    expect(await start({ exitCode: 78 }).whenUp(30_000)).to.equal(false)
    expect(states).to.deep.equal(['misconfigured'])
    expect(starts()).to.have.length(1)
  })

  it('moves the clock of a running server, and of the one that comes after it', async () => {
    const supervised = start()
    await supervised.whenUp(30_000)
    expect(await supervised.moveClock(5000)).to.equal(true)
    expect((await ask(supervised.url)).clockOffsetMs).to.equal(5000)
    supervised.pullThePlug()
    await until(() => supervised.state === 'restarting')
    expect(await supervised.moveClock(9000)).to.equal(false)
    await supervised.whenUp(30_000)
    expect((await ask(supervised.url)).clockOffsetMs).to.equal(9000)
  })

  it('ends a server that does not listen to SIGTERM', async () => {
    const supervised = start({ deaf: true })
    await supervised.whenUp(30_000)
    const { pid } = await ask(supervised.url)
    await supervised.close()
    expect(isAlive(pid)).to.equal(false)
    expect(supervised.state).to.equal('stopped')
  })

  it('leaves no server behind when its own process is killed', async () => {
    const env = { ...process.env, STAND_IN: standIn({}) }
    const parent = spawn(process.execPath, ['--import', 'tsx', PARENT, join(folder, 'server.log')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [url] = (await once(parent.stdout, 'data')) as [Buffer]
    const { pid } = await ask(url.toString().trim())
    expect(isAlive(pid)).to.equal(true)
    parent.kill('SIGKILL')
    await until(() => !isAlive(pid))
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // What has ended and was not yet waited for by its parent is not alive.
  return !/^State:\s+Z/m.test(statusOf(pid))
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

/** Resolves when it has come true; the test's own timeout is the limit. */
async function until(fits: () => boolean): Promise<void> {
  while (!fits()) await wait(20)
}
