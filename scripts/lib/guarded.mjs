import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PlainError } from './say.mjs'

const watchdog = join(dirname(fileURLToPath(import.meta.url)), 'watchdog.mjs')

/**
 * Starts a command that ends with this process, even when this process is killed with SIGKILL. Resolves when it runs, with
 * `{ pid, exited, kill(), stop() }`: `exited` resolves to `{ code, signal }`; `stop()` sends SIGTERM, after `graceMs` SIGKILL
 * (at once when 0), to the command and what it started, and resolves when it is gone. Keeps no event loop alive.
 */
export function startGuarded(
  command,
  args,
  { graceMs = 5000, env = process.env, cwd, stdout = 'ignore', stderr = 'ignore' } = {},
) {
  return new Promise((started, failed) => {
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
        // A watchdog that was killed cannot have ended its command.
        if (!outcome && pid !== undefined) killGroup(pid)
        resolve(outcome ?? { code: null, signal: 'SIGKILL' })
      })
    })
    dog.on('error', failed)
    dog.on('message', (message) => {
      if (message.failed) failed(new PlainError(`${command} cannot be started: ${message.failed}`))
      else if (message.pid) {
        pid = message.pid
        dog.unref()
        dog.channel?.unref()
        started({ pid, exited, kill: () => killGroup(pid), stop })
      } else outcome = message
    })
    dog.on('exit', () => failed(new PlainError(`${command} ended before it started`)))

    async function stop() {
      dog.ref()
      if (dog.connected) dog.send('stop', () => {})
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
