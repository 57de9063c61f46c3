import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Database, openDatabase } from '../../src/models/mongo/database.js'
import { freePort } from '../../src/sandbox/free-port.js'
import type { compiledProgram } from './compiled.js'
import type { OnMessenger } from './messengers.js'
import { addPeople } from './people.js'
import { type ServerProcess, startServer } from './server-process.js'

export interface PaidanUnderTest {
  server: ServerProcess
  database: Database
  stop(): Promise<void>
}

/** The whole program in a process of its own, on one messenger, on a database of its own, with the sample desk and `people` employees. */
export async function startPaidanUnderTest(
  program: Awaited<ReturnType<typeof compiledProgram>>,
  options: {
    mongodbUri: string
    on: Pick<OnMessenger, 'environment' | 'identityOf'>
    people: number
    folder: string
    nodeArgs?: string[]
  },
): Promise<PaidanUnderTest> {
  const env = {
    MONGODB_URI: options.mongodbUri,
    HOST: '127.0.0.1',
    ...options.on.environment,
  }
  const applied = spawnSync(process.execPath, [program.cli, 'desk', 'apply', program.deskFile], {
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  })
  if (applied.status !== 0) throw new Error(`desk apply: ${applied.stderr}`)
  const database = await openDatabase(options.mongodbUri, { maxPoolSize: 2 })
  await addPeople(database, 'sample', options.people, options.on.identityOf)
  const logFile = join(options.folder, 'paidan.log')
  const server = await startServer([...(options.nodeArgs ?? []), program.cli, 'serve'], env, {
    port: await freePort(),
    logFile,
    path: '/readyz',
  })
  return {
    server,
    database,
    stop: async () => {
      await server.stop()
      await database.db.dropDatabase()
      await database.close()
    },
  }
}
