import { AppError } from '../lib/errors.js'
import { type Database, openDatabase } from '../models/mongo/database.js'
import { configOrExit } from './config-or-exit.js'

/** Does `work` with the configured database; one line and status 1 when it does not answer. Returns the exit status. */
export async function withDatabase(work: (database: Database) => Promise<number>): Promise<number> {
  let database: Database
  try {
    database = await openDatabase(configOrExit().mongodbUri)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'database.unavailable') throw error
    process.stderr.write(`${DATABASE_AWAY}\n`)
    return 1
  }
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

export const DATABASE_AWAY = 'The database does not answer: look at MONGODB_URI and whether mongod runs.'
