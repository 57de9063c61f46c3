import { expect } from 'chai'
import type { Database } from '../../../src/models/mongo/database.js'
import { createInbox, type Inbox } from '../../../src/models/mongo/inbox.js'
import type { InboxDoc } from '../../../src/models/mongo/inbox-doc.js'
import { plainInsert } from '../../../src/models/mongo/insert.js'
import { heal } from '../../support/fail-command.js'
import { freshDatabase } from '../../support/fresh-database.js'

const DESK = 'acme'

describe('leases that share round trips', () => {
  const database = freshDatabase()
  let other: Database
  before(async () => {
    other = await database.another({ appName: 'leases' })
  })
  afterEach(() => heal(database()))
  const inboxOf = (instance: string, of = database()): Inbox<string> =>
    createInbox(of, instance, plainInsert<InboxDoc>(of.inbox))

  let arrived = 0
  async function arrive(conversation: string, order = '1'): Promise<void> {
    arrived += 1
    const keys = [`event:${arrived}`]
    await inboxOf('setup').add({ deskId: DESK, keys, conversation, order, event: `${conversation}/${order}` })
  }
  const names = (count: number) => Array.from({ length: count }, (_, i) => `c${String(i).padStart(2, '0')}`)

  it('give every conversation its own oldest row', async () => {
    for (const name of names(12)) {
      await arrive(name, '2')
      await arrive(name, '1')
    }
    const inbox = inboxOf('one')
    const rows = await Promise.all(names(12).map((name) => inbox.lease(DESK, name)))
    expect(rows.map((row) => row?.event)).to.deep.equal(names(12).map((name) => `${name}/1`))
    expect(rows.map((row) => row?.attempts)).to.deep.equal(names(12).map(() => 1))
    expect(await database().inbox.countDocuments({ leased: true, leaseBy: 'one' })).to.equal(12)
  })

  it('reach the others behind a conversation with hundreds of rows', async () => {
    for (let i = 0; i < 60; i++) await arrive('c00', String(i).padStart(3, '0'))
    for (const name of names(5).slice(1)) await arrive(name)
    const inbox = inboxOf('one')
    const rows = await Promise.all(names(5).map((name) => inbox.lease(DESK, name)))
    expect(rows.map((row) => row?.conversation)).to.deep.equal(names(5))
    expect(rows[0]?.event).to.equal('c00/000')
  })

  it('give one row to one of two who ask for a conversation at once', async () => {
    await arrive('c00', '1')
    await arrive('c00', '2')
    const inbox = inboxOf('one')
    const rows = await Promise.all([inbox.lease(DESK, 'c00'), inbox.lease(DESK, 'c00')])
    expect(rows.map((row) => row?.event)).to.deep.equal(['c00/1', undefined])
  })

  it('give each row to one of two instances that ask for the same ones', async () => {
    for (const name of names(30)) await arrive(name)
    const inboxes = [inboxOf('one'), inboxOf('two', other)]
    const both = await Promise.all(
      inboxes.map((inbox) => Promise.all(names(30).map((name) => inbox.lease(DESK, name)))),
    )
    const got = both.map((rows) => rows.filter((row) => row !== undefined))
    expect(got.flat().map((row) => row.conversation)).to.have.members(names(30))
    for (const [i, rows] of got.entries()) {
      const leaseBy = i === 0 ? 'one' : 'two'
      for (const row of rows) {
        expect(await database().inbox.findOne({ _id: row._id })).to.include({ leaseBy, attempts: 1 })
      }
    }
  })

  it('know what they got when another instance has taken some meanwhile', async () => {
    for (const name of names(6)) await arrive(name)
    // its leases reach the server late: whatever it read may be taken by then
    await database()
      .connection.getClient()
      .db('admin')
      .command({
        configureFailPoint: 'failCommand',
        mode: { times: 1 },
        data: { failCommands: ['update'], blockConnection: true, blockTimeMS: 400, appName: 'leases' },
      })
    const late = inboxOf('two', other)
    const slow = Promise.all(names(6).map((name) => late.lease(DESK, name)))
    const quick = inboxOf('one')
    for (const name of ['c01', 'c04']) expect((await quick.lease(DESK, name))?.conversation).to.equal(name)
    const rows = await slow
    const mine = await database().inbox.find({ leaseBy: 'two' }).toArray()
    expect(rows.filter(Boolean).map((row) => row?._id)).to.have.members(mine.map((row) => row._id))
    expect(mine).to.have.length(4)
  })

  it('settle what is done together, and only what is still held', async () => {
    for (const name of names(8)) await arrive(name)
    const inbox = inboxOf('one')
    const rows = (await Promise.all(names(8).map((name) => inbox.lease(DESK, name)))).filter(
      (row) => row !== undefined,
    )
    await database().inbox.updateOne({ conversation: 'c03' }, { $set: { leaseBy: 'two' } })
    await Promise.all(rows.map((row) => inbox.done(row)))
    const left = await database().inbox.find({ state: 'new' }).toArray()
    expect(left.map((row) => row.conversation)).to.deep.equal(['c03'])
    expect(await database().inbox.countDocuments({ leased: true })).to.equal(1)
  })
})
