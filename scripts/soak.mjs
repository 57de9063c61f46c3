// npm run soak [-- --seeds=500 --seed=1 --acts=40]: chaos over the three emulated messengers, one seed after the other;
// `--seed=N` alone runs that one.
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { provideMongod } from './lib/provide-mongod.mjs'
import { runMocha } from './lib/run-mocha.mjs'
import { explain } from './lib/say.mjs'
import { endAll, endOnSignals } from './lib/signals.mjs'
import { throwawayFolder } from './lib/throwaway-folder.mjs'

const ending = endOnSignals({ exitCode: 130 })
let failed = 1
try {
  const options = { seed: { type: 'string' }, seeds: { type: 'string' }, acts: { type: 'string' } }
  const { values } = parseArgs({ options })
  const { seed = '1', acts = '40', seeds = values.seed === undefined ? '500' : '1' } = values
  const outcome = await runMocha(['test/chaos/chaos.test.ts'], {
    PAIDAN_TEST_MONGODB_URI: await database(),
    PAIDAN_CHAOS_SEED: seed,
    PAIDAN_CHAOS_SEEDS: seeds,
    PAIDAN_CHAOS_ACTS: acts,
  })
  failed = outcome.failed
  process.stdout.write(`\n${outcome.passed} passed, ${outcome.failed} failed\n`)
} catch (error) {
  explain(error)
}
if (!ending.isEnding()) {
  await endAll(0)
  process.exitCode = failed === 0 ? 0 : 1
}

async function database() {
  if (process.env.PAIDAN_TEST_MONGODB_URI) return process.env.PAIDAN_TEST_MONGODB_URI
  const dbPath = throwawayFolder()
  process.on('exit', () => rmSync(dbPath, { recursive: true, force: true }))
  const { uri } = await provideMongod({ dbPath, testCommands: true, throwaway: true })
  return uri
}
