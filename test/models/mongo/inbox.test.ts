import { expect } from 'chai'
import { clockOffsetMs, now, setClockOffset } from '../../../src/lib/now.js'
import type { Database } from '../../../src/models/mongo/database.js'
import { groupedInsert } from '../../../src/models/mongo/grouped.js'
import { type Arrival, createInbox, type Inbox } from '../../../src/models/mongo/inbox.js'
import { plainInsert } from '../../../src/models/mongo/insert.js'
import { failCommand, heal } from '../../support/fail-command.js'
import { freshDatabase } from '../../support/fresh-database.js'
import { rejectionOf } from '../../support/rejection.js'

const DESK = 'acme'
const LEASE_MS = 30_000

describe('the inbox', () => {
  const database = freshDatabase()
  let other: Database
  before(async () => {
    other = await database.another({ appName: 'inbox', serverSelectionTimeoutMs: 1500 })
  })
  afterEach(() => {
    setClockOffset(0)
    return heal(database())
  })
  const inboxOf = (instance: string, of = database()): Inbox<string> =>
    createInbox(of, instance, groupedInsert(of.inbox), LEASE_MS)
  const one = () => inboxOf('one')
  const two = () => inboxOf('two', other)
  const later = (ms: number) => setClockOffset(clockOffsetMs() + ms)

  let arrived = 0
  function arrival(more: Partial<Arrival<string>> = {}): Arrival<string> {
    arrived += 1
    const name = String(arrived).padStart(6, '0')
    return {
      deskId: DESK,
      keys: [`event:${name}`, `message:${name}`],
      conversation: 'slack:D1',
      order: name,
      event: name,
      ...more,
    }
  }

  describe('takes arrivals in', () => {
    it('once under whatever name they come', async () => {
      expect(await one().add(arrival({ keys: ['e1', 'm1'] }))).to.equal(true)
      expect(await one().add(arrival({ keys: ['e1', 'm1'] }))).to.equal(false)
      expect(await one().add(arrival({ keys: ['e2', 'm1'] }))).to.equal(false)
      expect(await one().add(arrival({ keys: ['e1', 'm2'] }))).to.equal(false)
      expect(await one().add(arrival({ keys: ['e3', 'm3'] }))).to.equal(true)
      expect(await database().inbox.countDocuments()).to.equal(2)
    })

    it('once when four come at the same time at two instances', async () => {
      const inboxes = [one(), two(), one(), two()]
      const fresh = await Promise.all(inboxes.map((inbox) => inbox.add(arrival({ keys: ['e1', 'm1'] }))))
      expect(fresh.filter(Boolean)).to.have.length(1)
      expect(await database().inbox.countDocuments()).to.equal(1)
    })

    it('once after they were done, too', async () => {
      await one().add(arrival({ keys: ['e1'] }))
      const row = await one().lease(DESK, 'slack:D1')
      if (row) await one().done(row)
      expect(await one().add(arrival({ keys: ['e1'] }))).to.equal(false)
      expect(await one().waiting(DESK, 10)).to.deep.equal([])
    })

    it('under the same name at another desk', async () => {
      expect(await one().add(arrival({ keys: ['e1'] }))).to.equal(true)
      expect(await one().add(arrival({ deskId: 'umbrella', keys: ['e1'] }))).to.equal(true)
    })

    it('never without a majority', async () => {
      const writeConcernError = { code: 64, errmsg: 'waiting for replication timed out' }
      for (const insert of [groupedInsert(other.inbox), plainInsert(other.inbox)]) {
        const inbox = createInbox<string>(other, 'two', insert)
        await failCommand(database(), 'inbox', { failCommands: ['insert'], writeConcernError }, 1)
        expect(await rejectionOf(inbox.add(arrival()))).to.be.instanceOf(Error)
      }
    })

    it('nor calls them known when a majority did not confirm the row that knows them', async () => {
      await one().add(arrival({ keys: ['e1'] }))
      const writeConcernError = { code: 64, errmsg: 'waiting for replication timed out' }
      await failCommand(database(), 'inbox', { failCommands: ['insert'], writeConcernError }, 1)
      const inbox = two()
      const results = await Promise.allSettled([inbox.add(arrival({ keys: ['e1'] })), inbox.add(arrival())])
      expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    })

    it('not at all while the database is away', async () => {
      await failCommand(database(), 'inbox', { failCommands: ['insert'], closeConnection: true })
      expect(await rejectionOf(two().add(arrival()))).to.be.instanceOf(Error)
      await heal(database())
      expect(await two().add(arrival())).to.equal(true)
    }).timeout(30_000)
  })

  describe('leases', () => {
    it('the oldest of a conversation, whatever order they came in', async () => {
      await one().add(arrival({ order: '3', event: 'third' }))
      await one().add(arrival({ order: '1', event: 'first' }))
      await one().add(arrival({ order: '2', event: 'second' }))
      const events = []
      for (let row = await one().lease(DESK, 'slack:D1'); row; row = await one().lease(DESK, 'slack:D1')) {
        events.push(row.event)
        await one().done(row)
      }
      expect(events).to.deep.equal(['first', 'second', 'third'])
    })

    it('one row of a conversation at a time, over all instances', async () => {
      const stores = [one(), two()]
      for (let i = 0; i < 3; i++) await one().add(arrival())
      const leased = await Promise.all(
        Array.from({ length: 10 }, (_, i) => stores[i % 2]?.lease(DESK, 'slack:D1')),
      )
      expect(leased.filter(Boolean)).to.have.length(1)
      expect(await database().inbox.countDocuments({ leased: true })).to.equal(1)
    })

    it('rows of several conversations side by side', async () => {
      await one().add(arrival({ conversation: 'slack:D1' }))
      await one().add(arrival({ conversation: 'slack:D2' }))
      expect(await one().lease(DESK, 'slack:D1')).to.not.equal(undefined)
      expect(await two().lease(DESK, 'slack:D2')).to.not.equal(undefined)
    })

    it('nothing older that arrives while a younger one is worked on', async () => {
      await one().add(arrival({ order: '2', event: 'younger' }))
      const younger = await one().lease(DESK, 'slack:D1')
      await two().add(arrival({ order: '1', event: 'older' }))
      expect(await two().lease(DESK, 'slack:D1')).to.equal(undefined)
      if (younger) await one().done(younger)
      expect((await two().lease(DESK, 'slack:D1'))?.event).to.equal('older')
    })

    it('anew what a dead instance held, once its time is up', async () => {
      await one().add(arrival())
      const first = await one().lease(DESK, 'slack:D1')
      expect(first?.attempts).to.equal(1)
      later(LEASE_MS - 1000)
      expect(await two().lease(DESK, 'slack:D1')).to.equal(undefined)
      later(2000)
      const second = await two().lease(DESK, 'slack:D1')
      expect(second).to.include({ _id: first?._id, attempts: 2, leaseBy: 'two' })
    })

    it('the older one, though a dead instance holds a younger one', async () => {
      await one().add(arrival({ order: '2', event: 'younger' }))
      await one().lease(DESK, 'slack:D1')
      await one().add(arrival({ order: '1', event: 'older' }))
      later(LEASE_MS + 1000)
      let row = await two().lease(DESK, 'slack:D1')
      row ??= await two().lease(DESK, 'slack:D1')
      expect(row?.event).to.equal('older')
    })

    it('nothing for whoever has lost the lease: their word does not count any more', async () => {
      await one().add(arrival())
      const lost = await one().lease(DESK, 'slack:D1')
      later(LEASE_MS + 1000)
      const held = await two().lease(DESK, 'slack:D1')
      if (lost) {
        await one().done(lost)
        await one().aside(lost, 'x')
        await one().later(lost, now(), 'x')
      }
      expect(await database().inbox.findOne()).to.include({ state: 'new', leaseBy: 'two' })
      if (held) await two().done(held)
      expect(await database().inbox.findOne()).to.include({ state: 'done' })
    })
  })

  describe('settles', () => {
    it('what is done, for ever', async () => {
      await one().add(arrival({ keys: ['e1', 'message:m1'] }))
      expect(await one().isDone(DESK, 'message:m1')).to.equal(false)
      const row = await one().lease(DESK, 'slack:D1')
      if (row) await one().done(row)
      expect(await one().isDone(DESK, 'message:m1')).to.equal(true)
      expect(await one().isDone('umbrella', 'message:m1')).to.equal(false)
      expect((await one().byId(row?._id ?? ''))?.event).to.be.a('string')
      expect(await one().lease(DESK, 'slack:D1')).to.equal(undefined)
    })

    it('what waits: nothing of its conversation is taken until then', async () => {
      await one().add(arrival({ order: '1' }))
      await one().add(arrival({ order: '2' }))
      const row = await one().lease(DESK, 'slack:D1')
      if (row) await one().later(row, new Date(now().getTime() + 5000), 'thread')
      expect(await one().lease(DESK, 'slack:D1')).to.equal(undefined)
      later(5001)
      expect(await one().waiting(DESK, 10)).to.deep.equal(['slack:D1'])
      expect((await one().lease(DESK, 'slack:D1'))?.attempts).to.equal(2)
    })

    it('what fails for good: it is out of the way, and seen', async () => {
      await one().add(arrival({ order: '1', event: 'poison' }))
      await one().add(arrival({ order: '2', event: 'good' }))
      const poison = await one().lease(DESK, 'slack:D1')
      if (poison) await one().aside(poison, 'internal.bug')
      expect((await one().lease(DESK, 'slack:D1'))?.event).to.equal('good')
      expect(await one().counts(DESK)).to.include({ waiting: 1, aside: 1 })
      expect(await database().inbox.findOne({ state: 'aside' })).to.include({ reason: 'internal.bug' })
    })
  })

  describe('finds', () => {
    it('conversations with something to do now, each once', async () => {
      for (const conversation of ['a', 'b', 'a']) await one().add(arrival({ conversation }))
      expect(await two().waiting(DESK, 10)).to.have.members(['a', 'b'])
    })

    it('the others though one conversation is blocked under hundreds of messages', async () => {
      for (let i = 0; i < 12; i++) await one().add(arrival({ conversation: 'blocked' }))
      const head = await one().lease(DESK, 'blocked')
      if (head) await one().later(head, new Date(now().getTime() + 60_000), 'internal.bug')
      later(1000)
      await one().add(arrival({ conversation: 'free' }))
      // as a worker does: it tries what it is offered, and looks again
      let found: string[] = []
      for (let looks = 0; looks < 3 && !found.includes('free'); looks++) {
        found = await one().waiting(DESK, 1)
        if (!found.includes('free')) for (const name of found) await one().lease(DESK, name)
      }
      expect(found).to.deep.equal(['free'])
      later(60_000)
      expect(await one().waiting(DESK, 20)).to.include('blocked')
    })

    it('the others though one conversation has more to do than is asked for', async () => {
      for (let i = 0; i < 12; i++) await one().add(arrival({ conversation: 'busy' }))
      await one().lease(DESK, 'busy')
      await one().add(arrival({ conversation: 'free' }))
      expect(await two().waiting(DESK, 10)).to.deep.equal(['busy', 'free'])
    })

    it('how many wait and since when, however often the oldest was put off', async () => {
      expect(await one().counts(DESK)).to.deep.equal({ waiting: 0, aside: 0 })
      await one().add(arrival({ conversation: 'a', order: '1' }))
      const since = (await database().inbox.findOne())?.receivedAt
      const row = await one().lease(DESK, 'a')
      if (row) await one().later(row, new Date(now().getTime() + 600_000), 'x')
      later(300_000)
      await one().add(arrival({ conversation: 'b' }))
      expect(await one().counts(DESK)).to.deep.equal({ waiting: 2, aside: 0, oldest: since })
    })
  })

  it('forgets what is done after seven days, by itself', async () => {
    const indexes = await database().inbox.indexes()
    expect(indexes.find((index) => 'doneAt' in index.key)?.expireAfterSeconds).to.equal(7 * 24 * 3600)
  })
})
