import { expect } from 'chai'
import { createAccept } from '../../src/intake/accept.js'
import type { InboundEvent, InboundMessage } from '../../src/intake/inbound.js'
import { createWorker, type Worker, type WorkerDeps } from '../../src/intake/worker.js'
import { clockOffsetMs, setClockOffset } from '../../src/lib/now.js'
import type { Database } from '../../src/models/mongo/database.js'
import { createInbox } from '../../src/models/mongo/inbox.js'
import { plainInsert } from '../../src/models/mongo/insert.js'
import { freshDatabase } from '../support/fresh-database.js'
import { type DeskAtWork, deskAtWork, directOf, SILENT, userOf } from '../support/services.js'
import { until } from '../support/world.js'

describe('the worker', () => {
  const database = freshDatabase()
  let other: Database
  let desk: DeskAtWork
  let workers: Worker[]
  before(async () => {
    other = await database.another()
  })
  beforeEach(async () => {
    desk = await deskAtWork(database())
    workers = []
  })
  afterEach(async () => {
    setClockOffset(0)
    await Promise.all(workers.map((worker) => worker.stop()))
  })

  function workerOf(instance: string, more: Partial<WorkerDeps> = {}, of = database()) {
    const inbox = createInbox<InboundEvent>(of, instance, plainInsert(of.inbox))
    const worker = createWorker({
      services: desk.services,
      lookUp: desk.deps.lookUp,
      inbox,
      deskId: () => 'acme',
      logger: SILENT,
      pollMs: 20,
      ...more,
    })
    workers.push(worker)
    const opened = async () => undefined
    const accept = createAccept({
      deskId: () => 'acme',
      inbox,
      woken: worker.wake,
      opened,
      logger: SILENT,
    })
    return { worker, accept, inbox }
  }
  let serial = 0
  const message = (who: string, text: string, more: Partial<InboundMessage> = {}): InboundMessage => {
    const messageId = `w${++serial}`
    return {
      kind: 'message',
      platform: 'slack',
      tenant: 'T1',
      userId: userOf(who),
      at: desk.now,
      keys: [`event:${messageId}`],
      conversation: { id: directOf(who), kind: 'direct' },
      messageId,
      text,
      mentionsBot: false,
      files: [],
      ...more,
    }
  }
  const edited = (of: InboundMessage, text: string): InboundEvent => {
    const { mentionsBot: _, files: __, ...rest } = of
    return {
      ...rest,
      kind: 'edit',
      keys: [`edit:${of.messageId}:${text}`],
      at: new Date(of.at.getTime() + 1000),
      text,
    }
  }
  const undone = () => database().inbox.countDocuments({ state: 'new' })
  const allDone = () => until('everything is done', async () => (await undone()) === 0)

  it('works off what is accepted', async () => {
    const { worker, accept } = workerOf('one')
    worker.start()
    await accept([message('ann', 'My VPN is down')])
    await allDone()
    expect((await desk.ticket()).title).to.equal('My VPN is down')
  })

  it('finds what another instance left', async () => {
    const gone = workerOf('gone')
    await gone.accept([message('ann', 'My VPN is down')])
    workerOf('one').worker.start()
    await allDone()
    expect(await desk.tickets()).to.have.length(1)
  })

  it('takes over what another instance died on, once its lease is over', async () => {
    const gone = workerOf('gone')
    await gone.accept([message('ann', 'My VPN is down')])
    await gone.inbox.lease('acme', `slack:${directOf('ann')}`)
    const { worker } = workerOf('one')
    worker.start()
    await worker.idle()
    expect(await desk.tickets()).to.deep.equal([])
    setClockOffset(clockOffsetMs() + 31_000)
    await allDone()
    expect(await desk.tickets()).to.have.length(1)
  })

  it('keeps the order of a conversation, though it is delivered reversed', async () => {
    const { worker, accept } = workerOf('one')
    const at = (ms: number) => new Date(desk.now.getTime() + ms)
    const first = message('ann', 'My VPN is down', { at: at(0) })
    await accept([message('ann', 'Third', { at: at(2) }), message('ann', 'Second', { at: at(1) }), first])
    worker.start()
    await allDone()
    const ticket = await desk.ticket()
    expect(ticket.title).to.equal('My VPN is down')
    const touches = (await desk.events(ticket.id)).flatMap((event) =>
      event.type === 'touch.added' ? [event.touch.text] : [],
    )
    expect(touches).to.deep.equal(['Second', 'Third'])
  })

  it('makes one ticket of two quick messages that reach different instances', async () => {
    const [one, two] = [workerOf('one'), workerOf('two', {}, other)]
    one.worker.start()
    two.worker.start()
    for (let i = 0; i < 5; i++) {
      const who = ['ann', 'sam', 'max', 'hal', 'hua'][i] ?? 'ann'
      await Promise.all([
        one.accept([message(who, 'My VPN is down')]),
        two.accept([message(who, 'Since Friday')]),
      ])
    }
    await allDone()
    const tickets = await desk.tickets()
    expect(tickets).to.have.length(5)
    for (const { id } of tickets)
      expect(await desk.happened(id)).to.deep.equal(['ticket.opened', 'touch.added'])
  }).timeout(30_000)

  it('never has two workers on one row, nor on two rows of one conversation', async () => {
    const handled: string[] = []
    const busy = new Set<string>()
    const clashes: string[] = []
    const { people } = desk.services
    // the first thing a row asks for and the last thing it waits for are the same here
    const services = {
      ...desk.services,
      people: {
        ...people,
        byIdentity: async (deskId: string, platform: string, userId: string) => {
          if (busy.has(userId)) clashes.push(userId)
          busy.add(userId)
          await new Promise((resolve) => setTimeout(resolve, 3))
          busy.delete(userId)
          handled.push(userId)
          return await people.byIdentity(deskId, platform, userId)
        },
      },
    }
    const crews = ['one', 'two', 'three'].map((name, i) =>
      workerOf(name, { services }, i % 2 ? other : database()),
    )
    const senders = ['ann', 'sam', 'max', 'hal']
    const events = Array.from({ length: 60 }, (_, i) => message(senders[i % 4] ?? 'ann', '谢谢'))
    await Promise.all(events.map((event, i) => crews[i % 3]?.accept([event])))
    for (const { worker } of crews) worker.start()
    await allDone()
    expect(clashes).to.deep.equal([])
    expect(handled).to.have.length(60)
    expect(await database().inbox.countDocuments({ state: 'done', attempts: 1 })).to.equal(60)
  }).timeout(60_000)

  it('lets an edit that comes first wait for its message, and follows it then', async () => {
    const { worker, accept } = workerOf('one')
    worker.start()
    const late = message('ann', 'My VPN is down')
    await accept([edited(late, 'My VPN is slow')])
    await until(
      'the edit waits',
      async () => (await database().inbox.findOne({ reason: 'message' })) !== null,
    )
    await accept([late])
    await allDone()
    expect((await desk.ticket()).excerpt).to.equal('My VPN is slow')
  })

  it('follows no edit that a later one has overtaken', async () => {
    const { worker, accept } = workerOf('one')
    worker.start()
    const first = message('ann', 'My VPN is down')
    const older = edited(first, 'My VPN is slow')
    await accept([first, { ...edited(first, 'My VPN is off'), at: new Date(desk.now.getTime() + 2000) }])
    await allDone()
    await accept([older])
    await allDone()
    expect((await desk.ticket()).excerpt).to.equal('My VPN is off')
  })

  it('makes one ticket of a first message and of what was added to it, whichever comes first', async () => {
    const { worker, accept } = workerOf('one')
    worker.start()
    const first = message('ann', 'My VPN is down')
    const more = { thread: first.messageId, threadIsOurs: false, at: new Date(desk.now.getTime() + 5000) }
    await accept([message('ann', 'It says “no route”', more)])
    await allDone()
    await accept([first])
    await allDone()
    const { id, title } = await desk.ticket()
    expect(title).to.equal('It says “no route”')
    expect(await desk.happened(id)).to.include('touch.added')
  })

  it('follows a deletion whose time is earlier than that of its message', async () => {
    const { worker, accept } = workerOf('one')
    const { id } = await desk.claimed()
    await database().cards.updateOne({ _id: `${id}:team:it:slack` }, { $set: { messageId: 'card-1' } })
    const thread = { conversation: { id: 'C-IT', kind: 'channel' as const }, thread: 'card-1' }
    const note = message('bo', '// a secret', { ...thread, at: new Date(desk.now.getTime() + 900) })
    const { mentionsBot: _, files: __, text: ___, ...rest } = note
    // a time in whole seconds
    const deletion = { ...rest, kind: 'delete' as const, keys: ['deletion'], at: desk.now }
    await accept([deletion, note])
    worker.start()
    await allDone()
    expect((await desk.happened(id)).slice(-2)).to.deep.equal(['touch.added', 'touch.deleted'])
    const rows = await database()
      .inbox.find({ attempts: { $gt: 2 } })
      .toArray()
    expect(rows, 'tried again and again').to.deep.equal([])
  })

  it('gives an edit up whose message never comes', async () => {
    const { worker, accept } = workerOf('one')
    worker.start()
    await accept([edited(message('ann', 'Never sent'), 'Nothing')])
    await until('it is given up', async () => {
      setClockOffset(clockOffsetMs() + 3000)
      return (await undone()) === 0
    })
    expect(await desk.tickets()).to.deep.equal([])
    expect(await database().inbox.countDocuments({ state: 'done' })).to.equal(1)
  })

  it('lets an answer wait for the post of ours it answers', async () => {
    const ticket = await desk.claimed()
    const { worker, accept } = workerOf('one')
    worker.start()
    const inThread = {
      conversation: { id: 'C-IT', kind: 'channel' as const },
      thread: 'card-1',
      threadIsOurs: true,
    }
    await accept([message('bo', 'Please try again', inThread)])
    await until('it waits', async () => (await database().inbox.findOne({ reason: 'thread' })) !== null)
    await database().cards.updateOne({ _id: `${ticket.id}:team:it:slack` }, { $set: { messageId: 'card-1' } })
    await allDone()
    expect((await desk.happened(ticket.id)).at(-1)).to.equal('touch.added')
  })

  it('lets somebody wait whom the messenger cannot describe at the moment, and takes them by their id in the end', async () => {
    const { worker, accept } = workerOf('one', { lookUp: async () => undefined })
    worker.start()
    await accept([message('new', 'My VPN is down')])
    await until('it waits', async () => (await database().inbox.findOne({ reason: 'profile' })) !== null)
    await until('it is taken', async () => {
      setClockOffset(clockOffsetMs() + 3000)
      return (await undone()) === 0
    })
    expect((await desk.ticket()).title).to.equal('My VPN is down')
    expect((await desk.services.people.byIdentity('acme', 'slack', 'U-new'))?.name).to.equal('U-new')
  })

  it('ignores bots and users who are gone', async () => {
    desk.profiles = { 'U-robot': { name: 'Robot', isBot: true }, 'U-ghost': 'gone' }
    const { worker, accept } = workerOf('one')
    worker.start()
    await accept([message('robot', 'My VPN is down'), message('ghost', 'My VPN is down')])
    await allDone()
    expect(await desk.tickets()).to.deep.equal([])
    expect(await database().people.countDocuments({ identityKeys: 'slack:U-robot' })).to.equal(0)
  })

  it('remembers where it can reach who wrote', async () => {
    desk.profiles = { 'U-new': { name: 'Newcomer', isBot: false } }
    const { worker, accept } = workerOf('one')
    worker.start()
    await accept([message('new', 'My VPN is down')])
    await allDone()
    const person = await desk.services.people.byIdentity('acme', 'slack', 'U-new')
    expect(person?.identities).to.deep.equal([{ platform: 'slack', userId: 'U-new', conversation: 'D-new' }])
  })

  it('sets poison aside after many tries, and goes on with the conversation and all others meanwhile', async () => {
    const { messages } = desk.services
    const poisonous = {
      ...messages,
      cardAt: () => Promise.reject(new Error('poison')),
    }
    const errors: string[] = []
    const logger = { ...SILENT, error: (text: string) => errors.push(text) }
    const { worker, accept } = workerOf('one', {
      services: { ...desk.services, messages: poisonous },
      logger,
    })
    worker.start()
    await accept([
      message('ann', 'Poison', { thread: 'x', keys: ['poison'] }),
      message('ann', 'My VPN is down'),
    ])
    await accept([message('sam', 'My screen is dark')])
    await until('the others are served', async () => (await desk.tickets()).length === 1)
    expect((await desk.ticket()).requesterId).to.equal('sam')
    await until('it is set aside and the rest is done', async () => {
      setClockOffset(clockOffsetMs() + 61_000)
      return (await undone()) === 0
    })
    expect(await database().inbox.findOne({ state: 'aside' })).to.deep.include({
      keys: ['poison', `message:slack:D-ann:w${serial - 2}`],
      reason: 'internal.bug',
      attempts: 12,
    })
    expect((await desk.tickets()).map(({ requesterId }) => requesterId)).to.deep.equal(['sam', 'ann'])
    expect(errors.filter((text) => text === 'event set aside')).to.have.length(1)
    expect(errors.filter((text) => text === 'event failed')).to.have.length(11)
  }).timeout(60_000)

  it('finishes what is under way when it stops, and takes nothing new', async () => {
    let go = () => {}
    const gate = new Promise<void>((resolve) => (go = resolve))
    let begun = 0
    const services = {
      ...desk.services,
      tickets: {
        ...desk.services.tickets,
        nextNumber: async (...args: Parameters<typeof desk.services.tickets.nextNumber>) => {
          begun += 1
          await gate
          return await desk.services.tickets.nextNumber(...args)
        },
      },
    }
    const { worker, accept } = workerOf('one', { services })
    worker.start()
    await accept([message('ann', 'My VPN is down'), message('ann', 'The coffee machine leaks')])
    await until('it works on the first', () => begun === 1)
    const stopped = worker.stop()
    await accept([message('sam', 'Toner, please')])
    go()
    await stopped
    expect(await desk.tickets()).to.have.length(1)
    expect(await database().inbox.countDocuments({ state: 'done' })).to.equal(1)
    expect(await undone()).to.equal(2)
    expect(await database().inbox.countDocuments({ leased: true })).to.equal(0)
    expect(begun).to.equal(1)
  })

  it('works on no more conversations at once than it may', async () => {
    let now = 0
    let most = 0
    const services = {
      ...desk.services,
      desk: () => desk.desk,
      people: {
        ...desk.services.people,
        byIdentity: async () => {
          now += 1
          most = Math.max(most, now)
          await new Promise((resolve) => setTimeout(resolve, 5))
          now -= 1
          return undefined
        },
      },
    }
    const { worker, accept } = workerOf('one', { services, lookUp: async () => 'gone', concurrency: 3 })
    for (let i = 0; i < 12; i++) await accept([message(`p${i}`, 'Hello')])
    worker.start()
    await allDone()
    expect(most).to.equal(3)
  })

  it('lives through a database that is away', async () => {
    const warnings: string[] = []
    let away = true
    const { inbox } = workerOf('aside')
    const { worker } = workerOf('one', {
      inbox: {
        ...inbox,
        waiting: (...args) => (away ? Promise.reject(new Error('away')) : inbox.waiting(...args)),
      },
      logger: { ...SILENT, warn: (text: string) => warnings.push(text) },
    })
    worker.start()
    await until('it has noticed', () => warnings.length > 1)
    await workerOf('gone').accept([message('ann', 'My VPN is down')])
    away = false
    await allDone()
    expect(await desk.tickets()).to.have.length(1)
  })
})
