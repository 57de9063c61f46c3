import { join } from 'node:path'
import { expect } from 'chai'
import { MongoClient } from 'mongodb'
import { startMongod, startReplicaSet } from '../../scripts/lib/mongod.mjs'
import { withDatabase } from '../../scripts/lib/provide-mongod.mjs'
import { fixture, freePort, isAlive, spawnNode, temporaryFolder, until } from './spawned.js'

async function withClient<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri)
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

describe('startMongod', function () {
  this.timeout(60_000)
  const folder = temporaryFolder()

  it('starts a mongod that dies with its parent, even when that is killed', async () => {
    const parent = spawnNode([fixture('start-mongod.mjs'), join(folder(), 'a')])
    const [, pid] = await parent.saw(/^(\d+) mongodb:/m)
    expect(isAlive(Number(pid))).to.equal(true)
    parent.signal('SIGKILL')
    await parent.ended
    await until(() => !isAlive(Number(pid)))
  })

  it('keeps the data when it starts again on another port, and is primary at once', async () => {
    const dbPath = join(folder(), 'b')
    const first = await startMongod({ dbPath, port: await freePort() })
    await withClient(first.uri, (client) => client.db('kept').collection('things').insertOne({ name: 'one' }))
    await first.stop()
    const second = await startMongod({ dbPath, port: await freePort() })
    const names = await withClient(second.uri, async (client) => {
      await client.db('kept').collection('things').insertOne({ name: 'two' })
      return client.db('kept').collection('things').distinct('name')
    })
    await second.stop()
    expect(second.port).not.to.equal(first.port)
    expect(names).to.have.members(['one', 'two'])
  })

  it('says which folder is in use', async () => {
    const dbPath = join(folder(), 'c')
    const first = await startMongod({ dbPath, throwaway: true })
    const problem = await startMongod({ dbPath }).then(
      () => undefined,
      (error: unknown) => error,
    )
    await first.stop()
    expect(problem).to.have.property('folderInUse', true)
  })
})

describe('startReplicaSet', function () {
  this.timeout(60_000)
  const folder = temporaryFolder()

  it('elects another primary when the primary is killed, and takes the old one back', async () => {
    const set = await startReplicaSet({ nodes: 3, dir: folder() })
    try {
      const before = await set.primary()
      await set.kill(before)
      const after = await set.primary()
      expect(after).not.to.equal(before)
      await set.restart(before)
      const written = await withClient(set.uri, (client) =>
        client
          .db('x')
          .collection('x')
          .insertOne({ a: 1 }, { writeConcern: { w: 3 } }),
      )
      expect(written.acknowledged).to.equal(true)
    } finally {
      await set.stop()
    }
  })
})

describe('withDatabase', () => {
  const rows: [string, string][] = [
    ['mongodb://127.0.0.1:1,127.0.0.1:2/?replicaSet=r', 'mongodb://127.0.0.1:1,127.0.0.1:2/db?replicaSet=r'],
    ['mongodb://user:word@host/other?a=b', 'mongodb://user:word@host/db?a=b'],
    ['mongodb+srv://host', 'mongodb+srv://host/db'],
  ]
  for (const [uri, expected] of rows) {
    it(`names the database in ${uri}`, () => expect(withDatabase(uri, 'db')).to.equal(expected))
  }
})
