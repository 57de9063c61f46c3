import { expect } from 'chai'
import { now } from '../../../src/lib/now.js'
import { createAside } from '../../../src/models/mongo/aside.js'
import { NEVER } from '../../../src/models/mongo/card-filters.js'
import { createInbox } from '../../../src/models/mongo/inbox.js'
import type { InboxDoc } from '../../../src/models/mongo/inbox-doc.js'
import { plainInsert } from '../../../src/models/mongo/insert.js'
import { createOutboxStore } from '../../../src/models/mongo/outbox.js'
import { type World, worlds } from '../../delivery/support.js'
import { testDatabase } from '../../support/mongod.js'

const DESK_ID = 'acme'
const TEAM = 'team:it:slack'
const WORDS = 'nobody else reads this'
const REJECTED = { kind: 'rejected', reason: 'invalid_blocks' } as const

describe('what was set aside', () => {
  const world = worlds(testDatabase())
  const aside = () => createAside(world().database, DESK_ID)
  const inbox = () =>
    createInbox<object>(world().database, 'one', plainInsert<InboxDoc>(world().database.inbox))
  beforeEach(async () => {
    await world().database.inbox.deleteMany({})
  })

  let arrived = 0
  /** An arrival that was set aside. Returns its id. */
  async function arrival(more: object = {}, conversation = 'slack:D1'): Promise<string> {
    arrived += 1
    const event = {
      kind: 'message',
      platform: 'slack',
      conversation: { id: 'D1', kind: 'direct' },
      messageId: `new-${arrived}`,
      text: WORDS,
      ...more,
    }
    const order = String(arrived)
    await inbox().add({ deskId: DESK_ID, keys: [`event:${arrived}`], conversation, order, event })
    const row = await inbox().lease(DESK_ID, conversation)
    if (!row) throw new Error('the arrival cannot be leased')
    await inbox().aside(row, 'internal.bug')
    return row._id
  }

  let touches = 0
  /** Says something on a claimed ticket that the messenger answers with `outcome`. */
  async function sayings(ticketId: string, text: string): Promise<void> {
    touches += 1
    const touch = {
      id: `aside-${touches}`,
      text,
      files: [],
      source: { placeId: TEAM, messageId: `s-${touches}` },
    }
    await world().does('bo', ticketId, { verb: 'discuss', touch })
    await world().delivery.idle()
  }

  async function claimed(): Promise<{ id: string; number: string }> {
    const { delivery, open, does } = world()
    delivery.start()
    const ticket = await open()
    await does('bo', ticket.id, { verb: 'claim' })
    await delivery.idle()
    return ticket
  }

  const heard = ({ messenger }: World, text: string) =>
    messenger.in('D-ANN').filter((one) => JSON.stringify(one.words ?? {}).includes(text)).length

  describe('is listed', () => {
    it('by kind, ticket and reason, without a word of it, the longest first', async () => {
      const ticket = await claimed()
      const { messenger } = world()
      const card = messenger.in('C-IT').find((one) => one.card)?.ref.messageId
      const id = await arrival({ conversation: { id: 'C-IT', kind: 'channel' }, thread: card })
      messenger.script({ method: 'postWords', where: 'D-ANN', outcome: REJECTED })
      await sayings(ticket.id, WORDS)
      messenger.script({ method: 'updateCard', where: 'C-IT', outcome: REJECTED })
      await world().does('bo', ticket.id, { verb: 'release' })
      await world().delivery.idle()
      const items = await aside().list()
      expect(
        items.map(({ place, what, number, conversation, reason }) => [
          place,
          what,
          number,
          conversation,
          reason,
        ]),
      ).to.deep.equal([
        ['inbox', 'message', ticket.number, 'slack:D1', 'internal.bug'],
        ['outbox', 'mirror', ticket.number, 'slack:D-ANN', 'rejected:invalid_blocks'],
        ['cards', 'card', ticket.number, 'slack:C-IT', 'rejected:invalid_blocks'],
      ])
      expect(items[0]?.id).to.equal(id)
      expect(items.every(({ asideAt }) => asideAt instanceof Date)).to.equal(true)
      expect(JSON.stringify(items)).to.not.contain(WORDS)
    })

    it('where it belongs to no ticket, and where nobody knows since when', async () => {
      await arrival()
      await world().database.cards.insertOne({
        _id: 'gone:p',
        deskId: DESK_ID,
        ticketId: 'gone',
        placeId: 'p',
        audience: 'team',
        address: { platform: 'slack', conversation: 'C9' },
        wanted: 1,
        generation: 0,
        attempts: 0,
        dueAt: NEVER,
        asideReason: 'fault',
      })
      const [first, second] = await aside().list()
      expect(first).to.deep.equal({
        id: 'gone:p',
        place: 'cards',
        what: 'card',
        conversation: 'slack:C9',
        reason: 'fault',
      })
      expect(second).to.not.have.property('number')
    })

    it('only of this desk', async () => {
      await arrival()
      expect(await createAside(world().database, 'other').list()).to.deep.equal([])
      expect(await createAside(world().database, 'other').retry()).to.deep.equal({ ok: true, count: 0 })
    })
  })

  describe('is due again', () => {
    it('one by one: an arrival has its tries and its place, and has waited since then', async () => {
      const [one, other] = [await arrival(), await arrival()]
      const { database } = world()
      await database.inbox.updateMany({}, { $set: { attempts: 12, receivedAt: new Date(0) } })
      const before = now()
      expect(await aside().retry([one])).to.deep.equal({ ok: true, count: 1 })
      expect((await aside().list()).map(({ id }) => id)).to.deep.equal([other])
      const { oldest } = await inbox().counts(DESK_ID)
      expect(oldest?.getTime()).to.be.at.least(before.getTime())
      // where every worker looks for what there is to do
      expect(await inbox().waiting(DESK_ID, 10)).to.deep.equal(['slack:D1'])
      const row = await inbox().lease(DESK_ID, 'slack:D1')
      expect(row).to.include({ _id: one, attempts: 1 })
      expect(row).to.not.have.any.keys('asideAt', 'reason')
    })

    it('or not at all where one of the ids is unknown', async () => {
      const id = await arrival()
      const before = await world().database.inbox.find().toArray()
      expect(await aside().retry([id, 'nothing', 'nothing'])).to.deep.equal({
        ok: false,
        unknown: ['nothing'],
      })
      expect(await world().database.inbox.find().toArray()).to.deep.equal(before)
    })

    it('and what is done or due is not touched by it', async () => {
      await claimed()
      await arrival()
      const { database } = world()
      await database.inbox.updateOne({}, { $set: { state: 'done' } })
      const all = async () => [
        await database.inbox.find().toArray(),
        await database.outbox.find().toArray(),
        await database.cards.find().toArray(),
      ]
      const before = await all()
      expect(await aside().retry()).to.deep.equal({ ok: true, count: 0 })
      expect(await all()).to.deep.equal(before)
    })

    it('and a running server says it, once', async () => {
      const ticket = await claimed()
      const { messenger, delivery } = world()
      messenger.script({ method: 'postWords', where: 'D-ANN', outcome: REJECTED })
      await sayings(ticket.id, 'Try again')
      expect(heard(world(), 'Try again')).to.equal(0)
      expect(await aside().retry()).to.deep.equal({ ok: true, count: 1 })
      await delivery.idle()
      expect(heard(world(), 'Try again')).to.equal(1)
      expect(await aside().list()).to.deep.equal([])
    })

    it('but is not said again where the try before had arrived', async () => {
      const ticket = await claimed()
      const { messenger, delivery } = world()
      messenger.script({ method: 'postWords', where: 'D-ANN', outcome: REJECTED, done: true })
      await sayings(ticket.id, 'Only once')
      expect(heard(world(), 'Only once')).to.equal(1)
      expect((await aside().list()).map(({ what }) => what)).to.deep.equal(['mirror'])
      await aside().retry()
      await delivery.idle()
      expect(heard(world(), 'Only once')).to.equal(1)
      expect(await aside().list()).to.deep.equal([])
    })

    it('as a card: posted once, with its ticket’s newest state', async () => {
      const { delivery, messenger, open } = world()
      messenger.script({ method: 'postCard', where: 'C-IT', outcome: REJECTED, done: true })
      delivery.start()
      const ticket = await open()
      await delivery.idle()
      expect((await aside().list()).map(({ id }) => id)).to.deep.equal([`${ticket.id}:${TEAM}`])
      await aside().retry([`${ticket.id}:${TEAM}`])
      await delivery.idle()
      expect(messenger.in('C-IT').filter((one) => one.card)).to.have.length(1)
      expect(await aside().list()).to.deep.equal([])
      const row = await world().database.cards.findOne({ _id: `${ticket.id}:${TEAM}` })
      expect(row).to.not.have.any.keys('asideReason', 'asideAt')
      expect(row?.shown).to.equal(row?.wanted)
    })

    it('together where it is one message, under the key it had', async () => {
      const { database } = world()
      const row = (n: number, more: object) => ({
        _id: `t:1:${n}`,
        deskId: DESK_ID,
        ticketId: 't',
        seq: 1,
        n,
        lane: 'person:bo',
        state: 'aside',
        dueAt: new Date(0),
        doneAt: now(),
        triedAt: new Date(1),
        attempts: 20,
        alone: true,
        outcome: 'unknown:timeout',
        ...more,
      })
      const rows = database.db.collection<{ _id: string }>('outbox')
      await rows.insertMany([
        row(0, { batch: 'digest:t:1:0' }),
        row(1, { batch: 'digest:t:1:0' }),
        row(2, { batch: 'digest:t:1:2' }),
        row(3, {}),
      ])
      expect(await aside().retry(['t:1:1'])).to.deep.equal({ ok: true, count: 2 })
      const due = await createOutboxStore(database, DESK_ID, 'run').ofLane('person:bo', 10)
      expect(due.map(({ _id, batch, attempts }) => [_id, batch, attempts])).to.deep.equal([
        ['t:1:0', 'digest:t:1:0', 0],
        ['t:1:1', 'digest:t:1:0', 0],
      ])
      for (const one of due) {
        expect(one.triedAt).to.deep.equal(new Date(1))
        expect(one).to.not.have.any.keys('doneAt', 'outcome', 'alone')
      }
    })
  })
})
