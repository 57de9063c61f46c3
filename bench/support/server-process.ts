import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server in a process of its own. */
export interface ServerProcess {
  pid: number
  port: number
  stop(): Promise<void>
}

/** Starts `node …args` and waits until `isUp(port)`. What it prints goes to `logFile`, as it would to a disk. */
export async function startServer(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { port, logFile, path }: { port: number; logFile: string; path: string },
): Promise<ServerProcess> {
  const out = openSync(logFile, 'a')
  const child: ChildProcess = spawn(process.execPath, [...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env, PORT: String(port) },
    stdio: ['ignore', out, 'inherit'],
  })
  closeSync(out)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const orphan = () => child.kill('SIGKILL')
  process.once('exit', orphan)
  while (!(await answers(port, path))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`)
    await sleep(50)
  }
  return {
    pid: child.pid ?? 0,
    port,
    stop: async () => {
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await ended
      clearTimeout(patience)
      process.off('exit', orphan)
    },
  }
}

async function answers(port: number, path: string): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}${path}`).then(
    (answer) => answer.status !== 503,
    () => false,
  )
}
