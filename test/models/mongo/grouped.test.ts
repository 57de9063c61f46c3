import { expect } from 'chai'
import type { Database } from '../../../src/models/mongo/database.js'
import { duplicateOn, isFinal } from '../../../src/models/mongo/failures.js'
import { grouped, groupedInsert, groupedWriters } from '../../../src/models/mongo/grouped.js'
import { shared } from '../../../src/models/mongo/share.js'
import { fromTicket } from '../../../src/models/mongo/ticket-docs.js'
import type { CardWish } from '../../../src/models/mongo/writers.js'
import { failCommand, heal } from '../../support/fail-command.js'
import { freshDatabase } from '../../support/fresh-database.js'
import { rejectionOf } from '../../support/rejection.js'
import { after as changeAfter, opening } from './support.js'

interface Doc {
  _id: string
  blob?: string
}

describe('group commit', () => {
  describe('of anything', () => {
    it('shares a round trip among callers that come while one is under way', async () => {
      const groups: string[][] = []
      let open = () => {}
      const gate = new Promise<void>((resolve) => (open = resolve))
      const one = grouped<string>(async (group) => {
        groups.push([...group])
        if (groups.length === 1) await gate
        return group.map(() => undefined)
      })
      const first = one('a')
      await new Promise((resolve) => setImmediate(resolve))
      const rest = [one('b'), one('c'), one('d')]
      open()
      await Promise.all([first, ...rest])
      expect(groups).to.deep.equal([['a'], ['b', 'c', 'd']])
    })

    it('keeps so many round trips under way as it may', async () => {
      const groups: string[][] = []
      const ends: (() => void)[] = []
      const one = grouped<string>(async (group) => {
        groups.push([...group])
        await new Promise<void>((resolve) => ends.push(resolve))
        return group.map(() => undefined)
      }, 2)
      const soon = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
      const all = [one('a')]
      await soon()
      all.push(one('b'), one('c'))
      await soon()
      all.push(one('d'))
      await soon()
      expect(groups).to.deep.equal([['a'], ['b', 'c']])
      ends[0]?.()
      await all[0]
      await soon()
      expect(groups).to.deep.equal([['a'], ['b', 'c'], ['d']])
      for (const end of ends) end()
      await Promise.all(all)
    })

    it('goes on without a round trip that never ends', async () => {
      const groups: string[][] = []
      const ask = async (group: readonly string[]) => {
        groups.push([...group])
        return groups.length === 1 ? await new Promise<never>(() => undefined) : group
      }
      const one = shared(ask, 1, 20)
      const hung = rejectionOf(one('a'))
      await new Promise((resolve) => setImmediate(resolve))
      const next = one('b')
      expect(isFinal(await hung)).to.equal(false)
      expect(await next).to.equal('b')
    })

    it('gives each caller the outcome that is theirs', async () => {
      const one = grouped<number>(async (group) =>
        group.map((n) => (n % 2 ? new Error(`odd ${n}`) : undefined)),
      )
      const results = await Promise.allSettled([one(0), one(1), one(2), one(3)])
      expect(
        results.map((result) => (result.status === 'rejected' ? result.reason.message : 'fine')),
      ).to.deep.equal(['fine', 'odd 1', 'fine', 'odd 3'])
    })

    it('goes on after a round trip that failed as a whole', async () => {
      let calls = 0
      const one = grouped<number>((group) => {
        calls += 1
        return calls === 1 ? Promise.reject(new Error('broken')) : Promise.resolve(group.map(() => undefined))
      })
      expect((await rejectionOf(one(1))).message).to.equal('broken')
      await one(2)
    })

    it('takes at most 500 along', async () => {
      const sizes: number[] = []
      const one = grouped<number>(async (group) => {
        sizes.push(group.length)
        return group.map(() => undefined)
      })
      await Promise.all(Array.from({ length: 1200 }, (_, i) => one(i)))
      expect(sizes).to.deep.equal([500, 500, 200])
    })
  })

  describe('of inserts', () => {
    const app = 'grouped'
    const database = freshDatabase()
    let mine: Database
    before(async () => {
      mine = await database.another({ appName: app })
    })
    afterEach(() => heal(database()))
    const collection = () => mine.db.collection<Doc>('things')
    const insertAll = async (docs: Doc[]) => {
      const insert = groupedInsert(collection())
      return await Promise.allSettled(docs.map((doc) => insert(doc)))
    }
    const reasons = (results: PromiseSettledResult<void>[]) =>
      results.map((result) => (result.status === 'rejected' ? (result.reason as unknown) : undefined))

    it('fails the duplicate alone', async () => {
      await collection().insertOne({ _id: 'b' })
      const errors = reasons(await insertAll([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }]))
      expect(errors[0]).to.equal(undefined)
      expect(duplicateOn(errors[1])).to.be.a('string')
      expect(errors[2]).to.equal(undefined)
      expect(await collection().countDocuments()).to.equal(3)
    })

    it('fails the second of two equals in one group alone', async () => {
      const errors = reasons(await insertAll([{ _id: 'a' }, { _id: 'a' }, { _id: 'b' }]))
      expect(errors.map((error) => duplicateOn(error) !== undefined)).to.deep.equal([false, true, false])
    })

    it('fails an oversized document alone', async () => {
      const blob = 'x'.repeat(17 * 1024 * 1024)
      const errors = reasons(await insertAll([{ _id: 'a' }, { _id: 'big', blob }, { _id: 'b' }]))
      expect(errors[0]).to.equal(undefined)
      expect(errors[1]).to.be.instanceOf(Error)
      expect(isFinal(errors[1])).to.equal(true)
      expect(errors[2]).to.equal(undefined)
      expect((await collection().find().toArray()).map(({ _id }) => _id)).to.have.members(['a', 'b'])
    }).timeout(30_000)

    it('lets nobody have succeeded when a majority did not confirm', async () => {
      const writeConcernError = { code: 64, errmsg: 'waiting for replication timed out' }
      await failCommand(database(), app, { failCommands: ['insert'], writeConcernError }, 1)
      const errors = reasons(await insertAll([{ _id: 'a' }, { _id: 'b' }]))
      for (const error of errors) expect(error).to.be.instanceOf(Error)
      expect(errors.map(isFinal)).to.deep.equal([false, false])
    })

    it('lets a duplicate beside it be as unclear as the rest', async () => {
      await collection().insertOne({ _id: 'b' })
      const writeConcernError = { code: 64, errmsg: 'waiting for replication timed out' }
      await failCommand(database(), app, { failCommands: ['insert'], writeConcernError }, 1)
      const errors = reasons(await insertAll([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }]))
      for (const error of errors) expect(error).to.be.instanceOf(Error)
      expect(errors.map(duplicateOn)).to.deep.equal([undefined, undefined, undefined])
    })

    it('lets nobody have succeeded when the connection breaks', async () => {
      await failCommand(database(), app, { failCommands: ['insert'], closeConnection: true }, 2)
      const errors = reasons(await insertAll([{ _id: 'a' }, { _id: 'b' }]))
      for (const error of errors) expect(error).to.be.instanceOf(Error)
      expect(errors.map(isFinal)).to.deep.equal([false, false])
      expect(await collection().countDocuments()).to.equal(0)
    })
  })

  describe('of tickets over their revisions before', () => {
    const database = freshDatabase()
    const at = (id: string, revision: number) => ({ ...ticketDoc, _id: id, number: id, revision })
    const revisions = async () =>
      Object.fromEntries((await database().tickets.find().toArray()).map((one) => [one._id, one.revision]))

    it('writes each over its own', async () => {
      await database().tickets.insertMany([at('a', 1), at('b', 4)])
      const { nextTicket } = groupedWriters(database())
      expect(await Promise.all([nextTicket(at('a', 2)), nextTicket(at('b', 5))])).to.deep.equal([true, true])
      expect(await revisions()).to.deep.equal({ a: 2, b: 5 })
    })

    it('claims it of nobody unless all were written, and writes over nothing else', async () => {
      await database().tickets.insertMany([at('a', 1), at('ahead', 4), at('behind', 1)])
      const { nextTicket } = groupedWriters(database())
      const written = await Promise.all(
        [at('a', 2), at('ahead', 3), at('behind', 3)].map((doc) => nextTicket(doc)),
      )
      expect(written).to.deep.equal([false, false, false])
      expect(await revisions()).to.deep.equal({ a: 2, ahead: 4, behind: 1 })
    })
  })

  describe('of cards’ wishes', () => {
    const app = 'wishes'
    const database = freshDatabase()
    let mine: Database
    before(async () => {
      mine = await database.another({ appName: app })
    })
    afterEach(() => heal(database()))

    it('keeps the highest of a group, and never goes back', async () => {
      const { card } = groupedWriters(mine)
      await Promise.all([card(wish('c', 2)), card(wish('c', 5)), card(wish('c', 3)), card(wish('d', 1))])
      expect(await wanted()).to.deep.equal({ c: 5, d: 1 })
      await card(wish('c', 4))
      expect(await wanted()).to.deep.equal({ c: 5, d: 1 })
    })

    it('settles two instances that wish for a new card at once', async () => {
      const others = [groupedWriters(mine), groupedWriters(database())]
      const ids = Array.from({ length: 30 }, (_, i) => `c${i}`)
      await Promise.all(ids.flatMap((id) => others.map(({ card }, i) => card(wish(id, i + 1)))))
      expect(new Set(Object.values(await wanted()))).to.deep.equal(new Set([2]))
      expect(await database().cards.countDocuments()).to.equal(30)
    })

    it('fails for everybody when the connection breaks', async () => {
      await failCommand(database(), app, { failCommands: ['update'], closeConnection: true }, 2)
      const { card } = groupedWriters(mine)
      const results = await Promise.allSettled([card(wish('c', 1)), card(wish('d', 1))])
      expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    })

    const wanted = async () =>
      Object.fromEntries((await database().cards.find().toArray()).map((card) => [card._id, card.wanted]))
  })
})

const ticketDoc = fromTicket(changeAfter(opening('t')).ticket)

function wish(_id: string, wanted: number): CardWish {
  return {
    _id,
    wanted,
    dueAt: new Date(0),
    fresh: {
      deskId: 'acme',
      ticketId: 't1',
      placeId: 'p',
      audience: 'team',
      address: { platform: 'slack', conversation: 'C' },
      generation: 0,
      attempts: 0,
    },
  }
}
