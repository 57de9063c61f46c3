import { expect } from 'chai'
import { onClockDue } from '../../src/flows/on-clock-due.js'
import { createSweep, type SweepDeps } from '../../src/scheduler/sweep.js'
import { freshDatabase } from '../support/fresh-database.js'
import { rejectionOf } from '../support/rejection.js'
import { deskAtWork, MINUTE_MS, SILENT } from '../support/services.js'

describe('the sweep', () => {
  /** Tickets that are due until they are handled. */
  function world(count: number, more: Partial<SweepDeps> = {}) {
    const waiting = new Set(Array.from({ length: count }, (_, i) => `t${i}`))
    const asked: number[] = []
    const handled: string[] = []
    const repaired: string[] = []
    const deps: SweepDeps = {
      due: async (limit, except) => {
        const ids = [...waiting].filter((id) => !except.includes(id)).slice(0, limit)
        asked.push(ids.length)
        return ids
      },
      onDue: async (id) => {
        handled.push(id)
        waiting.delete(id)
        return 'changed'
      },
      repair: async (id) => repaired.push(id),
      logger: SILENT,
      batch: 10,
      ...more,
    }
    return { waiting, asked, handled, repaired, sweep: createSweep(deps) }
  }

  it('does nothing when nothing is due', async () => {
    const { sweep, asked } = world(0)
    expect(await sweep.run()).to.equal(0)
    expect(asked).to.deep.equal([0])
  })

  it('goes on batch by batch until nothing is due, and keeps its lock meanwhile', async () => {
    const { sweep, handled, asked } = world(25)
    let touched = 0
    expect(await sweep.run(async () => (touched += 1))).to.equal(25)
    expect(new Set(handled).size).to.equal(25)
    expect(asked).to.deep.equal([10, 10, 5])
    expect(touched).to.equal(2)
  })

  it('makes room for the next when its time is used up', async () => {
    const { sweep, asked } = world(25, { budgetMs: -1 })
    expect(await sweep.run()).to.equal(10)
    expect(asked).to.deep.equal([10])
  })

  it('works on no more than sixteen at once', async () => {
    let now = 0
    let most = 0
    const { sweep, waiting } = world(40, {
      batch: 100,
      onDue: async (id) => {
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setImmediate(resolve))
        now -= 1
        waiting.delete(id)
        return 'changed'
      },
    })
    await sweep.run()
    expect(most).to.equal(16)
  })

  it('sets poison aside, so that it does not block the rest', async () => {
    const { sweep, handled, waiting } = world(30, {
      onDue: async (id) => {
        if (Number(id.slice(1)) < 12) throw new Error('poison')
        handled.push(id)
        waiting.delete(id)
        return 'changed'
      },
    })
    // a whole batch of poison stands in front
    await sweep.run()
    expect(handled).to.have.length(18)
    expect(waiting.size).to.equal(12)
  })

  it('repairs a ticket that is due without anything to do, and sets it aside when that does not help', async () => {
    const { sweep, repaired, waiting } = world(1, { onDue: async () => 'nothing' })
    await sweep.run()
    expect(repaired).to.deep.equal(['t0'])
    // the ordinary race with another instance shows nowhere
    expect(sweep.aside()).to.deep.equal([])
    await again(
      () => sweep.run(),
      () => repaired.length > 1,
    )
    expect(sweep.aside()).to.deep.equal([{ ticketId: 't0', attempts: 2 }])
    expect(waiting.size).to.equal(1)
  }).timeout(20_000)

  it('waits longer each time before it tries poison again', async () => {
    let tries = 0
    const { sweep } = world(1, {
      onDue: async () => {
        tries += 1
        throw new Error('poison')
      },
    })
    for (let i = 0; i < 20; i++) await sweep.run()
    expect(tries).to.equal(1)
  })

  it('forgets what was set aside once it is no longer due', async () => {
    const { sweep, waiting, repaired } = world(1, { onDue: async () => 'nothing' })
    await sweep.run()
    await again(
      () => sweep.run(),
      () => repaired.length > 1,
    )
    waiting.clear()
    await again(
      () => sweep.run(),
      () => sweep.aside().length === 0,
    )
  }).timeout(20_000)

  it('rejects when it cannot look, and works again afterwards', async () => {
    let away = true
    const { sweep } = world(0, {
      due: () => (away ? Promise.reject(new Error('away')) : Promise.resolve([])),
    })
    expect((await rejectionOf(sweep.run())).message).to.equal('away')
    away = false
    expect(await sweep.run()).to.equal(0)
  })

  describe('over a database', () => {
    const database = freshDatabase()

    it('tells each (ticket, clock, level, round) once, though three run at once', async () => {
      const desk = await deskAtWork(database())
      for (let i = 0; i < 12; i++) {
        desk.passes(MINUTE_MS)
        await desk.writes('sam', `urgent: ${i}`, { channel: 'C-ALL', mentionsBot: true })
      }
      desk.passes(60 * MINUTE_MS)
      const sweeps = Array.from({ length: 3 }, () =>
        createSweep({
          due: (limit, except) => desk.services.tickets.due('acme', desk.now, limit, except),
          onDue: (id) => onClockDue(desk.services, id),
          repair: (id) => desk.services.tickets.repair(id),
          logger: SILENT,
          batch: 5,
        }),
      )
      await Promise.all(sweeps.map((sweep) => sweep.run()))
      for (const { id } of await desk.tickets()) {
        expect(await desk.said(id)).to.deep.equal(['tell overdue to lin'])
        expect(await database().commits.countDocuments({ ticketId: id, 'actor.kind': 'system' })).to.equal(1)
      }
      expect(await desk.services.tickets.due('acme', desk.now, 100, [])).to.deep.equal([])
    }).timeout(30_000)

    it('heals a ticket whose document lags behind its commits', async () => {
      const desk = await deskAtWork(database())
      const ticket = await desk.opened('ann', 'urgent: everything is down')
      const before = await database().tickets.findOne({ _id: ticket.id })
      desk.passes(60 * MINUTE_MS)
      await onClockDue(desk.services, ticket.id)
      if (before) await database().tickets.replaceOne({ _id: ticket.id }, before)
      const sweep = createSweep({
        due: (limit, except) => desk.services.tickets.due('acme', desk.now, limit, except),
        onDue: (id) => onClockDue(desk.services, id),
        repair: (id) => desk.services.tickets.repair(id),
        logger: SILENT,
      })
      await sweep.run()
      expect((await desk.load(ticket.id)).revision).to.equal(2)
      expect(await desk.said(ticket.id)).to.deep.equal(['tell overdue to lin'])
    })
  })
})

/** Does `work` until `done`: what is waited for depends on a clock that no test moves. */
async function again(work: () => Promise<unknown>, done: () => boolean): Promise<void> {
  while (!done()) {
    await work()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
