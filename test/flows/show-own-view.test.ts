import { expect } from 'chai'
import { dispatchClick } from '../../src/intake/dispatch.js'
import type { InboundAction } from '../../src/intake/inbound.js'
import { freshDatabase } from '../support/fresh-database.js'
import { actionsOf, type DeskAtWork, deskAtWork, userOf } from '../support/services.js'

describe('a card as one of the team sees it', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  let looks = 0
  beforeEach(async () => {
    desk = await deskAtWork(database())
  })

  const clicked = (who: string, ticketId: string): InboundAction => {
    looks += 1
    return {
      kind: 'action',
      platform: 'slack',
      tenant: 'T1',
      userId: userOf(who),
      at: new Date('2026-11-09T02:00:00Z'),
      key: `look-${looks}`,
      action: { verb: 'view', ticketId },
    }
  }
  const look = (who: string, ticketId: string) => dispatchClick(desk.deps, clicked(who, ticketId))
  async function verbsFor(who: string, ticketId: string): Promise<string[]> {
    const answer = await look(who, ticketId)
    if (answer.kind !== 'private') throw new Error(answer.kind)
    return actionsOf(answer.card).map(({ verb }) => verb)
  }

  it('has the buttons of whoever has it, and others for the lead', async () => {
    const { id } = await desk.claimed('bo')
    expect((await verbsFor('bo', id)).slice(0, 3)).to.deep.equal(['reply', 'resolve', 'wait'])
    expect((await verbsFor('lin', id)).slice(0, 1)).to.deep.equal(['reassign'])
    expect(await verbsFor('cy', id)).to.not.include.members(['release', 'wait'])
  })

  it('shows the ticket as it is now, whatever the card was that they looked at', async () => {
    const { id } = await desk.opened('ann', 'My VPN is down')
    expect(await verbsFor('lin', id)).to.include('claim')
    await dispatchClick(desk.deps, { ...clicked('bo', id), action: { verb: 'claim', ticketId: id } })
    expect(await verbsFor('lin', id)).to.not.include('claim')
  })

  it('is for the team alone: of nobody else is even said whether there is such a ticket', async () => {
    const { id } = await desk.claimed('bo')
    const none = await look('sam', 'no-such-ticket')
    for (const who of ['sam', 'hal', 'hua']) {
      const answer = await look(who, id)
      const card = answer.kind === 'private' ? answer.card : undefined
      expect(card?.elements, who).to.deep.equal(none.kind === 'private' ? none.card.elements : undefined)
      expect(card).to.not.have.property('ownView')
    }
    expect(JSON.stringify(await look('ann', id))).to.not.contain('VPN')
  })

  it('changes nothing, however often somebody looks', async () => {
    const { id, revision } = await desk.claimed('bo')
    const before = await database().commits.countDocuments({})
    for (let i = 0; i < 5; i++) await look('bo', id)
    expect(await database().commits.countDocuments({})).to.equal(before)
    expect((await desk.deps.services.tickets.load(id))?.revision).to.equal(revision)
  })
})
