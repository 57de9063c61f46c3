import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { MongoClient } from 'mongodb'
import { startMongod } from '../../scripts/lib/mongod.mjs'
import { withDatabase } from '../../scripts/lib/provide-mongod.mjs'
import { throwawayFolder } from '../../scripts/lib/throwaway-folder.mjs'

/** A database of one test file's own. */
export interface TestDatabase {
  /** Its name, known at once. */
  readonly name: string
  /** Its connection string, with the name in it; known from the `before` hooks on. */
  uri(): string
}

let shared: Promise<{ uri: string; stop: () => Promise<unknown> }> | undefined

/** The shared server's connection string: the one `npm test` has started, else one that is started now. */
export async function testServerUri(): Promise<string> {
  const given = process.env.PAIDAN_TEST_MONGODB_URI
  if (given) return given
  const problem = process.env.PAIDAN_TEST_MONGODB_PROBLEM
  if (problem) throw new Error(`this test needs a mongod: ${problem}`)
  shared ??= start()
  return (await shared).uri
}

async function start() {
  const dbPath = throwawayFolder()
  const mongod = await startMongod({ dbPath, testCommands: true, throwaway: true })
  return {
    uri: mongod.uri,
    stop: async () => {
      await mongod.stop()
      rmSync(dbPath, { recursive: true, force: true })
    },
  }
}

/**
 * Gives the current `describe` (or file) an empty database on a real replica set, and drops it afterwards. To be called where
 * hooks are registered, before the hooks that use it.
 */
export function testDatabase(): TestDatabase {
  const name = `paidan_test_${randomBytes(6).toString('hex')}`
  let uri: string | undefined
  before(async function () {
    // A first run may have to fetch mongod.
    this.timeout(180_000)
    uri = withDatabase(await testServerUri(), name)
  })
  after(async () => {
    if (uri === undefined) return
    const client = new MongoClient(uri)
    try {
      await client.db(name).dropDatabase()
    } finally {
      await client.close()
    }
  })
  return {
    name,
    uri() {
      if (uri === undefined) throw new Error('the test database is known from the `before` hooks on')
      return uri
    },
  }
}

// Registered at the root when the first test file imports this module: it runs after everything else.
if (typeof after === 'function') {
  after(async () => {
    await (await shared)?.stop()
  })
}
