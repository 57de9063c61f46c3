import { startMongod } from './mongod.mjs'
import { PlainError, say } from './say.mjs'

/**
 * The MongoDB to work on: the one that MONGODB_URI names, which is left running, or a replica set of our own that dies
 * with this process. Says in one line where it comes from. Returns `{ uri, own, exited, stop() }`.
 */
export async function provideMongod(options) {
  const named = process.env.MONGODB_URI
  if (!named) {
    const mongod = await startMongod(options)
    say(`mongod: ${mongod.source}`)
    return { ...mongod, own: true }
  }
  await checkNamed(named)
  say('mongod: the one that MONGODB_URI names')
  return { uri: named, own: false, exited: new Promise(() => {}), stop: async () => {} }
}

async function checkNamed(uri) {
  const { MongoClient } = await import('mongodb')
  let client
  try {
    client = new MongoClient(uri, { serverSelectionTimeoutMS: 5000 })
    const hello = await client.db('admin').command({ hello: 1 })
    if (hello.setName || hello.msg === 'isdbgrid') return
  } catch (error) {
    // The driver's message names hosts, never the credentials.
    throw new PlainError(
      `MONGODB_URI: no MongoDB answers there (${error.message}). Start it, or unset MONGODB_URI.`,
    )
  } finally {
    await client?.close()
  }
  throw new PlainError(
    'MONGODB_URI names a single server; Paidan needs a replica set. Start it with --replSet.',
  )
}

/** The same server with another database in the URI's path. */
export function withDatabase(uri, database) {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri)
  if (!parts) throw new PlainError('MONGODB_URI is not of the form mongodb://host:port/database?options')
  return `${parts[1]}/${database}${parts[2] ?? ''}`
}
