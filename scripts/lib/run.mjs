import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The path of a program on PATH, or undefined. */
export function which(name) {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name]
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const file of names) {
      const path = join(folder, file)
      try {
        accessSync(path, constants.X_OK)
        if (statSync(path).isFile()) return path
      } catch {
        // not here
      }
    }
  }
  return undefined
}

const running = new Set()

/** Ends what `run` has started and not yet seen the end of, with all it started. */
export function endRunning() {
  for (const child of running) killTree(child)
}

function killTree(child) {
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // it is gone
  }
}

/**
 * Runs a program to its end and returns `{ code, stdout, stderr }`. Never throws: a program that cannot be started,
 * or that outlives `timeoutMs`, has the code -1 and says so in stderr. `finishes` marks one that must not be cut short.
 */
export function run(command, args, { timeoutMs = 0, finishes = false, ...options } = {}) {
  return new Promise((done) => {
    let stdout = ''
    let stderr = ''
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own, so that it can be ended with what it started.
      detached: process.platform !== 'win32',
      ...options,
    })
    if (!finishes) running.add(child)
    const timer = timeoutMs
      ? setTimeout(() => {
          stderr += `no end after ${timeoutMs} ms`
          killTree(child)
        }, timeoutMs)
      : undefined
    child.stdout?.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr?.on('data', (chunk) => {
      stderr += chunk
    })
    const finish = (code) => {
      clearTimeout(timer)
      running.delete(child)
      done({ code, stdout, stderr })
    }
    child.on('error', (error) => {
      stderr += error.message
      finish(-1)
    })
    child.on('close', (code) => finish(code ?? -1))
  })
}

/** The last line of a program's output that says something. */
export function lastLine(text) {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '').pop() ?? ''
}

/** True while the process lives (also when it belongs to somebody else). */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
