import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A Node program under test, with everything it has printed. */
export interface Spawned {
  readonly pid: number
  /** Standard output and standard error so far, in the order of arrival. */
  output(): string
  stdout(): string
  signal(name: NodeJS.Signals): void
  /** Resolves to the exit code when the program and its output have ended. */
  readonly ended: Promise<number | null>
  /** Resolves when the output matches; fails when the program ends before. */
  saw(pattern: RegExp): Promise<RegExpExecArray>
}

/** Starts `node ARGS…`; `env` is added to this process's own environment (undefined removes a variable). */
export function spawnNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Spawned {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let output = ''
  let stdout = ''
  let hasEnded = false
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      hasEnded = true
      resolve(code)
    })
  })
  return {
    pid: child.pid ?? -1,
    output: () => output,
    stdout: () => stdout,
    signal: (name) => child.kill(name),
    ended,
    saw: async (pattern) => {
      for (;;) {
        const match = pattern.exec(output)
        if (match) return match
        if (hasEnded) throw new Error(`the program ended before it printed ${pattern}:\n${output}`)
        await sleep(20)
      }
    },
  }
}

/** The path of a file beside these tests. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))
}

/** Waits until the condition holds; mocha's own time limit ends the waiting. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A server on a loopback port that does nothing but hold it. */
export async function holdPort(): Promise<{ port: number; release: () => Promise<void> }> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, release: () => new Promise((resolve) => server.close(() => resolve())) }
}

export async function freePort(): Promise<number> {
  const { port, release } = await holdPort()
  await release()
  return port
}

/** A folder for the current `describe`, removed after it. */
export function temporaryFolder(): () => string {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'paidan-scripts-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return () => folder
}
