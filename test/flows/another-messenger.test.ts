import { expect } from 'chai'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import { freshDatabase } from '../support/fresh-database.js'
import { actionsOf, type DeskAtWork, deskAtWork, PEOPLE } from '../support/services.js'

const FEISHU = { platform: 'feishu', userId: 'ou-ann', direct: 'oc-ann' } as const

describe('a requester with a second messenger', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  beforeEach(async () => {
    desk = await deskAtWork(database())
    const account = { platform: 'feishu', userId: 'ou-ann', conversation: 'oc-ann' }
    const people = PEOPLE.map((person) =>
      person.id === 'ann' ? { ...person, identities: [...person.identities, account] } : person,
    )
    await desk.services.people.list(desk.desk.id, people)
  })

  const open = ({ places }: Ticket) =>
    places
      .filter((one) => one.audience === 'requester' && !one.retiredAt)
      .map(({ address }) => `${address.platform} ${address.conversation}`)
  async function answered(): Promise<Ticket> {
    const ticket = await desk.claimed()
    await desk.submits('bo', { verb: 'reply', ticketId: ticket.id }, { text: 'Which floor?' })
    return ticket
  }

  it('joins their ticket from there, which shows there from then on', async () => {
    const { id } = await answered()
    const { messageId } = await desk.writes('ann', 'The third.', { from: FEISHU })
    const ticket = await desk.load(id)
    expect(open(ticket)).to.deep.equal(['slack D-ann', 'feishu oc-ann'])
    const message = await desk.services.messages.byRef(desk.desk.id, {
      ...{ platform: 'feishu', conversation: 'oc-ann', messageId },
    })
    expect([message?.ticketId, message?.direction]).to.deep.equal([id, 'in'])
    expect(
      await database().cards.countDocuments({
        ticketId: id,
        'address.platform': 'feishu',
        audience: 'requester',
      }),
    ).to.equal(1)
  })

  it('adds the place once, however often they write', async () => {
    const { id } = await answered()
    const first = await desk.writes('ann', 'The third.', { from: FEISHU })
    await desk.writes('ann', 'By the window.', { from: FEISHU })
    await desk.writes('ann', 'In its thread.', { from: FEISHU, thread: first.messageId })
    await desk.writes('ann', 'And from my desk.')
    expect(open(await desk.load(id))).to.have.length(2)
    expect((await desk.happened(id)).filter((type) => type === 'place.added')).to.have.length(1)
  })

  it('is answered where they wrote last', async () => {
    const { id } = await answered()
    await desk.writes('ann', 'The third.', { from: FEISHU })
    await desk.submits('bo', { verb: 'reply', ticketId: id }, { text: 'On my way.' })
    const rows = await database()
      .outbox.find({ ticketId: id, 'say.kind': 'mirror' })
      .sort({ seq: 1, n: 1 })
      .toArray()
    const last = rows.filter(({ to }) => to.kind === 'place' && to.placeId.startsWith('requester:')).at(-1)
    expect(last?.to.kind === 'place' && last.to.address.platform).to.equal('feishu')
  })

  it('may choose the ticket, or reopen it, from there', async () => {
    const one = await answered()
    await desk.clicks('bo', { verb: 'resolve', ticketId: one.id })
    await desk.submits('bo', { verb: 'resolve', ticketId: one.id }, { resolution: 'Done.' })
    const { id } = await desk.writes('ann', 'It is broken again', { from: FEISHU })
    const asked = (await desk.spoken()).find(({ key }) => key === 'ask')
    const action = actionsOf(asked?.card).find(({ verb }) => verb === 'reopen')
    if (!action) throw new Error('nothing was asked')
    expect(action.arg).to.equal(id)
    await desk.clicks('ann', action)
    const ticket = await desk.load(one.id)
    expect(ticket.status).to.equal('in_progress')
    expect(open(ticket)).to.deep.equal(['slack D-ann', 'feishu oc-ann'])
  })

  it('hears nothing twice when a messenger sends our own message back', async () => {
    const { id } = await answered()
    await desk.services.messages.record({
      ...{ deskId: desk.desk.id, ticketId: id, touchId: 't', placeId: 'p', platform: 'slack' },
      ...{ conversation: 'D-ann', messageId: 'own', authorId: 'bo', side: 'team', visibility: 'public' },
      direction: 'out',
    })
    const before = (await desk.load(id)).revision
    await desk.writes('ann', 'Which floor?', { messageId: 'own' })
    expect((await desk.load(id)).revision).to.equal(before)
    expect(await desk.tickets()).to.have.length(1)
  })
})
