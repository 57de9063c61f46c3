import { expect } from 'chai'
import { createDelivery } from '../../src/delivery/deliverer.js'
import { setClockOffset } from '../../src/lib/now.js'
import { NEVER } from '../../src/models/mongo/card-filters.js'
import { createMessages } from '../../src/models/mongo/messages.js'
import { withTeam } from '../support/desk-fixture.js'
import { testDatabase } from '../support/mongod.js'
import { manualClockwork } from './manual-clockwork.js'
import { until, worlds } from './support.js'

const textOf = (card: unknown) => JSON.stringify(card)

describe('living cards', () => {
  const database = testDatabase()
  const world = worlds(database)
  const teamCardId = (id: string) => `${id}:team:it:slack`

  it('are changed in place, never posted again', async () => {
    const { delivery, messenger, open, does } = world()
    delivery.start()
    const ticket = await open()
    await delivery.idle()
    await does('bo', ticket.id, { verb: 'claim' })
    await delivery.idle()
    expect(messenger.count('postCard')).to.equal(2)
    const [team] = messenger.in('C-IT')
    expect(team?.updates).to.equal(1)
    expect(textOf(team?.card)).to.contain('Bo')
    expect(messenger.in('D-ANN')[0]?.updates).to.equal(1)
  })

  it('draw 50 changes in two seconds together: three updates at most, and the last one shows the truth', async () => {
    const { options, messenger, open, does } = world()
    const clockwork = manualClockwork(() => delivery.busy)
    const delivery = createDelivery({ ...options, clockwork, tuning: { gapMs: 0 } })
    delivery.start()
    try {
      const ticket = await open()
      delivery.wake()
      await clockwork.advance(10_000)
      expect(messenger.count('postCard')).to.equal(2)
      for (let i = 0; i < 50; i++) {
        const priority = i % 2 === 0 ? ('high' as const) : ('low' as const)
        await does('bo', ticket.id, { verb: 'priority', priority: i === 49 ? 'urgent' : priority })
        delivery.wake()
        await clockwork.advance(40)
      }
      await clockwork.advance(10_000)
      const [team] = messenger.in('C-IT')
      expect(team?.updates).to.be.within(2, 3)
      expect(textOf(team?.card)).to.contain('Urgent')
      const lag = await delivery.lag()
      expect(lag.cards).to.equal(0)
      const shown = await options.database.cards.findOne({ _id: teamCardId(ticket.id) })
      expect(shown?.shown).to.equal(51)
    } finally {
      await delivery.stop()
    }
  })

  it('are left as they are when the change does not show on them', async () => {
    const { delivery, messenger, database: db, open, does } = world()
    delivery.start()
    const ticket = await open()
    await delivery.idle()
    const note = { id: 'n1', text: 'looked into it', files: [] }
    await does('bo', ticket.id, { verb: 'note', touch: note })
    await delivery.idle()
    expect(messenger.count('updateCard')).to.equal(0)
    const shown = await db.cards.find({ ticketId: ticket.id }).toArray()
    expect(shown.map((card) => [card.shown, card.dueAt])).to.deep.equal([
      [2, undefined],
      [2, undefined],
    ])
  })

  it('are found again after a crash between the post and its note, not posted twice', async () => {
    const { delivery, messenger, database: db, open } = world()
    delivery.start()
    const ticket = await open()
    await delivery.idle()
    await delivery.stop()
    // as the database stood when the process died right after the post
    await db.cards.updateOne(
      { _id: teamCardId(ticket.id) },
      {
        $set: { dueAt: new Date(), leaseBy: 'dead', leaseUntil: new Date() },
        $unset: { messageId: '', shown: '', shownHash: '', postedAt: '' },
      },
    )
    await db.outbox.deleteMany({ _id: `opener:${teamCardId(ticket.id)}` })
    messenger.messages.splice(
      messenger.messages.findIndex((one) => one.key.startsWith('opener:')),
      1,
    )
    const reborn = world().another()
    reborn.start()
    await reborn.idle()
    expect(messenger.count('postCard')).to.equal(2)
    expect(
      messenger.calls.filter((call) => call.method === 'findPosted').map((call) => call.key),
    ).to.deep.equal([`card:${teamCardId(ticket.id)}:0`])
    const [card, opener, ...more] = messenger.in('C-IT')
    expect(opener?.to.thread).to.equal(card?.ref.messageId)
    expect(more).to.deep.equal([])
  })

  it('are looked for before they are posted again after an unclear answer, whether it was done or not', async () => {
    for (const done of [true, false]) {
      const { delivery, messenger, open } = world()
      messenger.script({
        method: 'postCard',
        where: 'C-IT',
        outcome: { kind: 'unknown', reason: 'cut' },
        done,
      })
      delivery.start()
      const before = messenger.messages.length
      const ticket = await open()
      await delivery.idle()
      const cards = messenger.messages.slice(before).filter((one) => one.card?.audience === 'team')
      expect(cards).to.have.length(1)
      expect(cards[0]?.key).to.equal(`card:${teamCardId(ticket.id)}:0`)
    }
  })

  it('need not be looked for when the messenger has clearly refused', async () => {
    const { delivery, messenger, open } = world()
    messenger.script({ method: 'postCard', outcome: { kind: 'rate_limited', retryAfterMs: 1 }, times: 2 })
    delivery.start()
    await open()
    await delivery.idle()
    expect(messenger.count('findPosted')).to.equal(0)
    expect(messenger.count('postCard')).to.equal(4)
  })

  it('show the truth in the end when a stale update overtakes a newer one of somebody else', async () => {
    const { delivery, messenger, database: db, open, does, another } = world()
    delivery.start()
    const ticket = await open()
    await delivery.idle()
    let letGo: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let stuck = false
    messenger.before = async (call) => {
      if (call.method !== 'updateCard' || call.where !== 'C-IT' || stuck) return
      stuck = true
      await held
    }
    await does('bo', ticket.id, { verb: 'claim' })
    await until(() => stuck)
    // the first instance hangs for longer than its lease
    await does('bo', ticket.id, { verb: 'release' })
    await db.cards.updateOne({ _id: teamCardId(ticket.id) }, { $set: { leaseUntil: new Date(0) } })
    const other = another()
    other.start()
    await until(async () => {
      const card = await db.cards.findOne({ _id: teamCardId(ticket.id) })
      return card?.shown === 3
    })
    await other.stop()
    letGo()
    await delivery.idle()
    const [team] = messenger.in('C-IT')
    expect(textOf(team?.card)).to.not.contain('Bo')
    expect(team?.updates).to.equal(3)
  })

  it('stand once when two instances have posted the same one: the second takes its own away', async () => {
    const { delivery, messenger, database: db, open, another } = world()
    let letGo: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let stuck = false
    messenger.before = async (call) => {
      if (call.method !== 'postCard' || call.where !== 'C-IT' || stuck) return
      stuck = true
      await held
    }
    delivery.start()
    const ticket = await open()
    await until(() => stuck)
    await db.cards.updateOne({ _id: teamCardId(ticket.id) }, { $set: { leaseUntil: new Date(0) } })
    const other = another()
    other.start()
    await until(() => messenger.in('C-IT').length >= 2)
    letGo()
    await delivery.idle()
    const cards = messenger.in('C-IT').filter((one) => one.card)
    expect(cards).to.have.length(1)
    expect((await db.cards.findOne({ _id: teamCardId(ticket.id) }))?.messageId).to.equal(
      cards[0]?.ref.messageId,
    )
  })

  it('are posted anew when the messenger has lost them, three times a day and no more', async () => {
    const { delivery, messenger, database: db, open, does } = world()
    delivery.start()
    const ticket = await open()
    await delivery.idle()
    const id = teamCardId(ticket.id)
    for (let round = 1; round <= 4; round++) {
      const [card] = messenger.in('C-IT').filter((one) => one.card)
      if (card) messenger.messages.splice(messenger.messages.indexOf(card), 1)
      await does('bo', ticket.id, { verb: round % 2 === 1 ? 'claim' : 'release' })
      await delivery.idle()
      const row = await db.cards.findOne({ _id: id })
      const shown = messenger.in('C-IT').filter((one) => one.card)
      if (round < 4) {
        expect(row?.generation).to.equal(round)
        expect(shown.map((one) => one.key)).to.deep.equal([`card:${id}:${round}`])
      } else {
        expect(row?.asideReason).to.equal('gone:message_not_found')
        expect(shown).to.deep.equal([])
      }
    }
    expect((await delivery.lag()).aside).to.equal(1)
  })

  describe('that their messenger will soon refuse to change', () => {
    const LIFE_MS = 13 * 86_400_000
    afterEach(() => setClockOffset(0))

    it('are replaced when there is something to change, and not before they are that old', async () => {
      const { delivery, messenger, open, does } = world()
      Object.assign(messenger, { cardLifeMs: LIFE_MS })
      delivery.start()
      const ticket = await open()
      await delivery.idle()
      setClockOffset(LIFE_MS - 60_000)
      await does('bo', ticket.id, { verb: 'claim' })
      await delivery.idle()
      const cards = () => messenger.in('C-IT').filter((one) => one.card)
      expect(cards().map((one) => one.updates)).to.deep.equal([1])
      setClockOffset(LIFE_MS + 60_000)
      delivery.wake()
      await delivery.idle()
      expect(cards()).to.have.length(1)
      await does('bo', ticket.id, { verb: 'priority', priority: 'urgent' })
      await delivery.idle()
      const [old, fresh, ...more] = cards()
      expect(more).to.deep.equal([])
      expect(fresh?.key).to.equal(`card:${teamCardId(ticket.id)}:1`)
      expect(textOf(fresh?.card)).to.contain('Urgent').and.not.contain('newer card')
      // for the last time: true as of now, with a word where it goes on, and its buttons
      expect(textOf(old?.card)).to.contain('Urgent').and.contain('newer card').and.contain('"release"')
      await does('bo', ticket.id, { verb: 'priority', priority: 'low' })
      await delivery.idle()
      expect(textOf(fresh?.card)).to.contain('Low')
      expect(cards().map((one) => one.updates)).to.deep.equal([2, 1])
      expect(await delivery.lag()).to.include({ cards: 0, aside: 0 })
    })

    it('keep their threads: what is written there is the ticket’s, and what is said goes to the new one', async () => {
      const { delivery, messenger, database: db, open, does } = world()
      Object.assign(messenger, { cardLifeMs: LIFE_MS })
      delivery.start()
      const ticket = await open()
      await delivery.idle()
      const old = messenger.in('C-IT').find((one) => one.card)
      setClockOffset(LIFE_MS)
      await does('bo', ticket.id, { verb: 'claim' })
      await delivery.idle()
      const fresh = messenger.in('C-IT').findLast((one) => one.card)
      const messages = createMessages(db)
      for (const one of [old, fresh]) {
        if (!one) throw new Error('no card')
        const known =
          (await messages.cardAt(ticket.deskId, one.ref)) ?? (await messages.byRef(ticket.deskId, one.ref))
        expect(known).to.include({ ticketId: ticket.id, placeId: 'team:it:slack' })
      }
      const said = { id: 'x1', text: 'any news?', files: [] }
      await does('ann', ticket.id, { verb: 'answer', touch: said })
      await delivery.idle()
      const last = messenger.in('C-IT').at(-1)
      expect(textOf(last?.words)).to.contain('any news?')
      expect(last?.to.thread).to.equal(fresh?.ref.messageId)
    })

    it('are replaced though the old one takes no last change, and wait while the messenger is away', async () => {
      const { delivery, messenger, open, does } = world()
      Object.assign(messenger, { cardLifeMs: LIFE_MS })
      delivery.start()
      const ticket = await open()
      await delivery.idle()
      setClockOffset(LIFE_MS)
      const where = 'C-IT'
      messenger.script({ method: 'updateCard', where, outcome: { kind: 'transient', reason: 'http_503' } })
      messenger.script({ method: 'updateCard', where, outcome: { kind: 'rejected', reason: 'old' } })
      await does('bo', ticket.id, { verb: 'claim' })
      await delivery.idle()
      expect(messenger.in(where).filter((one) => one.card)).to.have.length(2)
      expect(
        messenger.calls.filter((one) => one.method === 'updateCard' && one.where === where),
      ).to.have.length(2)
    })
  })

  it('are set aside visibly when they are rejected, and tried again when the ticket changes', async () => {
    const { delivery, messenger, database: db, log, open, does } = world()
    messenger.script({
      method: 'postCard',
      where: 'C-IT',
      outcome: { kind: 'rejected', reason: 'invalid_blocks' },
    })
    delivery.start()
    const ticket = await open()
    await delivery.idle()
    const row = await db.cards.findOne({ _id: teamCardId(ticket.id) })
    expect([row?.asideReason, row?.dueAt]).to.deep.equal(['rejected:invalid_blocks', NEVER])
    expect(await delivery.lag()).to.include({ outbox: 0, cards: 0, aside: 1 })
    expect(log.find((line) => line.message === 'set aside')?.level).to.equal('error')
    await does('bo', ticket.id, { verb: 'claim' })
    await delivery.idle()
    expect(messenger.in('C-IT').filter((one) => one.card)).to.have.length(1)
    expect((await delivery.lag()).aside).to.equal(0)
  })

  it('wait for as long as their conversation is limited, while the others flow', async () => {
    const { delivery, messenger, open } = world()
    messenger.script({
      method: 'postCard',
      where: 'C-IT',
      outcome: { kind: 'rate_limited', retryAfterMs: 3_600_000 },
    })
    delivery.start()
    const tickets = [await open(), await open({ requesterId: 'sam' }), await open({ requesterId: 'lin' })]
    await until(() => ['D-ANN', 'D-SAM', 'D-LIN'].every((one) => messenger.in(one).length === 1))
    const other = await open({ teamId: 'hr' })
    await until(() => messenger.in('C-HR').some((one) => one.card))
    expect(
      messenger.calls.filter((call) => call.method === 'postCard' && call.where === 'C-IT'),
    ).to.have.length(1)
    await until(async () => (await delivery.lag()).cards === tickets.length)
    expect(other.teamId).to.equal('hr')
  })

  it('are tried again until an outage is over', async () => {
    const { delivery, messenger, open } = world()
    messenger.script({ method: 'postCard', outcome: { kind: 'transient', reason: 'http_503' }, times: 2 })
    delivery.start()
    await open()
    await delivery.idle()
    expect(messenger.in('C-IT').filter((one) => one.card)).to.have.length(1)
    expect(messenger.in('D-ANN')).to.have.length(1)
  })

  it('say that the bot must be mentioned where it hears nothing else, as long as there is something to say', async () => {
    const { delivery, messenger, open, does } = world()
    const SAYS = 'Mention the bot'
    let hears = false
    Object.assign(messenger, { hearsThreads: () => hears })
    delivery.start()
    const ticket = await open()
    await delivery.idle()
    const card = () => textOf(messenger.in('C-IT').find((one) => one.card)?.card)
    expect(card()).to.contain(SAYS)
    expect(textOf(messenger.in('C-IT').find((one) => one.key.startsWith('opener:'))?.words)).to.contain(SAYS)
    expect(textOf(messenger.in('D-ANN')[0]?.card)).to.not.contain(SAYS)
    hears = true
    await does('bo', ticket.id, { verb: 'claim' })
    await delivery.idle()
    expect(card()).to.contain('Bo').and.not.contain(SAYS)
    hears = false
    await does('bo', ticket.id, { verb: 'dismiss', reason: 'no ticket' })
    await delivery.idle()
    expect(card()).to.not.contain(SAYS)
  })

  it('say where the ticket went in a channel that it has left', async () => {
    const { delivery, messenger, open, does } = world()
    delivery.start()
    const ticket = await open()
    await delivery.idle()
    await does('bo', ticket.id, { verb: 'reassign', teamId: 'hr', reason: 'payroll' })
    await delivery.idle()
    expect(textOf(messenger.in('C-IT')[0]?.card)).to.contain('HR')
    expect(messenger.in('C-IT')[0]?.card?.elements.some((one) => one.kind === 'controls')).to.equal(false)
    expect(messenger.in('C-HR')[0]?.card?.title).to.contain(ticket.number)
  })

  it('offer to go on privately only where others read along', async () => {
    const { delivery, messenger, open } = world()
    delivery.start()
    const address = { platform: 'slack', conversation: 'C-ALL', thread: 'r1' }
    await open()
    await open({ place: { id: 'requester:all', audience: 'requester', address } })
    await delivery.idle()
    expect(textOf(messenger.in('D-ANN')[0]?.card)).to.not.contain('"relocate"')
    expect(textOf(messenger.in('C-ALL')[0]?.card)).to.contain('"relocate"')
  })

  it('speak the language of whom they are for', async () => {
    const { delivery, messenger, open } = world()
    delivery.start()
    await open()
    await open({ requesterId: 'sam' })
    await delivery.idle()
    const locales = ['D-ANN', 'D-SAM', 'C-IT'].map((one) => messenger.in(one)[0]?.card?.locale)
    expect(locales).to.deep.equal(['zh-CN', 'en', 'en'])
  })

  it('of urgent tickets come first when many wait to be posted', async () => {
    const { delivery, messenger, open } = world()
    for (let i = 0; i < 5; i++) await open()
    const urgent = await open({ priority: 'urgent' })
    delivery.start()
    await delivery.idle()
    const [first] = messenger.in('C-IT').filter((one) => one.card)
    expect(first?.card?.title).to.contain(urgent.number)
  })

  it('that cannot be built are set aside after some tries and hold up nobody', async () => {
    const { options, messenger, open } = world()
    const broken = createDelivery({
      ...options,
      fileUrl: () => {
        throw new Error('no address')
      },
      tuning: { ...options.tuning, faultTries: 1 },
    })
    broken.start()
    try {
      await open({ files: [{ id: 'f1', name: 'a.png', bytes: 3, mediaType: 'image/png' }] })
      await open({ requesterId: 'sam' })
      broken.wake()
      await broken.idle()
      expect(messenger.in('C-IT').filter((one) => one.card)).to.have.length(1)
      expect((await broken.lag()).aside).to.equal(1)
    } finally {
      await broken.stop()
    }
  })

  it('are delivered once though the program’s clock jumps in the middle of a call', async () => {
    const { delivery, messenger, open } = world()
    let jumped = false
    messenger.before = (call) => {
      if (call.method === 'postCard' && !jumped) {
        jumped = true
        setClockOffset(86_400_000)
        delivery.wake()
      }
    }
    try {
      delivery.start()
      await open()
      await delivery.idle()
      expect(messenger.count('postCard')).to.equal(2)
    } finally {
      setClockOffset(0)
    }
  })
})

describe('a team’s card', () => {
  const world = worlds(testDatabase(), { desk: withTeam({ locale: 'zh-CN' }) })
  it('is in the team’s language, whoever asked', async () => {
    const { delivery, messenger, open } = world()
    delivery.start()
    await open({ requesterId: 'sam' })
    await delivery.idle()
    expect(messenger.in('C-IT')[0]?.card?.locale).to.equal('zh-CN')
  })
})
