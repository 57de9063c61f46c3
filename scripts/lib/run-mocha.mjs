import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGuarded } from './guarded.mjs'
import { root } from './paths.mjs'
import { say } from './say.mjs'

/** Mocha is done but its process lives on: something was left open. */
const lingerMs = 20_000

/**
 * Runs mocha with our reporter, its output on this process's own. Returns `{ passed, failed }`; a mocha that dies, does
 * not end, or runs nothing counts as one failure more.
 */
export async function runMocha(args, env) {
  const folder = mkdtempSync(join(tmpdir(), 'paidan-result-'))
  const resultFile = join(folder, 'result.json')
  try {
    const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js')
    const child = await startGuarded(process.execPath, [mocha, ...args], {
      cwd: root,
      env: { ...process.env, ...env, PAIDAN_TEST_RESULT: resultFile },
      graceMs: 3000,
      stdout: 'inherit',
      stderr: 'inherit',
    })
    const lingered = await endOf(child, () => readResult(resultFile)?.finished)
    const { code, signal } = await child.exited
    return judge({ result: readResult(resultFile), code, signal, lingered })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Waits for the end; true when it had to be brought about. */
async function endOf(child, isFinished) {
  let finishedAt
  let lingered = false
  const watch = setInterval(() => {
    if (!isFinished()) return
    finishedAt ??= performance.now()
    if (performance.now() - finishedAt > lingerMs) {
      lingered = true
      void child.stop()
    }
  }, 1000)
  await child.exited
  clearInterval(watch)
  return lingered
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // not written yet, or half written
    return undefined
  }
}

function judge({ result, code, signal, lingered }) {
  const { passed = 0, failed = 0 } = result ?? {}
  const complaint = complaintOf({ result, code, signal, lingered })
  if (complaint) say(`✗ ${complaint}`)
  return { passed, failed: failed + (complaint ? 1 : 0) }
}

function complaintOf({ result, code, signal, lingered }) {
  if (lingered)
    return `mocha did not end within ${lingerMs / 1000} s of its last test: a test left something open`
  if (!result?.finished) return `mocha ended before its end (${signal ?? `exit ${code}`})`
  if (result.passed + result.failed === 0) return 'no test ran'
  if (result.failed === 0 && code !== 0)
    return `mocha ended with ${signal ?? `exit ${code}`} although every test passed`
  return undefined
}
