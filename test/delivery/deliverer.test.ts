import { expect } from 'chai'
import { testDatabase } from '../support/mongod.js'
import { worlds } from './support.js'

describe('createDelivery', () => {
  const world = worlds(testDatabase())

  it('shows a new ticket in its two places, once each, with the opening line in the thread', async () => {
    const { delivery, messenger, open } = world()
    const ticket = await open()
    delivery.start()
    await delivery.idle()
    const [own] = messenger.in('D-ANN')
    const team = messenger.in('C-IT')
    expect(own?.to.thread).to.equal(`root-${ticket.id}`)
    expect(own?.card?.audience).to.equal('requester')
    expect(team.map((one) => one.to.thread)).to.deep.equal([undefined, team[0]?.ref.messageId])
    expect(team[0]?.card?.title).to.contain(ticket.number)
    expect(messenger.messages).to.have.length(3)
  })
})
