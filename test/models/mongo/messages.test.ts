import { expect } from 'chai'
import { createMessages } from '../../../src/models/mongo/messages.js'
import { createReplies } from '../../../src/models/mongo/replies.js'
import type { MessageItem } from '../../../src/models/ticket/effects.js'
import { freshDatabase } from '../../support/fresh-database.js'

const item = (messageId: string, more: Partial<MessageItem> = {}): MessageItem => ({
  deskId: 'acme',
  ticketId: 't1',
  touchId: 'touch-1',
  placeId: 'p1',
  platform: 'slack',
  conversation: 'C1',
  messageId,
  authorId: 'ann',
  side: 'requester',
  visibility: 'public',
  direction: 'in',
  ...more,
})
const ref = (messageId: string) => ({ platform: 'slack', conversation: 'C1', messageId })

describe('messages of tickets', () => {
  const database = freshDatabase()
  const messages = () => createMessages(database())

  it('are found by where they stand', async () => {
    await messages().record(item('1'))
    expect(await messages().byRef('acme', ref('1'))).to.deep.include(item('1'))
    expect(await messages().byRef('acme', ref('2'))).to.equal(undefined)
    expect(await messages().byRef('acme', { ...ref('1'), conversation: 'C2' })).to.equal(undefined)
    expect(await messages().byRef('umbrella', ref('1'))).to.equal(undefined)
  })

  it('keep the first word on what they are', async () => {
    await messages().record(item('1'))
    await messages().record(item('1', { ticketId: 't2' }))
    expect((await messages().byRef('acme', ref('1')))?.ticketId).to.equal('t1')
  })

  it('are found by their touch, everywhere it is shown', async () => {
    await messages().record(item('1'))
    await messages().record(item('2', { conversation: 'C2', direction: 'out' }))
    await messages().record(item('3', { touchId: 'touch-2' }))
    await messages().record(item('4', { ticketId: 't2' }))
    expect((await messages().ofTouch('acme', 't1', 'touch-1')).map((one) => one.messageId)).to.have.members([
      '1',
      '2',
    ])
  })

  it('may be forgotten', async () => {
    await messages().record(item('1'))
    await messages().remove(ref('1'))
    expect(await messages().byRef('acme', ref('1'))).to.equal(undefined)
    await messages().remove(ref('1'))
  })

  it('may be a ticket’s card', async () => {
    await database().cards.insertOne({
      _id: 't1:p1',
      deskId: 'acme',
      ticketId: 't1',
      placeId: 'p1',
      audience: 'team',
      address: { platform: 'slack', conversation: 'C1' },
      wanted: 1,
      messageId: '9',
      generation: 0,
      attempts: 0,
    })
    expect(await messages().cardAt('acme', ref('9'))).to.deep.equal({ ticketId: 't1', placeId: 'p1' })
    expect(await messages().cardAt('acme', ref('8'))).to.equal(undefined)
    expect(await messages().cardAt('umbrella', ref('9'))).to.equal(undefined)
  })

  it('of the bot beside any ticket are said once per key', async () => {
    let woken = 0
    const replies = createReplies(database(), () => (woken += 1))
    const to = { platform: 'slack', conversation: 'D1', thread: '1' }
    await replies.say('acme', 'help:1', to, { title: 'Help' })
    await replies.say('acme', 'help:1', to, { title: 'Help again' })
    await replies.say('acme', 'help:2', to, { title: 'Help' })
    const rows = await database().outbox.find().sort({ _id: 1 }).toArray()
    expect(rows.map((row) => [row._id, row.lane, row.state, row.say])).to.deep.equal([
      ['reply:help:1', 'slack:D1', 'due', { kind: 'reply', card: { title: 'Help' } }],
      ['reply:help:2', 'slack:D1', 'due', { kind: 'reply', card: { title: 'Help' } }],
    ])
    expect(woken).to.equal(3)
  })
})
