import { rmSync } from 'node:fs'
import { startMongod } from '../../scripts/lib/mongod.mjs'
import { withDatabase } from '../../scripts/lib/provide-mongod.mjs'
import { throwawayFolder } from '../../scripts/lib/throwaway-folder.mjs'

/** A mongod of a benchmark's own: a replica set of one, on disk, with the journal that majority writes wait for. */
export interface OwnMongod {
  pid: number
  /** What it is, with its version. */
  source: string
  /** A folder that goes when it ends. */
  folder: string
  /** The address of a database that nobody used before. */
  freshUri(): string
}

/** Runs `work` beside a mongod that ends with it. */
export async function withMongod(work: (mongod: OwnMongod) => Promise<void>): Promise<void> {
  const folder = throwawayFolder()
  const mongod = await startMongod({ dbPath: folder, throwaway: true })
  let databases = 0
  try {
    await work({
      pid: mongod.pid,
      source: `mongod ${mongod.source.split(', ').at(-1)}`,
      folder,
      freshUri: () => withDatabase(mongod.uri, `bench_${++databases}`),
    })
  } finally {
    await mongod.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
