// npm test [-- MOCHA'S ARGUMENTS]: installs what the tests need, runs the static checks and the tests, ends with
// `N passed, N failed`.
import { rmSync } from 'node:fs'
import { provideChromium } from './lib/chromium.mjs'
import { installDependencies } from './lib/install.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { provideMongod } from './lib/provide-mongod.mjs'
import { runMocha } from './lib/run-mocha.mjs'
import { explain, say } from './lib/say.mjs'
import { endAll, endOnSignals } from './lib/signals.mjs'
import { runStaticChecks, staticChecks } from './lib/static-checks.mjs'
import { throwawayFolder } from './lib/throwaway-folder.mjs'

const ending = endOnSignals({ exitCode: 130 })
let passed = 0
let failed = 0
try {
  checkNodeVersion()
  await installDependencies()
  const [checks, database, browser] = await Promise.all([
    runStaticChecks(staticChecks()),
    provided('mongod', startDatabase, ['PAIDAN_TEST_MONGODB_URI', 'PAIDAN_TEST_MONGODB_PROBLEM']),
    provided('chromium', provideChromium, ['PAIDAN_CHROMIUM', 'PAIDAN_CHROMIUM_PROBLEM']),
  ])
  const tests = await runMocha(process.argv.slice(2), { ...database, ...browser })
  passed = checks.passed + tests.passed
  failed = checks.failed + tests.failed
} catch (error) {
  explain(error)
  failed += 1
}
if (!ending.isEnding()) {
  await endAll(0)
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

/** The environment that tells the tests of what was provided or why it was not: the tests that need it then fail. */
async function provided(name, provide, [variable, problemVariable]) {
  try {
    return { [variable]: await provide() }
  } catch (error) {
    say(`${name}: ${error.message}`)
    return { [problemVariable]: error.message }
  }
}

async function startDatabase() {
  const dbPath = throwawayFolder()
  process.on('exit', () => rmSync(dbPath, { recursive: true, force: true }))
  const { uri } = await provideMongod({ dbPath, testCommands: true, throwaway: true })
  return uri
}
