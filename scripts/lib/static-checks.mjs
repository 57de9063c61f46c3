import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './paths.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

/** The commands of `npm run check`, each on its own, so that one that fails hides none of the others. */
export function staticChecks(folder = root) {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return scripts.check.split('&&').map((command) => command.trim())
}

/** Runs the commands one after the other; shows the output of those that fail. Returns `{ passed, failed }`. */
export async function runStaticChecks(commands, folder = root) {
  const counts = { passed: 0, failed: 0 }
  const PATH = `${join(folder, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`
  for (const command of commands) {
    const started = performance.now()
    const { code, stdout, stderr } = await run(command, [], {
      cwd: folder,
      shell: true,
      env: { ...process.env, PATH },
    })
    const ms = Math.round(performance.now() - started)
    if (code === 0) counts.passed += 1
    else counts.failed += 1
    say(`${code === 0 ? '✓' : '✗'} ${command}  ${ms} ms`)
    if (code !== 0) say(`${stdout}${stderr}`.trimEnd())
  }
  return counts
}
