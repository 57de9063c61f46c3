import { expect } from 'chai'
import { createCardStore } from '../../src/models/mongo/cards.js'
import { createOutboxStore } from '../../src/models/mongo/outbox.js'
import { testDatabase } from '../support/mongod.js'
import { worlds } from './support.js'

describe('leases', () => {
  const world = worlds(testDatabase())
  const T = Date.now()
  // far behind whatever the program writes as due while the whole suite runs
  const at = (ms: number) => new Date(T + 86_400_000 + ms)

  it('of rows are one deliverer’s until they run out; whoever is late changes nothing', async () => {
    const { database, replies } = world()
    const [a, b] = ['a', 'b'].map((run) => createOutboxStore(database, 'acme', run)) as [
      ReturnType<typeof createOutboxStore>,
      ReturnType<typeof createOutboxStore>,
    ]
    await replies.say('acme', 'k', { platform: 'slack', conversation: 'D' }, { title: 'x' })
    const ids = ['reply:k']
    expect(await a.lease(ids, at(0), at(1000))).to.have.length(1)
    expect(await b.lease(ids, at(999), at(2000))).to.have.length(0)
    expect(await a.lease(ids, at(500), at(1000))).to.have.length(1)
    expect(await b.lease(ids, at(1000), at(2000))).to.have.length(1)
    expect(await a.markTried(ids, at(1000), { platform: 'slack', conversation: 'D' })).to.equal(false)
    await a.finish(ids, at(1000), 'sent')
    await a.setAside(ids, at(1000), 'x')
    await a.postpone(ids, { until: at(9000), counts: true, untried: true })
    await a.release(ids)
    const row = await database.outbox.findOne({ _id: 'reply:k' })
    expect([row?.state, row?.leaseBy, row?.attempts, row?.triedAt]).to.deep.equal(['due', 'b', 0, undefined])
    await b.finish(ids, at(1500), 'sent')
    expect(await a.lease(ids, at(5000), at(6000))).to.have.length(0)
  })

  it('of cards are one deliverer’s until they run out; whoever is late changes nothing', async () => {
    const { database, open } = world()
    const [a, b] = ['a', 'b'].map((run) => createCardStore(database, 'acme', run)) as [
      ReturnType<typeof createCardStore>,
      ReturnType<typeof createCardStore>,
    ]
    const id = `${(await open()).id}:team:it:slack`
    expect(await a.lease(id, at(0), at(1000))).to.include({ _id: id })
    expect(await b.lease(id, at(999), at(2000))).to.equal(undefined)
    expect((await b.unposted(at(999), 'slack:C-IT', 5)).map((one) => one._id)).to.deep.equal([])
    expect((await b.lease(id, at(1000), at(2000)))?.leaseBy).to.equal('a')
    expect(await a.markTried(id, at(1000))).to.equal(false)
    expect(await a.finish(id, { revision: 1, hash: 'h' })).to.equal(false)
    await a.setAside(id, 1, 'x')
    await a.repost(id, [], at(0))
    await a.postpone(id, { until: at(9000), at: at(0), counts: true, untried: true })
    const card = await database.cards.findOne({ _id: id })
    expect([card?.leaseBy, card?.attempts, card?.generation, card?.asideReason]).to.deep.equal([
      'b',
      0,
      0,
      undefined,
    ])
  })

  it('does not set a card aside over a wish that came meanwhile', async () => {
    const { database, open, does } = world()
    const store = createCardStore(database, 'acme', 'a')
    const ticket = await open()
    const id = `${ticket.id}:team:it:slack`
    await store.lease(id, at(0), at(1000))
    await does('bo', ticket.id, { verb: 'claim' })
    await store.setAside(id, 1, 'invalid')
    const card = await database.cards.findOne({ _id: id })
    expect([card?.asideReason, card?.wanted, card?.leaseBy]).to.deep.equal([undefined, 2, undefined])
    expect(await store.lease(id, at(0), at(1000))).to.include({ _id: id })
  })

  it('keeps a card due when a wish came while it was being shown', async () => {
    const { database, open, does } = world()
    const store = createCardStore(database, 'acme', 'a')
    const ticket = await open()
    const id = `${ticket.id}:team:it:slack`
    await store.lease(id, at(0), at(1000))
    await does('bo', ticket.id, { verb: 'claim' })
    expect(await store.finish(id, { revision: 1, hash: 'h', at: at(0) })).to.equal(true)
    const card = await database.cards.findOne({ _id: id })
    expect([card?.shown, card?.wanted, card?.dueAt === undefined]).to.deep.equal([1, 2, false])
  })
})
