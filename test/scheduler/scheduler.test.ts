import { expect } from 'chai'
import { createScheduler, type Jobs } from '../../src/scheduler/scheduler.js'
import { freshDatabase } from '../support/fresh-database.js'
import { SILENT } from '../support/services.js'
import { until } from '../support/world.js'

describe('the scheduler', () => {
  const database = freshDatabase()
  const started: { stop(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(started.splice(0).map((one) => one.stop()))
  })
  async function start(jobs: Jobs, instance: string) {
    const scheduler = createScheduler(database().db, jobs, SILENT, instance)
    started.push(scheduler)
    await scheduler.start()
    return scheduler
  }

  it('wakes a recurring job again and again', async () => {
    let runs = 0
    await start({ sweep: { every: '1 second', run: async () => (runs += 1) } }, 'one')
    await until('it has run twice', () => runs >= 2)
  }).timeout(30_000)

  it('keeps one document for a job, whoever starts it and how often', async () => {
    const job = { sweep: { every: '1 hour', run: async () => undefined } }
    await Promise.all(['one', 'two', 'three', 'four', 'five', 'six'].map((name) => start(job, name)))
    await start(job, 'seven')
    expect(await database().db.collection('jobs').countDocuments({ name: 'sweep' })).to.equal(1)
  }).timeout(30_000)

  it('makes one of several that an earlier version left', async () => {
    const jobs = database().db.collection('jobs')
    await jobs.dropIndexes().catch(() => undefined)
    await jobs.insertMany([
      { name: 'sweep', type: 'single' },
      { name: 'sweep', type: 'single' },
    ])
    await start({ sweep: { every: '1 hour', run: async () => undefined } }, 'one')
    expect(await jobs.countDocuments({ name: 'sweep' })).to.equal(1)
  }).timeout(30_000)

  it('goes on after a job that failed, and says when one came to its end', async () => {
    let runs = 0
    const scheduler = await start(
      {
        sweep: {
          every: '1 second',
          run: async () => {
            runs += 1
            if (runs === 1) throw new Error('once')
          },
        },
      },
      'one',
    )
    await until('it has run again', () => runs >= 2)
    await until('its end is noted', () => scheduler.finishedAt('sweep'))
    expect(await scheduler.finishedAt('nothing')).to.equal(undefined)
  }).timeout(30_000)

  it('waits for what runs when it stops, and begins nothing more', async () => {
    let runs = 0
    let ended = 0
    let go = () => {}
    const gate = new Promise<void>((resolve) => (go = resolve))
    const scheduler = await start(
      {
        sweep: {
          every: '1 second',
          run: async () => {
            runs += 1
            await gate
            ended += 1
          },
        },
      },
      'one',
    )
    await until('it runs', () => runs === 1)
    let hasStopped = false
    const stopped = scheduler.stop().then(() => {
      hasStopped = true
    })
    // far more round trips than stopping takes by itself
    for (let i = 0; i < 50; i++) await database().db.command({ ping: 1 })
    expect(hasStopped).to.equal(false)
    go()
    await stopped
    expect(ended).to.equal(1)
    expect(runs).to.equal(1)
  }).timeout(30_000)
})
