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

  it('makes no call beyond that, for many tickets at once', async () => {
    const { delivery, messenger, open } = world()
    delivery.start()
    for (let i = 0; i < 30; i++) await open({ requesterId: i % 2 === 0 ? 'ann' : 'sam' })
    await delivery.idle()
    const calls = new Map<string, number>()
    for (const { method } of messenger.calls) calls.set(method, (calls.get(method) ?? 0) + 1)
    expect(Object.fromEntries(calls)).to.deep.equal({ postCard: 60, postWords: 30 })
  })
})
