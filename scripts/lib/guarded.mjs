import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PlainError } from './say.mjs'

const watchdog = join(dirname(fileURLToPath(import.meta.url)), 'watchdog.mjs')

/** What runs now, in the order in which it was started. */
const guarded = new Set()
let closed = false

/** Stops everything that was started here, the latest first, and lets nothing be started again. */
export async function stopAllGuarded() {
  closed = true
  for (const each of [...guarded].reverse()) await each.stop()
}

/** The same at once, with SIGKILL. */
export async function killAllGuarded() {
  closed = true
  await Promise.all([...guarded].map((each) => each.kill()))
}

/**
 * Starts a command that ends with this process, even when this process is killed with SIGKILL. Resolves when it runs, with
 * `{ pid, exited, kill(), stop() }`: `exited` resolves to `{ code, signal }`; `stop()` sends SIGTERM, after `graceMs` SIGKILL
 * (at once when 0), to the command and what it started, and resolves when it is gone;
 * `kill()` is the same with SIGKILL at once. A command that runs keeps no event loop alive.
 */
export function startGuarded(
  command,
  args,
  { graceMs = 5000, env = process.env, cwd, stdout = 'ignore', stderr = 'ignore' } = {},
) {
  return new Promise((started, failed) => {
    if (closed) throw new PlainError('stopping')
    const dog = spawn(process.execPath, [watchdog, String(graceMs), command, ...args], {
      stdio: ['ignore', stdout, stderr, 'ipc'],
      env,
      cwd,
      // Away from the terminal's process group: Ctrl-C reaches this process, which stops the command in its own order.
      detached: true,
      windowsHide: true,
    })
    let pid
    let outcome
    const exited = new Promise((resolve) => {
      dog.on('exit', () => {
        guarded.delete(handle)
        // A watchdog that was killed cannot have ended its command.
        if (!outcome && pid !== undefined) killGroup(pid)
        resolve(outcome ?? { code: null, signal: 'SIGKILL' })
      })
    })
    const handle = { exited, kill, stop }
    guarded.add(handle)
    dog.on('error', failed)
    dog.on('message', (message) => {
      if (message.failed) failed(new PlainError(`${command} cannot be started: ${message.failed}`))
      else if (message.pid) {
        pid = message.pid
        dog.unref()
        dog.channel?.unref()
        started({ pid, ...handle })
      } else outcome = message
    })
    dog.on('exit', () => failed(new PlainError(`${command} ended before it started`)))

    async function stop() {
      dog.ref()
      if (dog.connected) dog.send('stop', () => {})
      return exited
    }

    async function kill() {
      dog.ref()
      if (pid === undefined) dog.kill('SIGKILL')
      else killGroup(pid)
      return exited
    }
  })
}

function killGroup(pid) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // it is gone
  }
}
