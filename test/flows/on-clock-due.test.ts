import { expect } from 'chai'
import { onClockDue } from '../../src/flows/on-clock-due.js'
import type { Services } from '../../src/flows/services.js'
import { t } from '../../src/i18n/t.js'
import { createPeople } from '../../src/models/mongo/people.js'
import { createTicketStore } from '../../src/models/mongo/ticket-store.js'
import { plainWriters } from '../../src/models/mongo/writers.js'
import { freshDatabase } from '../support/fresh-database.js'
import {
  actionsOf,
  type DeskAtWork,
  deskAtWork,
  HOUR_MS,
  MINUTE_MS,
  PEOPLE,
  privateWords,
} from '../support/services.js'

describe('a clock that comes due', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  let elsewhere: Services
  beforeEach(async () => {
    desk = await deskAtWork(database())
    const other = await database.another()
    elsewhere = {
      ...desk.services,
      tickets: createTicketStore(other, plainWriters(other), () => undefined),
      people: createPeople(other, () => desk.now),
    }
  })
  const tells = async (ticketId: string) =>
    (await desk.said(ticketId)).filter((line) => !line.startsWith('mirror'))

  it('does nothing while nothing is due', async () => {
    const ticket = await desk.opened('ann', 'urgent: everything is down')
    expect(await onClockDue(desk.services, ticket.id)).to.equal('nothing')
    expect((await desk.load(ticket.id)).revision).to.equal(1)
  })

  it('reminds the team’s thread at half the time', async () => {
    const ticket = await desk.opened('ann', 'urgent: everything is down')
    desk.passes(8 * MINUTE_MS)
    expect(await onClockDue(desk.services, ticket.id)).to.equal('changed')
    expect(await tells(ticket.id)).to.deep.equal(['remind to team', 'remind to team'])
    expect(await onClockDue(desk.services, ticket.id)).to.equal('nothing')
  })

  it('tells each level once, though two instances sweep at once', async () => {
    const ticket = await desk.opened('ann', 'urgent: everything is down')
    for (const [minutes, told] of [
      [15, ['tell overdue to lin']],
      [30, ['tell overdue to lin', 'tell overdue to lin']],
      [30, ['tell overdue to lin', 'tell overdue to lin', 'tell overdue to max']],
    ] as const) {
      desk.passes(minutes * MINUTE_MS)
      await Promise.all([
        onClockDue(desk.services, ticket.id),
        onClockDue(elsewhere, ticket.id),
        onClockDue(desk.services, ticket.id),
        onClockDue(elsewhere, ticket.id),
      ])
      expect(await tells(ticket.id)).to.deep.equal([...told])
    }
  })

  it('reaches the admins where the lead has no manager', async () => {
    await desk.services.people.list(
      'acme',
      PEOPLE.map(({ managerId: _, ...person }) => person),
    )
    const ticket = await desk.opened('ann', 'urgent: everything is down')
    for (let i = 0; i < 3; i++) {
      desk.passes(40 * MINUTE_MS)
      await onClockDue(desk.services, ticket.id)
    }
    expect(await tells(ticket.id)).to.include('tell overdue to ada')
  })

  it('is silent until the next level for who says “I’m on it”', async () => {
    const ticket = await desk.opened('ann', 'urgent: everything is down')
    desk.passes(15 * MINUTE_MS)
    await onClockDue(desk.services, ticket.id)
    const ack = () => desk.clicks('lin', { verb: 'ack', ticketId: ticket.id, arg: 'first_response' })
    expect(privateWords(await ack())).to.include(ticket.number)
    expect(privateWords(await ack())).to.equal(t('en', 'error.ticket.nothing_to_ack'))
    desk.passes(30 * MINUTE_MS)
    expect(await onClockDue(desk.services, ticket.id)).to.equal('nothing')
    desk.passes(30 * MINUTE_MS)
    await onClockDue(desk.services, ticket.id)
    expect(await tells(ticket.id)).to.deep.equal(['tell overdue to lin', 'tell overdue to max'])
  })

  it('tells nobody once somebody has answered', async () => {
    const ticket = await desk.opened('ann', 'urgent: everything is down')
    await desk.submits('bo', { verb: 'reply', ticketId: ticket.id }, { text: 'On it' })
    desk.passes(HOUR_MS)
    expect(await onClockDue(desk.services, ticket.id)).to.equal('nothing')
  })

  it('closes what is resolved and unanswered, once and never on a day off', async () => {
    const ticket = await desk.claimed()
    await desk.submits('bo', { verb: 'resolve', ticketId: ticket.id }, { resolution: 'Restarted.' })
    // three days after Monday is Thursday, nine o'clock
    desk.passes(3 * 24 * HOUR_MS - 1000)
    expect(await onClockDue(desk.services, ticket.id)).to.equal('nothing')
    desk.passes(1000)
    await Promise.all([onClockDue(desk.services, ticket.id), onClockDue(elsewhere, ticket.id)])
    expect((await desk.load(ticket.id)).status).to.equal('closed')
    expect(await tells(ticket.id)).to.deep.equal([
      'notice resolved to requester',
      'notice closed to requester',
    ])
  })

  it('is nothing for a ticket that is not there', async () => {
    expect(await onClockDue(desk.services, 'nobody')).to.equal('nothing')
  })

  it('leaves the requester’s card with what can still be done', async () => {
    const ticket = await desk.opened('ann', 'urgent: everything is down')
    desk.passes(HOUR_MS)
    await onClockDue(desk.services, ticket.id)
    const shown = await desk.clicks('ann', { verb: 'show', ticketId: ticket.id })
    expect(actionsOf(shown).map(({ verb }) => verb)).to.include.members(['urge', 'withdraw'])
  })
})
