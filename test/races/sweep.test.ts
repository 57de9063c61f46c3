import { expect } from 'chai'
import type { Commit } from '../../src/models/ticket/events.js'
import { accepted, botPosts, directOf, saidTwice, wordsOf } from '../support/books.js'
import { guest, SUN, until, ZHAO } from '../support/world.js'
import { inParallel, twoInstances } from './support.js'

const MINUTE_MS = 60_000
const TICKETS = 20

describe('two instances that sweep the same clocks', function () {
  this.timeout(180_000)
  const here = twoInstances({ guests: TICKETS, movableClock: true })
  let lead: string
  let manager: string

  before(async () => {
    const { emulator } = here.world
    lead = await directOf(emulator, ZHAO)
    manager = await directOf(emulator, SUN)
    await here.restart()
    const people = Array.from({ length: TICKETS }, (_, n) => guest(n))
    await inParallel(people, 8, async (userId, n) => {
      const channel = await directOf(emulator, userId)
      await emulator.gestures.postMessage({ userId, channel, text: `Urgent: chair no. ${n} burns` })
    })
    await until('each has a ticket', async () => (await here.books.commits()).length === TICKETS, 60_000)
  })

  /** Both instances find everything due at once, as after an hour's outage. */
  async function later(minutes: number): Promise<void> {
    await Promise.all(here.world.servers.map((server) => server.stop()))
    await here.world.advance(minutes * MINUTE_MS)
    await here.restart()
    await here.world.advance(0)
    await until(
      'everybody is told',
      async () =>
        (await here.books.database.outbox.countDocuments({ 'to.kind': 'person', state: 'due' })) === 0,
      60_000,
    )
  }

  /** How often each ticket's number stands in the messages of a conversation, most to least. */
  async function timesNamed(channel: string): Promise<number[]> {
    const posts = botPosts(here.world.emulator, channel).map(wordsOf)
    const numbers = (await here.books.commits()).flatMap((one) => one.number ?? [])
    expect(numbers).to.have.lengthOf(TICKETS)
    return numbers.map((number) => posts.filter((words) => words.includes(number)).length)
  }

  const every = (times: number) => Array.from({ length: TICKETS }, () => times)

  it('tell the lead of each overdue ticket once, many in one message', async () => {
    await later(16)
    expect(await timesNamed(lead)).to.deep.equal(every(1))
    expect(accepted(here.world.emulator, lead), 'messages to the lead').to.be.at.most(4)
  })

  it('go on to the next round, and to the next level, once each', async () => {
    await later(31)
    expect(await timesNamed(lead)).to.deep.equal(every(2))
    expect(await timesNamed(manager)).to.deep.equal(every(0))
    await later(31)
    expect(await timesNamed(lead)).to.deep.equal(every(2))
    expect(await timesNamed(manager)).to.deep.equal(every(1))
  })

  it('leave one trace of each ticket, clock, level and round', async () => {
    const told = (await here.books.commits()).flatMap(marksOf)
    expect(told.length).to.be.at.least(3 * TICKETS)
    expect(told.filter((mark, i) => told.indexOf(mark) !== i)).to.deep.equal([])
    expect(saidTwice(here.world.emulator)).to.deep.equal([])
    for (const channel of [lead, manager]) {
      expect(accepted(here.world.emulator, channel)).to.equal(botPosts(here.world.emulator, channel).length)
    }
    await here.books.audit({ delivered: false })
  })
})

function marksOf({ ticketId, events }: Commit): string[] {
  return events.flatMap((event) =>
    event.type === 'clock.told'
      ? event.told.map(({ level, round }) => `${ticketId} ${event.clock}.${event.cycle} ${level} ${round}`)
      : [],
  )
}
