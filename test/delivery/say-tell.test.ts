import { expect } from 'chai'
import { createDelivery } from '../../src/delivery/deliverer.js'
import type { Messenger } from '../../src/delivery/messenger.js'
import { createMessages } from '../../src/models/mongo/messages.js'
import type { Priority, Ticket } from '../../src/models/ticket/ticket.js'
import { LADDER, withLadder } from '../support/desk-fixture.js'
import { testDatabase } from '../support/mongod.js'
import { recordingMessenger } from '../support/recording-messenger.js'
import { worlds } from './support.js'

const MINUTE_MS = 60_000

describe('telling people', () => {
  const world = worlds(testDatabase())

  /** A ticket whose first response is overdue, told to its team's lead. */
  async function overdue(priority: Priority = 'urgent'): Promise<Ticket> {
    const { open, does } = world()
    // a working Monday, for the promises that count working time
    const at = new Date('2026-11-02T09:00:00+08:00')
    const ticket = await open({ priority, at })
    return await does('system', ticket.id, { verb: 'tick' }, new Date(at.getTime() + 73 * 60 * MINUTE_MS))
  }

  it('reaches a person in their direct conversation, once, and finds the ticket for an answer there', async () => {
    const { delivery, messenger, options } = world()
    const ticket = await overdue()
    delivery.start()
    await delivery.idle()
    const [told, ...more] = messenger.in('D-LIN')
    expect(more).to.deep.equal([])
    expect(JSON.stringify(told?.card)).to.contain(ticket.number).and.contain('"ack"')
    const item = told && (await createMessages(options.database).byRef('acme', told.ref))
    expect([item?.ticketId, item?.placeId, item?.visibility]).to.deep.equal([ticket.id, 'dm', 'internal'])
  })

  for (const insist of [true, undefined] as const) {
    it(`${insist ? 'makes its message ring when' : 'only writes unless'} the ladder insists`, async () => {
      const { delivery, messenger, options } = world()
      const rung: string[] = []
      const bells: Messenger = {
        ...messenger,
        insist: async (ref, userId) => {
          rung.push(`${ref.messageId} ${userId}`)
          return { kind: 'sent', value: undefined }
        },
      }
      await delivery.stop()
      const [first, ...more] = LADDER.levels
      const desk = withLadder(first ? [{ ...first, ...(insist ? { insist } : {}) }, ...more] : [])
      await overdue()
      const ringing = createDelivery({ ...options, desk: () => desk, messengers: { slack: bells } })
      ringing.start()
      await ringing.idle()
      await ringing.stop()
      const [told] = messenger.in('D-LIN')
      expect(rung).to.deep.equal(insist ? [`${told?.ref.messageId} U-lin`] : [])
    })
  }

  it('makes one message of three that are overdue at once', async () => {
    const { delivery, messenger } = world()
    const tickets = [await overdue(), await overdue(), await overdue()]
    delivery.start()
    await delivery.idle()
    const told = messenger.in('D-LIN')
    expect(told).to.have.length(1)
    for (const { number } of tickets) expect(JSON.stringify(told[0]?.card)).to.contain(number)
  })

  it('leaves two as they are', async () => {
    const { delivery, messenger } = world()
    await overdue()
    await overdue()
    delivery.start()
    await delivery.idle()
    expect(messenger.in('D-LIN')).to.have.length(2)
  })

  it('waits a moment for others before it speaks of what is overdue', async () => {
    const { options, messenger, another } = world()
    const gathering = another({ tuning: { ...options.tuning, gatherMs: 1500 } })
    gathering.start()
    for (let i = 0; i < 3; i++) await overdue()
    await gathering.idle()
    expect(messenger.in('D-LIN')).to.have.length(1)
  })

  it('repeats the same merged message after a crash, and finds it', async () => {
    const { delivery, messenger, another, database: db } = world()
    for (let i = 0; i < 3; i++) await overdue()
    delivery.start()
    await delivery.idle()
    await delivery.stop()
    await db.outbox.updateMany(
      { batch: { $exists: true } },
      { $set: { state: 'due', leaseBy: 'dead', leaseUntil: new Date(0) } },
    )
    // one more comes in the meantime: it is no part of what was tried
    await overdue()
    const reborn = another()
    reborn.start()
    await reborn.idle()
    expect(messenger.in('D-LIN')).to.have.length(2)
    const keys = messenger.in('D-LIN').map((one) => one.key)
    expect(new Set(keys).size).to.equal(2)
  })

  it('speaks of what is urgent first', async () => {
    const { delivery, messenger } = world()
    const low = await overdue('high')
    const urgent = await overdue('urgent')
    delivery.start()
    await delivery.idle()
    const told = messenger.in('D-LIN').map((one) => JSON.stringify(one.card))
    expect(told.map((one) => [one.includes(urgent.number), one.includes(low.number)])).to.deep.equal([
      [true, false],
      [false, true],
    ])
  })

  it('says nothing of a promise that was kept before it could speak', async () => {
    const { delivery, messenger, does } = world()
    const ticket = await overdue()
    await does('bo', ticket.id, { verb: 'reply', touch: { id: 'r1', text: 'On my way', files: [] } })
    delivery.start()
    await delivery.idle()
    expect(messenger.in('D-LIN').filter((one) => JSON.stringify(one.card).includes('"ack"'))).to.deep.equal(
      [],
    )
  })

  it('opens the direct conversation where it is not known, and remembers it', async () => {
    const { delivery, messenger, options, database: db } = world()
    await db.people.updateOne(
      { _id: 'acme/lin' },
      { $set: { identities: [{ platform: 'slack', userId: 'U-lin' }] } },
    )
    await overdue()
    delivery.start()
    await delivery.idle()
    expect(messenger.in('D-U-lin')).to.have.length(1)
    const lin = await options.people.get('acme', 'lin')
    expect(lin?.identities[0]?.conversation).to.equal('D-U-lin')
    expect(messenger.count('openDirect')).to.equal(1)
  })

  it('goes to the next messenger when a person is gone from one', async () => {
    const { messenger, options, another, database: db } = world()
    const feishu = recordingMessenger('feishu')
    const identities = [
      { platform: 'slack', userId: 'U-lin', conversation: 'D-LIN' },
      { platform: 'feishu', userId: 'ou-lin', conversation: 'oc-lin' },
    ]
    await db.people.updateOne({ _id: 'acme/lin' }, { $set: { identities } })
    messenger.script({
      method: 'postCard',
      where: 'D-LIN',
      outcome: { kind: 'gone', reason: 'user_disabled' },
    })
    await overdue()
    const both = another({ messengers: { slack: messenger, feishu }, pace: { ...options.pace, feishu: {} } })
    both.start()
    await both.idle()
    expect([messenger.in('D-LIN').length, feishu.in('oc-lin').length]).to.deep.equal([0, 1])
    expect(feishu.messages[0]?.ref.platform).to.equal('feishu')
  })

  it('sets aside what reaches nobody, visibly', async () => {
    const { delivery, messenger, log } = world()
    messenger.script({
      method: 'postCard',
      where: 'D-LIN',
      outcome: { kind: 'gone', reason: 'user_disabled' },
    })
    await overdue()
    delivery.start()
    await delivery.idle()
    expect((await delivery.lag()).aside).to.equal(1)
    expect(log.filter((one) => one.message === 'set aside').map((one) => one.fields.reason)).to.deep.equal([
      'gone:user_disabled',
    ])
  })

  it('looks where it tried, though the person has moved to another messenger since', async () => {
    const { messenger, people, another, database: db } = world()
    const feishu = recordingMessenger('feishu')
    const identities = [
      { platform: 'slack', userId: 'U-lin', conversation: 'D-LIN' },
      { platform: 'feishu', userId: 'ou-lin', conversation: 'oc-lin' },
    ]
    await db.people.updateOne({ _id: 'acme/lin' }, { $set: { identities, lastPlatform: 'slack' } })
    messenger.script({
      method: 'postCard',
      where: 'D-LIN',
      outcome: { kind: 'unknown', reason: 'cut' },
      done: true,
    })
    messenger.before = async (call) => {
      if (call.where !== 'D-LIN' || call.method !== 'postCard') return
      await db.people.updateOne({ _id: 'acme/lin' }, { $set: { lastPlatform: 'feishu' } })
      people.forget()
    }
    await overdue()
    const both = another({ messengers: { slack: messenger, feishu } })
    both.start()
    await both.idle()
    expect([messenger.in('D-LIN').length, feishu.messages.length]).to.deep.equal([1, 0])
  })

  it('reminds in the team’s thread and names those it is for', async () => {
    const { delivery, messenger, open, does } = world()
    const at = new Date('2026-11-02T09:00:00+08:00')
    const ticket = await open({ priority: 'urgent', at })
    await does('system', ticket.id, { verb: 'tick' }, new Date(at.getTime() + 8 * MINUTE_MS))
    delivery.start()
    await delivery.idle()
    const [card, , reminder] = messenger.in('C-IT')
    expect(reminder?.to.thread).to.equal(card?.ref.messageId)
    const named = reminder?.words?.text.filter((part) => typeof part !== 'string' && part.kind === 'person')
    expect(named).to.have.length(1)
    expect(named?.[0]).to.include({ id: 'lin', notify: true })
  })

  it('tells who has a ticket that its requester withdrew it, and who did it, with a way to look', async () => {
    const { delivery, messenger, open, does } = world()
    const ticket = await open()
    await does('bo', ticket.id, { verb: 'claim' })
    await does('ann', ticket.id, { verb: 'withdraw', reason: 'works again' })
    delivery.start()
    await delivery.idle()
    const [told, ...more] = messenger.in('D-BO')
    expect(more).to.deep.equal([])
    expect(JSON.stringify(told?.card))
      .to.contain(ticket.number)
      .and.contain('Ann withdrew this ticket.')
      .and.contain('works again')
      .and.contain('"details"')
  })

  it('tells a person in their own language', async () => {
    const { delivery, messenger, database: db } = world()
    await db.people.updateOne({ _id: 'acme/lin' }, { $set: { locale: 'zh-CN' } })
    await overdue()
    delivery.start()
    await delivery.idle()
    expect(messenger.in('D-LIN')[0]?.card?.locale).to.equal('zh-CN')
  })
})
