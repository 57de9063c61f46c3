import { type Database, type DatabaseOptions, openDatabase } from '../../src/models/mongo/database.js'
import { testDatabase } from './mongod.js'

export interface FreshDatabase {
  (): Database
  /** Another connection to the same database, closed with it: another instance of the program. */
  another(options?: DatabaseOptions & { appName?: string }): Promise<Database>
  /** What `MONGODB_URI` would be. */
  uri(): string
}

/** A database of the current `describe`'s own, with its indexes, emptied before each test. */
export function freshDatabase(): FreshDatabase {
  const named = testDatabase()
  const opened: Database[] = []
  const another: FreshDatabase['another'] = async ({ appName, ...options } = {}) => {
    const database = await openDatabase(appName ? `${named.uri()}&appName=${appName}` : named.uri(), options)
    opened.push(database)
    return database
  }
  before(async function () {
    this.timeout(60_000)
    await another()
  })
  beforeEach(async () => {
    const [database] = opened
    for (const collection of (await database?.db.collections()) ?? []) await collection.deleteMany({})
  })
  after(async () => {
    await Promise.all(opened.map((database) => database.close()))
  })
  const first = () => {
    const [database] = opened
    if (!database) throw new Error('the database is open from the `before` hooks on')
    return database
  }
  return Object.assign(first, { another, uri: named.uri })
}
