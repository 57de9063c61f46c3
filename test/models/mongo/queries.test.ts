import { expect } from 'chai'
import { mongo } from 'mongoose'
import { setClockOffset } from '../../../src/lib/now.js'
import { createAside } from '../../../src/models/mongo/aside.js'
import { NEVER } from '../../../src/models/mongo/card-filters.js'
import { createCardStore } from '../../../src/models/mongo/cards.js'
import type { Database } from '../../../src/models/mongo/database.js'
import { openDatabase } from '../../../src/models/mongo/database.js'
import type { TicketDoc } from '../../../src/models/mongo/documents.js'
import { createInbox } from '../../../src/models/mongo/inbox.js'
import type { InboxDoc } from '../../../src/models/mongo/inbox-doc.js'
import { plainInsert } from '../../../src/models/mongo/insert.js'
import { createLinkCodes } from '../../../src/models/mongo/link-codes.js'
import { createMessages } from '../../../src/models/mongo/messages.js'
import { createOutboxStore } from '../../../src/models/mongo/outbox.js'
import { createPeople } from '../../../src/models/mongo/people.js'
import { createRecovery } from '../../../src/models/mongo/recover.js'
import { fromTicket } from '../../../src/models/mongo/ticket-docs.js'
import { PRIORITIES, STATUSES } from '../../../src/models/ticket/ticket.js'
import { testDatabase } from '../../support/mongod.js'
import { after as afterChange, opening, storeOf } from './support.js'

const TICKETS = 20_000
const START = new Date('2026-11-02T01:00:00Z')
const at = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000)

/** One query as mongod's profiler saw it. */
interface Seen {
  ns: string
  planSummary?: string
  keysExamined?: number
  docsExamined?: number
  hasSortStage?: boolean
}

describe('with twenty thousand tickets', () => {
  const named = testDatabase()
  let database: Database

  before(async function () {
    this.timeout(120_000)
    database = await openDatabase(named.uri())
    await fill(database)
    await setAside(database)
  })
  after(async () => {
    await database.db.command({ profile: 0 })
    await database.close()
  })

  /** What mongod did while `work` ran. */
  async function seen(work: () => Promise<unknown>): Promise<Seen[]> {
    await database.db.command({ profile: 0 })
    await database.db.collection('system.profile').drop()
    await database.db.command({ profile: 2 })
    await work()
    await database.db.command({ profile: 0 })
    const rows = await database.db
      .collection<Seen & { op: string }>('system.profile')
      .find({ op: { $in: ['query', 'command', 'update', 'remove', 'getmore'] } })
      .toArray()
    return rows.filter((row) => !row.ns.endsWith('system.profile') && row.planSummary !== undefined)
  }

  /** Every query of `work` stands on an index and reads at most so many keys and documents. */
  function reads(
    what: string,
    most: { keys: number; docs: number; sorts?: boolean },
    work: () => Promise<unknown>,
  ) {
    it(`${what} reads at most ${most.keys} keys and ${most.docs} documents`, async () => {
      const queries = await seen(work)
      expect(queries).to.not.be.empty
      for (const query of queries) {
        expect(query.planSummary, JSON.stringify(query)).to.match(
          /IXSCAN|DISTINCT_SCAN|IDHACK|COUNT_SCAN|EOF/,
        )
        expect(query.keysExamined ?? 0, query.planSummary).to.be.at.most(most.keys)
        expect(query.docsExamined ?? 0, query.planSummary).to.be.at.most(most.docs)
        if (!most.sorts) expect(query.hasSortStage ?? false, query.planSummary).to.equal(false)
      }
    }).timeout(20_000)
  }

  const store = () => storeOf(database)

  reads('an idle sweep', { keys: 1, docs: 0 }, () => store().due('acme', at(-1), 500, []))
  reads('a sweep that finds a batch', { keys: 51, docs: 50 }, () => store().due('acme', at(60 * 24), 50, []))
  reads('a sweep beside what is set aside', { keys: 60, docs: 60 }, () =>
    store().due('acme', at(60 * 24), 50, ['t0', 't1', 't2', 't3']),
  )
  reads('a ticket by its number', { keys: 1, docs: 1 }, () => store().byNumber('acme', '2026110042'))
  reads('one person’s tickets', { keys: 40, docs: 20 }, () => store().ofRequester('acme', 'person-7', 20))
  reads('one agent’s tickets', { keys: 80, docs: 50 }, () => store().ofAssignee('acme', 'bo', 50))
  reads('what nobody has', { keys: 60, docs: 50 }, () => store().unclaimed('acme', ['it', 'hr'], 50))
  reads('a place in the queue', { keys: 3000, docs: 0 }, () => {
    const { ticket } = afterChange(opening('t'))
    return store().aheadInQueue({ ...ticket, openedAt: at(TICKETS - 12) })
  })
  reads('a commit by its cause', { keys: 1, docs: 1 }, () => store().byCause('acme', 'open:t42'))
  reads('a ticket’s history', { keys: 2, docs: 1 }, () => store().history('t42'))

  reads('the admins', { keys: 1, docs: 1 }, () => createPeople(database, () => START).admins('acme'))
  reads('an identity', { keys: 1, docs: 1 }, () =>
    createPeople(database, () => START).byIdentity('acme', 'slack', 'U77'),
  )
  reads('everything one person raised or has', { keys: 60, docs: 60 }, () =>
    store().concerning('acme', 'person-7'),
  )
  const codes = () => createLinkCodes(database, () => START)
  const account = { platform: 'slack', userId: 'U77' }
  reads('a new code', { keys: 2, docs: 2 }, () => codes().issue('acme', 'person-77', account))
  reads('a look at a code', { keys: 2, docs: 2 }, () =>
    codes().look('acme', 'K7MPQ-4XTRD', { platform: 'teams', userId: 'U1' }, 'in-1'),
  )
  reads('the messages of a touch', { keys: 1, docs: 1 }, () =>
    createMessages(database).ofTouch('acme', 't42', 'touch-42'),
  )
  reads('a card by its message', { keys: 1, docs: 1 }, () =>
    createMessages(database).cardAt('acme', { platform: 'slack', conversation: 'D42', messageId: 'm42' }),
  )

  reads('whether a card is being posted', { keys: 1, docs: 1 }, () =>
    createMessages(database).isCardAwaited('acme', { platform: 'slack', conversation: 'D42' }),
  )

  const inbox = () => createInbox(database, 'one', plainInsert<InboxDoc>(database.inbox))
  reads('the look for conversations', { keys: 2000, docs: 2000, sorts: true }, () =>
    inbox().waiting('acme', 200),
  )
  reads('the lease of a conversation', { keys: 2, docs: 2 }, () => inbox().lease('acme', 'slack:D7'))
  reads('whether something is done', { keys: 1, docs: 1 }, () => inbox().isDone('acme', 'event:9'))

  const outbox = () => createOutboxStore(database, 'acme', 'run')
  reads('the look for lanes', { keys: 20, docs: 20 }, () => outbox().dueLanes(at(60 * 24), [], 20))
  reads('an idle look for lanes', { keys: 1, docs: 0 }, () => outbox().dueLanes(at(-1), [], 20))
  reads('a lane', { keys: 2, docs: 2, sorts: true }, () => outbox().ofLane('slack:D7', 50))
  reads('whether a mirror is due', { keys: 2, docs: 2 }, () => outbox().isMirrorDue('t42', 'touch-42'))

  const cards = () => createCardStore(database, 'acme', 'run')
  reads('an idle look for lagging cards', { keys: 1, docs: 0 }, () =>
    cards().stale(at(-1), [], { conversations: [], platforms: [] }, 50),
  )

  const aside = () => createAside(database, 'acme')
  reads('the list of what is set aside', { keys: 8, docs: 4 }, () => aside().list())
  reads('a look for ids that are not set aside', { keys: 8, docs: 4 }, () => aside().retry(['t42', 'in-42']))
  reads('the retry of one arrival, saying and card', { keys: 12, docs: 4 }, () =>
    aside().retry(['in-3000', 't3000:1:0', 't3000:p']),
  )
  reads('the retry of the rest', { keys: 12, docs: 4 }, () => aside().retry())

  it('recovery reads the stamps from the index alone', async () => {
    const queries = await seen(() => createRecovery(database, 'acme', async () => undefined).look())
    const scans = queries.filter(({ ns }) => ns.endsWith('.commits'))
    expect(scans).to.not.be.empty
    for (const scan of scans) {
      expect(scan.planSummary).to.equal('IXSCAN { deskId: 1, ts: 1, _id: 1 }')
      expect(scan.docsExamined).to.equal(0)
    }
    for (const query of queries.filter(({ ns }) => ns.endsWith('.tickets')))
      expect(query.planSummary).to.match(/IXSCAN|IDHACK/)
  }).timeout(60_000)
})

const numberOf = (i: number): string => `202611${String(i).padStart(4, '0')}`

async function fill(database: Database): Promise<void> {
  setClockOffset(0)
  const model = afterChange(opening('t', { number: 'x' }))
  const base = fromTicket(model.ticket)
  const tickets: TicketDoc[] = Array.from({ length: TICKETS }, (_, i) => {
    const status = i % 10 === 0 ? 'new' : (STATUSES[i % STATUSES.length] ?? 'new')
    const { nextDueAt: _next, ...rest } = base
    return {
      ...rest,
      _id: `t${i}`,
      number: numberOf(i),
      status,
      teamId: i % 3 ? 'it' : 'hr',
      priority: PRIORITIES[i % PRIORITIES.length] ?? 'low',
      requesterId: `person-${i % 400}`,
      openedAt: at(i),
      updatedAt: at(i),
      ...(i % 2 ? { assigneeId: i % 4 === 1 ? 'bo' : 'cy' } : {}),
      ...(i % 5 ? { nextDueAt: at(i) } : {}),
    }
  })
  await database.tickets.insertMany(tickets)
  const some = Array.from({ length: 3000 }, (_, i) => i)
  const { salt, prevHash, hash, ...commit } = model.commit
  const stamp = { salt, prevHash, hash }
  await database.db.collection<{ _id: string }>('commits').insertMany(
    some.map((i) => ({
      ...commit,
      ...stamp,
      _id: `t${i}:000001`,
      ticketId: `t${i}`,
      cause: `open:t${i}`,
      number: numberOf(i),
      ts: stampAt(i),
    })),
  )
  await database.people.insertMany(
    some.map((i) => ({
      _id: `acme/person-${i}`,
      deskId: 'acme',
      name: `P${i}`,
      identities: [{ platform: 'slack', userId: `U${i}` }],
      identityKeys: [`slack:U${i}`],
      ...(i === 5 ? { isAdmin: true } : {}),
    })),
  )
  await database.linkCodes.insertMany(
    some.map((i) => ({
      _id: `code-${i}`,
      deskId: 'acme',
      owner: `slack:U${i}`,
      personId: `person-${i}`,
      account: { platform: 'slack', userId: `U${i}` },
      expiresAt: at(10),
      purgeAt: new Date('2100-01-01T00:00:00Z'),
    })),
  )
  const row = {
    deskId: 'acme',
    platform: 'slack',
    authorId: 'ann',
    side: 'requester',
    visibility: 'public',
    direction: 'in',
  } as const
  await database.messages.insertMany(
    some.map((i) => ({
      ...row,
      _id: `slack:D${i}:m${i}`,
      ticketId: `t${i}`,
      touchId: `touch-${i}`,
      placeId: 'p',
      conversation: `D${i}`,
      messageId: `m${i}`,
    })),
  )
  await database.cards.insertMany(
    some.map((i) => ({
      _id: `t${i}:p`,
      deskId: 'acme',
      ticketId: `t${i}`,
      placeId: 'p',
      audience: 'requester' as const,
      address: { platform: 'slack', conversation: `D${i}` },
      wanted: 1,
      generation: 0,
      attempts: 0,
      messageId: `m${i}`,
      ...(i % 2 ? { dueAt: at(i) } : {}),
    })),
  )
  await database.outbox.insertMany(
    some.map((i) => ({
      _id: `t${i}:1:0`,
      deskId: 'acme',
      ticketId: `t${i}`,
      seq: 1,
      n: 0,
      to: { kind: 'person' as const, id: 'ann' },
      say: {
        kind: 'mirror' as const,
        touchId: `touch-${i}`,
        visibility: 'public' as const,
        side: 'team' as const,
      },
      lane: `slack:D${i}`,
      state: i % 2 || i === 42 ? ('due' as const) : ('done' as const),
      dueAt: at(i),
      attempts: 0,
    })),
  )
  await database.inbox.insertMany(
    some.map((i) => ({
      _id: `in-${i}`,
      deskId: 'acme',
      keys: [`event:${i}`],
      conversation: `slack:D${i}`,
      order: String(i),
      event: {},
      receivedAt: START,
      readyAt: START,
      attempts: 0,
      state: i % 2 ? ('new' as const) : ('done' as const),
      ...(i % 2 ? {} : { doneAt: new Date() }),
    })),
  )
}

/** Four of each kind, beside thousands that are done or due. */
async function setAside(database: Database): Promise<void> {
  const some = [3000, 3001, 3002, 3003]
  const copies = async (name: 'inbox' | 'outbox' | 'cards', from: string, of: (i: number) => object) => {
    const rows = database.db.collection<{ _id: string }>(name)
    const row = await rows.findOne({ _id: from })
    const { dueAt: _, ...rest } = { dueAt: undefined, ...row }
    await rows.insertMany(some.map((i) => ({ ...rest, _id: '', ...of(i) })))
  }
  await copies('inbox', 'in-1', (i) => ({
    ...{ _id: `in-${i}`, keys: [`event:${i}`], state: 'aside', asideAt: at(i) },
    event: { kind: 'message', platform: 'slack', conversation: { id: `D${i}` }, messageId: `x${i}` },
  }))
  await copies('outbox', 't1:1:0', (i) => ({
    ...{ _id: `t${i}:1:0`, ticketId: `t${i}`, state: 'aside', dueAt: at(i), doneAt: at(i) },
    ...(i % 2 ? { batch: 'digest' } : {}),
  }))
  await copies('cards', 't1:p', (i) => ({
    ...{ _id: `t${i}:p`, ticketId: `t${i}`, dueAt: NEVER, asideReason: 'fault', messageId: `m${i}` },
  }))
}

function stampAt(i: number) {
  return new mongo.Timestamp({ t: 1_700_000_000 + i, i: 1 })
}
