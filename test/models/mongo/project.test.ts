import { expect } from 'chai'
import { project } from '../../../src/models/mongo/project.js'
import { fold } from '../../../src/models/ticket/fold.js'
import type { Ticket } from '../../../src/models/ticket/ticket.js'
import { freshDatabase } from '../../support/fresh-database.js'
import { rejectionOf } from '../../support/rejection.js'
import { says, TEAM_PLACE } from '../ticket/support.js'
import { changed, committed, opening, rowsOf, storeOf, WRITERS } from './support.js'

describe('projecting', () => {
  const database = freshDatabase()

  for (const [name, writersOf] of WRITERS) {
    describe(`with ${name}`, () => {
      const store = () => storeOf(database(), writersOf(database()))
      const nothing = () => undefined

      /** Opened, claimed, answered and resolved: mirrors, marks, cards, spans and notices. */
      async function history(): Promise<Ticket> {
        const tickets = store()
        const opened = await committed(tickets, opening('t1', { number: '2026110001' }))
        const claimed = await committed(tickets, changed(opened, 'bo', { verb: 'claim' }, { cause: 'c1' }))
        const touch = { ...says('Try the other gateway', TEAM_PLACE), id: 'touch-2' }
        const answered = await committed(
          tickets,
          changed(claimed, 'bo', { verb: 'discuss', touch }, { cause: 'c2' }),
        )
        return await committed(
          tickets,
          changed(answered, 'bo', { verb: 'resolve', resolution: 'Done.' }, { cause: 'c3' }),
        )
      }

      it('makes the ticket’s document the fold of its commits', async () => {
        await history()
        const commits = await store().history('t1')
        const folded = commits.reduce<Ticket | null>((ticket, commit) => fold(ticket, commit), null)
        expect(await store().load('t1')).to.deep.equal(folded)
      })

      it('changes nothing when any commit is projected again, in whatever state', async () => {
        await history()
        const rows = await rowsOf(database())
        expect(rows.outbox).to.not.be.empty
        expect(rows.messages).to.have.length(2)
        expect(rows.spans).to.have.length(2)
        const commits = await store().history('t1')
        for (const order of [commits, [...commits].reverse(), [...commits, ...commits]]) {
          for (const commit of order) {
            const before = commits
              .slice(0, commit.seq - 1)
              .reduce<Ticket | null>((ticket, one) => fold(ticket, one), null)
            await project(database(), writersOf(database()), before, commit, nothing)
          }
        }
        expect(await rowsOf(database())).to.deep.equal(rows)
      })

      it('changes nothing when all of it happens at once', async () => {
        await history()
        const rows = await rowsOf(database())
        const commits = await store().history('t1')
        const writers = writersOf(database())
        await Promise.all(
          [...commits, ...commits].map((commit) => {
            const before = commits
              .slice(0, commit.seq - 1)
              .reduce<Ticket | null>((ticket, one) => fold(ticket, one), null)
            return project(database(), writers, before, commit, nothing)
          }),
        )
        expect(await rowsOf(database())).to.deep.equal(rows)
      })

      it('leaves what was done with a row alone', async () => {
        await history()
        await database().outbox.updateMany({}, { $set: { state: 'done', attempts: 3 } })
        await database().cards.updateMany({}, { $set: { messageId: '17.1', shown: 4 } })
        const rows = await rowsOf(database())
        const [first] = await store().history('t1')
        if (!first) throw new Error('nothing was opened')
        await project(database(), writersOf(database()), null, first, nothing)
        expect(await rowsOf(database())).to.deep.equal(rows)
      })

      it('never skips a revision: what is missing before it is projected first', async () => {
        const last = await history()
        const rows = await rowsOf(database())
        const commits = await store().history('t1')
        const [first] = commits
        const final = commits.at(-1)
        if (!first || !final) throw new Error('nothing was opened')
        for (const one of ['tickets', 'outbox', 'messages', 'cards', 'spans'] as const)
          await database().db.collection(one).deleteMany({})
        await project(database(), writersOf(database()), null, first, nothing)
        const before = commits.slice(0, -1).reduce<Ticket | null>((ticket, one) => fold(ticket, one), null)
        await project(database(), writersOf(database()), before, final, nothing)
        expect(await store().load('t1')).to.deep.equal(last)
        expect(await rowsOf(database())).to.deep.equal(rows)
      })

      it('repairs a ticket that has no document at all', async () => {
        const last = await history()
        const rows = await rowsOf(database())
        for (const one of ['tickets', 'outbox', 'messages', 'cards', 'spans'] as const)
          await database().db.collection(one).deleteMany({})
        expect(await store().repair('t1')).to.deep.equal(last)
        expect(await rowsOf(database())).to.deep.equal(rows)
      })

      it('does not let the loser of a race go on with an old ticket', async () => {
        const tickets = store()
        const opened = await committed(tickets, opening('t1'))
        const winner = changed(opened, 'bo', { verb: 'claim' }, { cause: 'c1' })
        const loser = changed(opened, 'cy', { verb: 'claim' }, { cause: 'c2' })
        const writers = writersOf(database())
        // the winner dies between its commit and the projection
        const dying = storeOf(database(), { ...writers, card: () => Promise.reject(new Error('crash')) })
        expect((await rejectionOf(dying.commit(winner))).message).to.equal('crash')
        expect(await tickets.load('t1')).to.deep.include({ revision: 1 })
        expect((await tickets.commit(loser)).kind).to.equal('lost')
        expect(await tickets.load('t1')).to.deep.include({ revision: 2, assigneeId: 'bo' })
      })
    })
  }

  it('repairs nothing where there is no such ticket', async () => {
    expect(await storeOf(database()).repair('nobody')).to.equal(null)
    expect(await storeOf(database()).load('nobody')).to.equal(undefined)
  })

  it('tells of each revision once it stands', async () => {
    const { createTicketStore } = await import('../../../src/models/mongo/ticket-store.js')
    const { plainWriters } = await import('../../../src/models/mongo/writers.js')
    const heard: string[] = []
    const tickets = createTicketStore(database(), plainWriters(database()), (ticket, { seq }) =>
      heard.push(`${ticket.id}:${seq}`),
    )
    const opened = await committed(tickets, opening('t1'))
    await committed(tickets, changed(opened, 'bo', { verb: 'claim' }, { cause: 'c1' }))
    expect(heard).to.deep.equal(['t1:1', 't1:2'])
  })
})
