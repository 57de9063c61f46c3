import { expect } from 'chai'
import { type Database, openDatabase } from '../../src/models/mongo/database.js'
import { testDatabase } from '../support/mongod.js'
import { until, worlds } from './support.js'

describe('two deliverers on one database', () => {
  const world = worlds(testDatabase())

  it('say each row and post each card once between them', async function () {
    this.timeout(60_000)
    const { delivery, messenger, another, open, does } = world()
    const other = another()
    delivery.start()
    other.start()
    // posts that take a while: whoever does not respect a lease posts beside somebody else
    messenger.before = async (call) => {
      if (call.method.startsWith('post')) await new Promise((resolve) => setTimeout(resolve, 10))
    }
    const wake = () => {
      delivery.wake()
      other.wake()
    }
    const texts: string[] = []
    for (let i = 0; i < 6; i++) {
      const ticket = await open({ requesterId: i % 2 === 0 ? 'ann' : 'sam' })
      await does('bo', ticket.id, { verb: 'claim' })
      for (let j = 0; j < 3; j++) {
        const text = `words ${i}.${j}`
        texts.push(text)
        const source = { placeId: 'team:it:slack', messageId: `s-${i}-${j}` }
        await does('bo', ticket.id, {
          verb: 'discuss',
          touch: { id: `x-${i}-${j}`, text, files: [], source },
        })
        wake()
      }
    }
    await Promise.all([delivery.idle(), other.idle()])
    const keys = messenger.messages.map((one) => one.key)
    expect(new Set(keys).size).to.equal(keys.length)
    const words = [...messenger.in('D-ANN'), ...messenger.in('D-SAM')].flatMap((one) => one.words?.text ?? [])
    expect([...words].sort()).to.deep.equal([...texts].sort())
    const inOrder = messenger.in('D-ANN').flatMap((one) => one.words?.text ?? [])
    expect(inOrder).to.deep.equal(texts.filter((text) => inOrder.includes(text)))
    expect(messenger.count('postCard')).to.equal(12)
    expect(messenger.messages.filter((one) => one.key.startsWith('opener:'))).to.have.length(6)
  })
})

describe('a deliverer whose database goes away', () => {
  const database = testDatabase()
  const world = worlds(database)
  let own: Database | undefined
  /** One on a connection of its own, which can be cut without cutting anybody else off. */
  async function cutOff() {
    const { another, database: db } = world()
    own = await openDatabase(`${database.uri()}&appName=paidan-away`)
    const admin = db.connection.getClient().db('admin')
    const cut = (mode: unknown, ...failCommands: string[]) =>
      admin.command({
        configureFailPoint: 'failCommand',
        mode,
        data: { failCommands, closeConnection: true, appName: 'paidan-away' },
      })
    return { delivery: another({ database: own }), cut }
  }
  afterEach(async () => {
    await own?.close()
    own = undefined
  })

  it('waits, and goes on by itself when it is back', async () => {
    const { messenger, open, log } = world()
    const { delivery, cut } = await cutOff()
    delivery.start()
    await open()
    await delivery.idle()
    await cut('alwaysOn', 'find', 'findAndModify')
    try {
      await open({ requesterId: 'sam' })
      delivery.wake()
      await until(() => log.some((one) => one.message === 'delivery cannot look'))
    } finally {
      await cut('off', 'find')
    }
    await until(() => messenger.in('D-SAM').length === 1)
    await until(() => messenger.in('C-IT').filter((one) => one.card).length === 2)
    await delivery.idle()
    expect(messenger.count('postCard')).to.equal(4)
    await delivery.stop()
  })

  it('does not forget what it has posted while the note could not be written', async () => {
    const { messenger, open } = world()
    const { delivery, cut } = await cutOff()
    let notes = 0
    messenger.before = async (call) => {
      if (notes > 0 || call.method !== 'postCard' || call.where !== 'C-IT') return
      notes += 1
      await cut({ times: 6 }, 'update', 'insert')
    }
    delivery.start()
    await open()
    try {
      await delivery.idle()
    } finally {
      await cut('off', 'update')
    }
    expect(notes).to.equal(1)
    expect(messenger.count('findPosted')).to.equal(0)
    expect(messenger.in('C-IT').filter((one) => one.card)).to.have.length(1)
    expect(messenger.in('C-IT').filter((one) => one.key.startsWith('opener:'))).to.have.length(1)
    await delivery.stop()
  })
})
