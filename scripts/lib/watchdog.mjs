// Runs one command and ends it when the process that started this watchdog is gone, however it went: the IPC channel
// closes also when a parent is killed with SIGKILL. Usage: node watchdog.mjs GRACE_MS COMMAND ARGS… (forked with IPC)
import { spawn } from 'node:child_process'

const [graceMs, command, ...args] = process.argv.slice(2)
const windows = process.platform === 'win32'
// A process group of its own: what the command starts ends with it.
const child = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: !windows,
  windowsHide: true,
})
let stopping = false

function signal(name) {
  try {
    if (windows) child.kill(name)
    else process.kill(-child.pid, name)
  } catch {
    // it is gone
  }
}

function stop() {
  if (stopping || child.pid === undefined) return
  stopping = true
  if (Number(graceMs) === 0) return signal('SIGKILL')
  signal('SIGTERM')
  setTimeout(() => signal('SIGKILL'), Number(graceMs))
}

function report(message, then = () => {}) {
  if (process.connected) process.send(message, then)
  else then()
}

child.on('spawn', () => report({ pid: child.pid }))
child.on('error', (error) => report({ failed: error.message }, () => process.exit(1)))
child.on('exit', (code, signalName) => {
  // What the command left behind in its group goes with it.
  signal('SIGKILL')
  report({ code, signal: signalName }, () => process.exit(0))
})
process.on('message', stop)
process.on('disconnect', stop)
// The parent may have gone before anybody listened.
if (!process.connected) stop()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop)
