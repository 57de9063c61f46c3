import type { Database } from '../../src/models/mongo/database.js'

export interface Failing {
  failCommands: string[]
  closeConnection?: boolean
  errorCode?: number
  errorLabels?: string[]
  /** The command is carried out, and the answer carries this beside its result. */
  writeConcernError?: { code: number; errmsg: string }
}

/** Lets mongod fail commands of the connections named `appName`: the next `times`, or all until `heal`. */
export async function failCommand(
  database: Database,
  appName: string,
  failing: Failing,
  times?: number,
): Promise<void> {
  const mode = times === undefined ? 'alwaysOn' : { times }
  const data = { ...failing, appName }
  await database.connection.getClient().db('admin').command({ configureFailPoint: 'failCommand', mode, data })
}

export async function heal(database: Database): Promise<void> {
  await database.connection
    .getClient()
    .db('admin')
    .command({ configureFailPoint: 'failCommand', mode: 'off' })
}
