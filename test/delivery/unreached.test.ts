import { expect } from 'chai'
import { onUnreachable } from '../../src/flows/on-unreachable.js'
import type { Services } from '../../src/flows/services.js'
import { now } from '../../src/lib/now.js'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import { testDatabase } from '../support/mongod.js'
import { type RecordingMessenger, recordingMessenger } from '../support/recording-messenger.js'
import { PEOPLE, QUICK_PACE, type World, worlds } from './support.js'

const MINUTE_MS = 60_000
const GONE = { kind: 'gone', reason: 'account_inactive' } as const

describe('an escalation that nobody is there for', () => {
  const world = worlds(testDatabase())
  let feishu: RecordingMessenger
  let slack: RecordingMessenger

  beforeEach(async () => {
    slack = world().messenger
    feishu = recordingMessenger('feishu')
    const everybody = PEOPLE.map((person) => ({
      ...person,
      ...(person.id === 'lin' ? { managerId: 'max' } : {}),
      ...(person.id === 'ada' ? { isAdmin: true } : {}),
      identities: [
        ...person.identities,
        ...(person.id === 'lin' ? [{ platform: 'feishu', userId: 'ou-lin', conversation: 'oc-lin' }] : []),
      ],
    }))
    await world().people.list('acme', everybody)
  })

  /** A deliverer over both messengers that tells the ticket whom it could not reach. */
  function start() {
    const { another, options, tickets, people, desk } = world()
    const services = { tickets, people, desk: () => desk, now, logger: options.logger } as Partial<Services>
    const delivery = another({
      messengers: { slack, feishu },
      pace: { ...QUICK_PACE, feishu: QUICK_PACE.slack },
      onUnreachable: (telling) => onUnreachable(services as Services, telling),
    })
    delivery.start()
    return delivery
  }

  /** An urgent ticket whose lead is told that it is overdue. */
  async function overdue({ open, does }: World = world()): Promise<Ticket> {
    const at = new Date('2026-11-02T09:00:00+08:00')
    const ticket = await open({ priority: 'urgent', at })
    return await does('system', ticket.id, { verb: 'tick' }, new Date(at.getTime() + 16 * MINUTE_MS))
  }
  const unreached = async ({ id }: Ticket) =>
    (await world().tickets.history(id)).flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'people.unreached' ? event.personId : [])),
    )

  it('goes by the person’s next account', async () => {
    slack.script({ method: 'postCard', where: 'D-LIN', outcome: GONE, times: 9 })
    const ticket = await overdue()
    await start().idle()
    expect(feishu.in('oc-lin')).to.have.length(1)
    expect(await unreached(ticket)).to.deep.equal([])
  })

  it('goes to the next on the ladder when no account is left, with the reason, and the history says so', async () => {
    slack.script({ method: 'postCard', where: 'D-LIN', outcome: GONE, times: 9 })
    feishu.script({ method: 'postCard', outcome: GONE, times: 9 })
    const ticket = await overdue()
    await start().idle()
    expect(slack.in('D-LIN').length + feishu.in('oc-lin').length).to.equal(0)
    const [told, ...more] = slack.in('D-MAX')
    expect(more).to.deep.equal([])
    expect(JSON.stringify(told?.card)).to.contain('Lin could not be reached').and.contain('"ack"')
    expect(await unreached(ticket)).to.deep.equal(['lin'])
    expect(await world().database.outbox.countDocuments({ state: 'aside' })).to.equal(0)
  })

  it('goes to the admins when the ladder ends', async () => {
    for (const where of ['D-LIN', 'D-MAX'])
      slack.script({ method: 'postCard', where, outcome: GONE, times: 9 })
    feishu.script({ method: 'postCard', outcome: GONE, times: 9 })
    const ticket = await overdue()
    await start().idle()
    expect(slack.in('D-ADA')).to.have.length(1)
    expect(await unreached(ticket)).to.deep.equal(['lin', 'max'])
  })

  it('comes to rest when nobody at all is there', async () => {
    slack.script({ method: 'postCard', outcome: GONE, times: 999 })
    feishu.script({ method: 'postCard', outcome: GONE, times: 999 })
    const ticket = await overdue()
    await world().database.cards.deleteMany({})
    await start().idle()
    expect(await unreached(ticket)).to.have.members(['lin', 'max', 'ada', 'bo', 'cy'])
  })

  it('stays with them while their messenger only asks for patience', async () => {
    slack.script({
      method: 'postCard',
      where: 'D-LIN',
      outcome: { kind: 'rate_limited', retryAfterMs: 20 },
      times: 2,
    })
    slack.script({
      method: 'postCard',
      where: 'D-LIN',
      outcome: { kind: 'transient', reason: '503' },
      times: 2,
    })
    const ticket = await overdue()
    await start().idle()
    expect(slack.in('D-LIN')).to.have.length(1)
    expect(await unreached(ticket)).to.deep.equal([])
  })

  it('is set aside as well where it was refused, and told instead once, however often it is tried again', async () => {
    slack.script({
      method: 'postCard',
      where: 'D-LIN',
      outcome: GONE,
      times: 9,
    })
    feishu.script({ method: 'postCard', outcome: { kind: 'rejected', reason: 'invalid' }, times: 9 })
    const ticket = await overdue()
    await start().idle()
    expect(slack.in('D-MAX')).to.have.length(1)
    expect(await world().database.outbox.countDocuments({ state: 'aside' })).to.equal(1)
    await world().database.outbox.updateMany(
      { state: { $in: ['aside', 'done'] }, 'to.id': 'lin' },
      { $set: { state: 'due' }, $unset: { doneAt: '' } },
    )
    await start().idle()
    expect(slack.in('D-MAX')).to.have.length(1)
    expect(await unreached(ticket)).to.deep.equal(['lin'])
  })
})
