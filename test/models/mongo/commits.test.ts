import { expect } from 'chai'
import { mongo } from 'mongoose'
import { AppError } from '../../../src/lib/errors.js'
import { insertCommit } from '../../../src/models/mongo/commits.js'
import type { Database } from '../../../src/models/mongo/database.js'
import { plainInsert } from '../../../src/models/mongo/insert.js'
import { firstBroken } from '../../../src/models/ticket/hash.js'
import { failCommand, heal } from '../../support/fail-command.js'
import { freshDatabase } from '../../support/fresh-database.js'
import { rejectionOf } from '../../support/rejection.js'
import { changed, committed, opening, storeOf, WRITERS } from './support.js'

describe('committing', () => {
  const database = freshDatabase()

  for (const [name, writersOf] of WRITERS) {
    describe(`with ${name}`, () => {
      const store = (of: Database = database()) => storeOf(of, writersOf(of))

      it('writes the opening commit, and the ticket that follows from it', async () => {
        const result = await store().commit(opening('t1', { number: '2026110001' }))
        expect(result).to.deep.include({ kind: 'done' })
        expect(await store().load('t1')).to.deep.include({
          number: '2026110001',
          revision: 1,
          status: 'new',
          title: 'My VPN is down',
        })
        expect(await database().commits.countDocuments()).to.equal(1)
      })

      it('stamps a commit with the server’s own clock', async () => {
        await store().commit(opening('t1'))
        const stored = await database().commits.findOne()
        expect(stored?.ts.getHighBits()).to.be.greaterThan(0)
      })

      it('gives one of two racing changes the place, and tells the other that it has lost', async () => {
        const ticket = await committed(store(), opening('t1'))
        const [a, b] = await Promise.all([
          store().commit(changed(ticket, 'bo', { verb: 'claim' }, { cause: 'click:bo' })),
          store().commit(changed(ticket, 'cy', { verb: 'claim' }, { cause: 'click:cy' })),
        ])
        expect([a.kind, b.kind].sort()).to.deep.equal(['done', 'lost'])
        expect(await database().commits.countDocuments({ ticketId: 't1', seq: 2 })).to.equal(1)
        const winner = a.kind === 'done' ? 'bo' : 'cy'
        expect(await store().load('t1')).to.deep.include({ assigneeId: winner, revision: 2 })
      })

      it('gives the place to one of twenty in two instances', async () => {
        const ticket = await committed(store(), opening('t1'))
        const stores = [store(), store(await database.another())]
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            stores[i % 2]?.commit(changed(ticket, 'bo', { verb: 'claim' }, { cause: `click:${i}` })),
          ),
        )
        expect(results.filter((result) => result?.kind === 'done')).to.have.length(1)
        expect(results.filter((result) => result?.kind === 'lost')).to.have.length(19)
        expect(await database().commits.countDocuments({ ticketId: 't1' })).to.equal(2)
      })

      it('commits one cause once, one after the other', async () => {
        await committed(store(), opening('t1', { cause: 'open:m1' }))
        const again = await store().commit(opening('t2', { cause: 'open:m1' }))
        expect(again.kind).to.equal('duplicate')
        expect(again.kind === 'duplicate' && again.ticket.id).to.equal('t1')
        expect(await database().tickets.countDocuments()).to.equal(1)
      })

      it('commits one cause once, at the same time and from two instances', async () => {
        const stores = [store(), store(await database.another())]
        const results = await Promise.all(
          Array.from({ length: 8 }, (_, i) =>
            stores[i % 2]?.commit(opening(`t${i}`, { cause: 'open:m1', number: `20261190${i}0` })),
          ),
        )
        const ids = results.map((result) => (result && result.kind !== 'lost' ? result.ticket.id : 'lost'))
        expect(new Set(ids).size).to.equal(1)
        expect(results.filter((result) => result?.kind === 'done')).to.have.length(1)
        expect(await database().commits.countDocuments()).to.equal(1)
        expect(await database().tickets.countDocuments()).to.equal(1)
      })

      it('finds a cause committed on a later revision, too', async () => {
        const first = await committed(store(), opening('t1'))
        const claim = changed(first, 'bo', { verb: 'claim' }, { cause: 'click:1' })
        const second = await committed(store(), claim)
        await committed(
          store(),
          changed(second, 'bo', { verb: 'priority', priority: 'low' }, { cause: 'click:2' }),
        )
        const again = await store().commit(claim)
        expect(again.kind).to.equal('duplicate')
        expect(again.kind === 'duplicate' && again.ticket.revision).to.equal(3)
      })

      it('chains the commits of a ticket', async () => {
        const first = await committed(store(), opening('t1'))
        const second = await committed(store(), changed(first, 'bo', { verb: 'claim' }, { cause: 'click:1' }))
        await committed(
          store(),
          changed(second, 'bo', { verb: 'resolve', resolution: 'Done.' }, { cause: 'click:2' }),
        )
        const history = await store().history('t1')
        expect(history.map(({ seq }) => seq)).to.deep.equal([1, 2, 3])
        expect(firstBroken(history)).to.equal(undefined)
        expect((await store().load('t1'))?.hash).to.equal(history[2]?.hash)
      })

      it('reads the history of one ticket only, whatever its neighbours are called', async () => {
        for (const id of ['t', 't1', 't10']) await committed(store(), opening(id))
        expect((await store().history('t1')).map(({ ticketId }) => ticketId)).to.deep.equal(['t1'])
        expect((await store().history('t')).map(({ ticketId }) => ticketId)).to.deep.equal(['t'])
      })

      it('refuses a number that was given before', async () => {
        await committed(store(), opening('t1', { number: '2026110007' }))
        const second = await store().commit(opening('t2', { number: '2026110007' }))
        expect(second.kind).to.equal('lost')
        expect(await database().tickets.countDocuments()).to.equal(1)
      })
    })

    describe(`with ${name} and unclear answers`, () => {
      const app = `unclear-${name.split(' ')[0]}`
      let unsure: Database
      before(async () => {
        unsure = await database.another({ appName: app, serverSelectionTimeoutMs: 1500 })
      })
      afterEach(() => heal(database()))
      const store = () => storeOf(unsure, writersOf(unsure))
      const claimed = async () => {
        const ticket = await committed(storeOf(database()), opening('t1'))
        return changed(ticket, 'bo', { verb: 'claim' }, { cause: 'click:1' })
      }

      it('commits once when the connection breaks before the write', async () => {
        const claim = await claimed()
        await failCommand(database(), app, { failCommands: ['insert'], closeConnection: true }, 3)
        expect((await store().commit(claim)).kind).to.equal('done')
        expect(await database().commits.countDocuments({ ticketId: 't1' })).to.equal(2)
      })

      it('commits once when the write is applied but not confirmed by a majority', async () => {
        const claim = await claimed()
        const writeConcernError = { code: 64, errmsg: 'waiting for replication timed out' }
        await failCommand(database(), app, { failCommands: ['insert'], writeConcernError }, 1)
        const result = await store().commit(claim)
        expect(result.kind).to.equal('done')
        expect(await database().commits.countDocuments({ ticketId: 't1' })).to.equal(2)
        expect((await storeOf(database()).load('t1'))?.assigneeId).to.equal('bo')
      })

      it('says that it is unknown when nothing ever answers', async () => {
        const claim = await claimed()
        await failCommand(database(), app, { failCommands: ['insert', 'find'], closeConnection: true })
        const error = await rejectionOf(store().commit(claim))
        expect(error).to.be.instanceOf(AppError).and.to.include({ code: 'commit.unknown' })
        await heal(database())
        // whoever comes again with the same cause finds out
        expect((await store().commit(claim)).kind).to.be.oneOf(['done', 'duplicate'])
        expect(await database().commits.countDocuments({ ticketId: 't1' })).to.equal(2)
      }).timeout(30_000)

      it('does not call a race lost when it cannot look', async () => {
        const claim = await claimed()
        await storeOf(database()).commit(claim)
        await failCommand(database(), app, { failCommands: ['find'], closeConnection: true }, 2)
        const result = await store().commit(claim)
        expect(result.kind).to.equal('duplicate')
      }).timeout(30_000)

      it('throws what the server clearly refuses, at once', async () => {
        const claim = await claimed()
        await failCommand(database(), app, { failCommands: ['insert'], errorCode: 121 }, 1)
        const error = await rejectionOf(store().commit(claim))
        expect(error).to.include({ code: 121 })
        expect(await database().commits.countDocuments({ ticketId: 't1' })).to.equal(1)
      })
    })
  }

  it('finds its own commit when the answer is cut after the write', async () => {
    const insert = plainInsert(database().commits)
    let cuts = 0
    const cut: typeof insert = async (doc) => {
      await insert(doc)
      cuts += 1
      throw new mongo.MongoNetworkError('connection reset')
    }
    const result = await insertCommit(database(), cut, opening('t1'))
    expect(result.kind).to.equal('inserted')
    expect(cuts).to.equal(1)
    expect(await database().commits.countDocuments()).to.equal(1)
  })

  it('looks for its commit when the driver hands on the socket’s own error', async () => {
    const insert = plainInsert(database().commits)
    const cut: typeof insert = async (doc) => {
      await insert(doc)
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' })
    }
    expect((await insertCommit(database(), cut, opening('t1'))).kind).to.equal('inserted')
  })

  it('waits no longer than its time for a server that does not answer', async () => {
    const hurried = await database.another({ appName: 'hurried', socketTimeoutMs: 500 })
    const ask = { failCommands: ['insert'], blockConnection: true, blockTimeMS: 3000 }
    await failCommand(database(), 'hurried', ask)
    const error = await rejectionOf(plainInsert(hurried.messages)({ _id: 'm1' } as never))
    await heal(database())
    expect(error).to.be.instanceOf(mongo.MongoNetworkTimeoutError)
  })

  it('finds another’s commit of the same cause when the answer is cut before the write', async () => {
    await committed(storeOf(database()), opening('t1', { cause: 'open:m1' }))
    const cut = () => Promise.reject(new mongo.MongoNetworkError('connection reset'))
    const result = await insertCommit(database(), cut, opening('t2', { cause: 'open:m1' }))
    expect(result.kind).to.equal('duplicate')
  })
})
