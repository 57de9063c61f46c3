import { expect } from 'chai'
import { changeKeyOf, createAccept, messageKeyOf, type Opening, unitOf } from '../../src/intake/accept.js'
import type { InboundEdit, InboundEvent, InboundMessage } from '../../src/intake/inbound.js'
import { arrivedUnder } from '../../src/models/mongo/arrived-under.js'
import type { Database } from '../../src/models/mongo/database.js'
import { groupedInsert } from '../../src/models/mongo/grouped.js'
import { createInbox } from '../../src/models/mongo/inbox.js'
import { failCommand, heal } from '../support/fail-command.js'
import { freshDatabase } from '../support/fresh-database.js'
import { rejectionOf } from '../support/rejection.js'
import { SILENT } from '../support/services.js'

const base = { platform: 'slack', tenant: 'T1', userId: 'U1', at: new Date('2026-11-02T01:00:00Z') }
const direct = { id: 'D1', kind: 'direct' } as const
const channel = { id: 'C1', kind: 'channel' } as const
const message = (messageId: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
  kind: 'message',
  ...base,
  keys: [`event:${messageId}`],
  conversation: direct,
  messageId,
  text: 'Hello',
  mentionsBot: false,
  files: [],
  ...more,
})
const edit = (messageId: string, more: Partial<InboundEdit> = {}): InboundEdit => ({
  kind: 'edit',
  ...base,
  keys: [`edit:${messageId}`],
  conversation: direct,
  messageId,
  text: 'Other words',
  ...more,
})

describe('accepting', () => {
  const database = freshDatabase()
  let shaky: Database
  let woken: string[]
  let opened: (opening: Opening) => Promise<void>
  before(async () => {
    shaky = await database.another({ appName: 'accept', serverSelectionTimeoutMs: 1500 })
  })
  beforeEach(() => {
    woken = []
    opened = async () => undefined
  })
  afterEach(() => heal(database()))
  const acceptOf = (of = database()) =>
    createAccept({
      deskId: () => 'acme',
      inbox: createInbox<InboundEvent>(of, 'one', groupedInsert(of.inbox)),
      woken: (conversation) => woken.push(conversation),
      opened: (opening) => opened(opening),
      logger: SILENT,
    })
  const rows = () => database().inbox.find().sort({ order: 1 }).toArray()

  it('has it durable when it returns, and wakes whoever works on the conversation', async () => {
    await acceptOf()([message('1.0')])
    const [row] = await rows()
    expect(row).to.deep.include({
      deskId: 'acme',
      conversation: 'slack:D1',
      keys: ['event:1.0', 'message:slack:D1:1.0'],
      state: 'new',
      event: message('1.0'),
    })
    expect(woken).to.deep.equal(['slack:D1'])
  })

  it('takes a message once, though it comes under several names and twice at once', async () => {
    const accept = acceptOf()
    await Promise.all([accept([message('1.0')]), accept([message('1.0')]), acceptOf(shaky)([message('1.0')])])
    await accept([message('1.0', { keys: ['event:again'] })])
    await accept([message('1.0', { keys: ['event:1.0', 'more'] })])
    expect(await rows()).to.have.length(1)
    expect(woken).to.have.length(1)
  })

  it('tells a message, its edits and its deletion apart', async () => {
    const { text: _, kind: __, ...gone } = edit('1.0', { keys: ['deletion'] })
    await acceptOf()([
      message('1.0'),
      edit('1.0'),
      edit('1.0', { keys: ['edit:2'] }),
      { kind: 'delete', ...gone },
    ])
    expect(await rows()).to.have.length(4)
  })

  it('names changes after their message, so that they are found from it', async () => {
    await acceptOf()([edit('1.0'), edit('1.01')])
    const found = await arrivedUnder<InboundEvent>(database().inbox, 'acme', changeKeyOf(edit('1.0')))
    expect(found.map(({ keys }) => keys)).to.deep.equal([['edit:1.0', 'change:slack:D1:1.0:edit:1.0']])
    expect(await arrivedUnder(database().inbox, 'umbrella', changeKeyOf(edit('1.0')))).to.deep.equal([])
  })

  it('keeps nothing of a mere presence', async () => {
    await acceptOf()([{ kind: 'presence', ...base, keys: ['x'], what: 'home_opened' }])
    expect(await rows()).to.deep.equal([])
    expect(woken).to.deep.equal([])
  })

  it('tells who opened their chat before it is acknowledged, and refuses it when that fails', async () => {
    const opening: Opening = {
      ...{ kind: 'presence', ...base, keys: ['x'] },
      ...{ what: 'chat_opened', conversation: 'D1' },
    }
    const told: Opening[] = []
    opened = async (one) => void told.push(one)
    await acceptOf()([opening])
    expect(told).to.deep.equal([opening])
    expect(await rows()).to.deep.equal([])
    opened = async () => {
      throw new Error('not known yet')
    }
    expect((await rejectionOf(acceptOf()([opening]))).message).to.equal('not known yet')
  })

  it('orders by the messenger’s time, not by the arrival', async () => {
    const at = (ms: number) => new Date(base.at.getTime() + ms)
    await acceptOf()([
      message('3.0', { at: at(3) }),
      message('2.0', { at: at(2) }),
      message('1.5', { at: at(2) }),
      message('1.0', { at: new Date(5) }),
    ])
    const ids = (await rows()).map((row) => (row.event as InboundMessage).messageId)
    expect(ids).to.deep.equal(['1.0', '1.5', '2.0', '3.0'])
  })

  it('throws while the database is away, and nothing is lost when it comes again', async () => {
    const accept = acceptOf(shaky)
    await failCommand(database(), 'accept', { failCommands: ['insert'], closeConnection: true })
    expect(await rejectionOf(accept([message('1.0')]))).to.be.instanceOf(Error)
    expect(woken).to.deep.equal([])
    await heal(database())
    await accept([message('1.0')])
    expect(await rows()).to.have.length(1)
  }).timeout(30_000)

  it('throws when a majority does not confirm, and knows it the next time', async () => {
    const accept = acceptOf(shaky)
    const writeConcernError = { code: 64, errmsg: 'waiting for replication timed out' }
    await failCommand(database(), 'accept', { failCommands: ['insert'], writeConcernError }, 1)
    expect(await rejectionOf(accept([message('1.0')]))).to.be.instanceOf(Error)
    await accept([message('1.0')])
    expect(await rows()).to.have.length(1)
  })

  describe('keeps in order, one at a time', () => {
    it('a person’s whole direct conversation', () => {
      expect(unitOf(message('1'))).to.equal('slack:D1')
      expect(unitOf(message('2', { thread: '1' }))).to.equal('slack:D1')
      expect(unitOf(edit('2', { thread: '1' }))).to.equal('slack:D1')
    })

    it('each thread of a channel by itself, with the message it hangs on', () => {
      expect(unitOf(message('1', { conversation: channel }))).to.equal('slack:C1:1')
      expect(unitOf(message('2', { conversation: channel, thread: '1' }))).to.equal('slack:C1:1')
      expect(unitOf(edit('2', { conversation: channel, thread: '1' }))).to.equal('slack:C1:1')
      expect(unitOf(edit('1', { conversation: channel }))).to.equal('slack:C1:1')
      expect(unitOf(message('3', { conversation: channel }))).to.equal('slack:C1:3')
    })
  })

  it('names a message the same, whatever kind of conversation it is said to be in', () => {
    expect(messageKeyOf(message('1', { conversation: { id: 'X', kind: 'direct' } }))).to.equal(
      messageKeyOf(message('1', { conversation: { id: 'X', kind: 'channel' } })),
    )
  })
})
