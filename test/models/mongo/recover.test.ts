import { expect } from 'chai'
import fc from 'fast-check'
import { mongo } from 'mongoose'
import type { Change } from '../../../src/models/mongo/commits.js'
import type { Database } from '../../../src/models/mongo/database.js'
import type { TicketDoc } from '../../../src/models/mongo/documents.js'
import { groupedWriters } from '../../../src/models/mongo/grouped.js'
import { createRecovery } from '../../../src/models/mongo/recover.js'
import type { TicketStore } from '../../../src/models/mongo/ticket-store.js'
import { plainWriters, type Writers } from '../../../src/models/mongo/writers.js'
import { freshDatabase } from '../../support/fresh-database.js'
import { rejectionOf } from '../../support/rejection.js'
import { type DrawnTale, played, tales } from '../ticket/random-tales.js'
import { TEAM_PLACE } from '../ticket/support.js'
import { changed, committed, opening, rowsOf, storeOf } from './support.js'

const STEPS = ['message', 'outbox', 'span', 'card', 'newTicket', 'nextTicket'] as const

/** Writers that die at the `nth` write after the commit: before it is applied, or right after. */
function dying(writers: Writers, nth: number, applied: boolean): Writers {
  let left = nth
  const mortal =
    <T>(write: (one: T) => Promise<void>) =>
    async (one: T) => {
      left -= 1
      if (left < 0) throw new Error('crash')
      if (left === 0 && !applied) throw new Error('crash')
      await write(one)
      if (left === 0) throw new Error('crash')
    }
  return {
    ...writers,
    message: mortal(writers.message),
    outbox: mortal(writers.outbox),
    span: mortal(writers.span),
    newCard: mortal(writers.newCard),
    card: mortal(writers.card),
    newTicket: mortal(writers.newTicket),
    nextTicket: async (doc) => {
      let written = false
      await mortal(async (one: TicketDoc) => {
        written = await writers.nextTicket(one)
      })(doc)
      return written
    },
  }
}

describe('recovery', () => {
  const database = freshDatabase()
  const recoveryOf = (of: Database = database()) => createRecovery(of, 'acme', storeOf(of).repair)

  /** The changes of one short story; `before` is filled in while it is told. */
  async function story(tickets: TicketStore, last: (change: Change) => Promise<unknown>): Promise<void> {
    const opened = await committed(tickets, opening('t1', { number: '2026110001' }))
    const claimed = await committed(tickets, changed(opened, 'bo', { verb: 'claim' }, { cause: 'c1' }))
    const touch = {
      id: 'touch-2',
      text: 'Try it now',
      files: [],
      source: { placeId: TEAM_PLACE, messageId: 'm2' },
    }
    const answered = await committed(
      tickets,
      changed(claimed, 'bo', { verb: 'discuss', touch }, { cause: 'c2' }),
    )
    await last(changed(answered, 'bo', { verb: 'resolve', resolution: 'Done.' }, { cause: 'c3' }))
  }

  for (const step of STEPS.filter((one) => one !== 'newTicket' && one !== 'message')) {
    it(`makes up for a crash at the first ${step} of a commit`, async () => {
      await story(storeOf(database()), (change) => storeOf(database()).commit(change))
      const rows = await rowsOf(database())
      await wipe(database())
      await story(storeOf(database()), async (change) => {
        const crash = { ...plainWriters(database()), [step]: () => Promise.reject(new Error('crash')) }
        expect((await rejectionOf(storeOf(database(), crash).commit(change))).message).to.equal('crash')
      })
      expect(await storeOf(database()).load('t1')).to.include({ revision: 3 })
      expect(await recoveryOf().look()).to.equal(1)
      expect(await rowsOf(database())).to.deep.equal(rows)
    })
  }

  for (const step of ['message', 'newCard', 'newTicket'] as const) {
    it(`opens a ticket whose opener died at the first ${step}`, async () => {
      await committed(storeOf(database()), opening('t1', { number: '2026110001' }))
      const rows = await rowsOf(database())
      await wipe(database())
      const crash = { ...plainWriters(database()), [step]: () => Promise.reject(new Error('crash')) }
      await rejectionOf(storeOf(database(), crash).commit(opening('t1', { number: '2026110001' })))
      expect(await storeOf(database()).load('t1')).to.equal(undefined)
      expect(await recoveryOf().look()).to.equal(1)
      expect(await rowsOf(database())).to.deep.equal(rows)
    })
  }

  it('finds nothing to do where nothing crashed, and says so', async () => {
    await story(storeOf(database()), (change) => storeOf(database()).commit(change))
    const recovery = recoveryOf()
    expect(await recovery.look()).to.equal(0)
    expect(await recovery.look()).to.equal(0)
  })

  it('makes up for several commits of one ticket, in order', async () => {
    const opened = await committed(storeOf(database()), opening('t1'))
    const lame = { ...plainWriters(database()), card: () => Promise.reject(new Error('crash')) }
    await rejectionOf(
      storeOf(database(), lame).commit(changed(opened, 'bo', { verb: 'claim' }, { cause: 'c1' })),
    )
    // an instance that never projected anything goes on from the commits alone
    const { commit, ticket } = await folded(database(), 't1')
    expect(commit).to.equal(2)
    await rejectionOf(
      storeOf(database(), lame).commit(
        changed(ticket, 'bo', { verb: 'priority', priority: 'low' }, { cause: 'c2' }),
      ),
    )
    expect(await recoveryOf().look()).to.equal(1)
    expect(await storeOf(database()).load('t1')).to.include({
      revision: 3,
      priority: 'low',
      assigneeId: 'bo',
    })
  })

  it('looks at its own desk only', async () => {
    await rejectionOf(
      storeOf(database(), {
        ...plainWriters(database()),
        newCard: () => Promise.reject(new Error('crash')),
      }).commit(opening('t1')),
    )
    const foreign = createRecovery(database(), 'umbrella', storeOf(database()).repair)
    expect(await foreign.look()).to.equal(0)
    expect(await storeOf(database()).load('t1')).to.equal(undefined)
  })

  describe('the watermark', () => {
    const mark = async () => (await database().watermarks.findOne({ _id: 'projected:acme' }))?.ts

    it('moves to the newest commit that is projected', async () => {
      await committed(storeOf(database()), opening('t1'))
      await committed(storeOf(database()), opening('t2'))
      await recoveryOf().look()
      const newest = await database().commits.findOne({}, { sort: { ts: -1 } })
      expect((await mark())?.equals(newest?.ts ?? 0)).to.equal(true)
    })

    it('stays where it is when something cannot be projected', async () => {
      await committed(storeOf(database()), opening('t1'))
      await recoveryOf().look()
      const before = await mark()
      const crash = { ...plainWriters(database()), newCard: () => Promise.reject(new Error('crash')) }
      await rejectionOf(storeOf(database(), crash).commit(opening('t2')))
      const helpless = createRecovery(database(), 'acme', () => Promise.reject(new Error('still broken')))
      await rejectionOf(helpless.look())
      expect((await mark())?.equals(before ?? 0)).to.equal(true)
      await recoveryOf().look()
      expect((await mark())?.greaterThan(before ?? 0)).to.equal(true)
      expect(await storeOf(database()).load('t2')).to.include({ revision: 1 })
    })

    it('does not let one ticket that cannot be projected keep the others waiting', async () => {
      const crash = { ...plainWriters(database()), newCard: () => Promise.reject(new Error('crash')) }
      for (const id of ['t1', 't2', 't3']) await rejectionOf(storeOf(database(), crash).commit(opening(id)))
      const tickets = storeOf(database())
      const recovery = createRecovery(database(), 'acme', (id) =>
        id === 't1' ? Promise.reject(new Error('poison')) : tickets.repair(id),
      )
      expect((await rejectionOf(recovery.look())).message).to.equal('poison')
      expect(await tickets.load('t1')).to.equal(undefined)
      expect(await tickets.load('t3')).to.include({ revision: 1 })
      expect(await mark()).to.equal(undefined)
      expect((await rejectionOf(recovery.look())).message).to.equal('poison')
    })

    it('never goes back', async () => {
      await committed(storeOf(database()), opening('t1'))
      const far = new mongo.Timestamp({ t: Math.floor(Date.now() / 1000) + 30, i: 1 })
      await database().watermarks.insertOne({ _id: 'projected:acme', ts: far })
      await recoveryOf().look()
      expect((await mark())?.equals(far)).to.equal(true)
    })

    it('is looked a minute behind: stamps may become readable out of their order', async () => {
      const ahead = (seconds: number) =>
        new mongo.Timestamp({ t: Math.floor(Date.now() / 1000) + seconds, i: 1 })
      await database().watermarks.insertOne({ _id: 'projected:acme', ts: ahead(40) })
      const crash = { ...plainWriters(database()), newCard: () => Promise.reject(new Error('crash')) }
      await rejectionOf(storeOf(database(), crash).commit(opening('t1')))
      expect(await recoveryOf().look()).to.equal(1)
    })
  })

  it('goes on looking at a ticket whose document only the primary has so far', async () => {
    const opened = await committed(storeOf(database()), opening('t1'))
    const older = await database().tickets.findOne({ _id: 't1' })
    await committed(storeOf(database()), changed(opened, 'bo', { verb: 'claim' }, { cause: 'c1' }))
    // a majority that has not heard of the document's last write yet
    const find = (filter: object, options?: { readConcern?: { level: string } }) => {
      const behind = options?.readConcern?.level === 'majority' &&
        older && { _id: 't1', revision: older.revision }
      return behind
        ? ({ toArray: async () => [behind] } as never)
        : database().tickets.find(filter, options as never)
    }
    const tickets = new Proxy(database().tickets, {
      get: (target, name) => (name === 'find' ? find : Reflect.get(target, name, target)),
    })
    const recovery = createRecovery({ ...database(), tickets }, 'acme', storeOf(database()).repair)
    expect(await recovery.look()).to.equal(0)
    // the primary dies and takes the write with it
    if (older) await database().tickets.replaceOne({ _id: 't1' }, older)
    expect(await recovery.look()).to.equal(1)
    expect(await storeOf(database()).load('t1')).to.include({ revision: 2, assigneeId: 'bo' })
  })

  describe('of random histories', () => {
    const twin = freshDatabase()

    it('leaves what a program that never crashed would have left', async () => {
      const crash = fc.record({
        nth: fc.integer({ min: 1, max: 8 }),
        applied: fc.boolean(),
        next: fc.constantFrom('recover', 'retry', 'repair', 'go on'),
      })
      await fc.assert(
        fc.asyncProperty(
          tales,
          fc.array(fc.option(crash, { freq: 2 }), { minLength: 8, maxLength: 8 }),
          fc.boolean(),
          async (tale: DrawnTale, crashes, shared) => {
            await Promise.all([wipe(database()), wipe(twin())])
            const { steps } = played(tale)
            const short = steps.slice(0, crashes.length)
            for (const [i, { commit, before }] of short.entries()) {
              const change = { ...commit, number: commit.seq === 1 ? '2026110001' : undefined }
              const { deskId, ticketId, cause, actor, at, events } = change
              const base = { deskId, ticketId, cause, actor, at, events }
              const numbered = change.number ? { ...base, number: change.number } : base
              await storeOf(twin()).commit({
                ...numbered,
                before: before && ((await storeOf(twin()).load(ticketId)) ?? null),
              })
              const writers = (shared ? groupedWriters : plainWriters)(database())
              await bring(database(), writers, commit.seq, numbered, crashes[i] ?? undefined)
            }
            await recoveryOf().look()
            expect(await rowsOf(database())).to.deep.equal(await rowsOf(twin()))
            expect(await recoveryOf().look()).to.equal(0)
          },
        ),
        { numRuns: 15 },
      )
    }).timeout(120_000)
  })
})

interface Crash {
  nth: number
  applied: boolean
  next: 'recover' | 'retry' | 'repair' | 'go on'
}

/** Commits a change as a flow does, over whatever lags, after one attempt that may die on the way. */
async function bring(
  database: Database,
  writers: Writers,
  seq: number,
  change: Omit<Change, 'before'>,
  crash: Crash | undefined,
): Promise<void> {
  const { ticketId } = change
  const attempt = async (tickets: TicketStore) => {
    const before = (await tickets.load(ticketId)) ?? null
    if ((before?.revision ?? 0) >= seq) return true
    const result = await tickets.commit({ ...change, before })
    return result.kind !== 'lost'
  }
  if (crash) {
    await attempt(storeOf(database, dying(writers, crash.nth, crash.applied))).catch((error: unknown) => {
      if ((error as Error).message !== 'crash') throw error
    })
    const there = (await storeOf(database).history(ticketId)).some((commit) => commit.cause === change.cause)
    if (there && crash.next === 'recover')
      await createRecovery(database, 'acme', storeOf(database).repair).look()
    if (there && crash.next === 'repair') await storeOf(database).repair(ticketId)
    if (there && crash.next !== 'retry') return
  }
  for (let i = 0; i < 4; i++) if (await attempt(storeOf(database))) return
  throw new Error('the change never went in')
}

async function folded(database: Database, ticketId: string) {
  const { fold } = await import('../../../src/models/ticket/fold.js')
  const commits = await storeOf(database).history(ticketId)
  const ticket = commits.reduce<ReturnType<typeof fold> | null>(
    (before, commit) => fold(before, commit),
    null,
  )
  if (!ticket) throw new Error('nothing was opened')
  return { ticket, commit: commits.length }
}

async function wipe(database: Database): Promise<void> {
  await Promise.all((await database.db.collections()).map((collection) => collection.deleteMany({})))
}
