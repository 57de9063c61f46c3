// A throwaway replica set of one node: prints its URI, runs until it is ended. node scripts/mongod.mjs
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMongod } from './lib/mongod.mjs'
import { explain, say } from './lib/say.mjs'

const dbPath = mkdtempSync(join(tmpdir(), 'paidan-mongod-'))
let mongod
try {
  mongod = await startMongod({ dbPath, testCommands: true, throwaway: true })
} catch (error) {
  process.exit(explain(error))
}
say(`mongod: ${mongod.source}; Ctrl-C ends it`)
process.stdout.write(`${mongod.uri}\n`)

const awake = setInterval(() => {}, 60_000)
async function stop() {
  clearInterval(awake)
  await mongod.stop()
  rmSync(dbPath, { recursive: true, force: true })
  process.exit(0)
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop)
void mongod.exited.then(stop)
