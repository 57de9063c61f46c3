import { expect } from 'chai'
import type { Checkpoint } from '../../src/lib/crash.js'
import { accepted, botPosts, buttonOf, directOf, saidTwice, wordsOf } from '../support/books.js'
import { withWorld } from '../support/with-world.js'
import { guest, ZHAO } from '../support/world.js'
import { killed, LEASE_MS, RETRIES_MS } from './support.js'

const MINUTE_MS = 60_000
/** Steps of telling a lead that nobody reacts. */
const KILLED_AT: Checkpoint[] = ['after_commit', 'mid_projection', 'before_ticket_write', 'after_post']

describe('a server killed while it tells the lead', function () {
  this.timeout(180_000)
  const here = withWorld({
    movableClock: true,
    guests: KILLED_AT.length,
    retryDelaysMs: RETRIES_MS,
  })
  let lead: string
  before(async () => {
    lead = await directOf(here.world.emulator, ZHAO)
  })

  // whatever came of it, the next one begins with nobody serving
  afterEach(() => Promise.all(here.world.servers.map((server) => server.stop())))

  for (const [n, at] of KILLED_AT.entries()) {
    it(`at ${at} tells them once a level and round`, async () => {
      const { emulator } = here.world
      const calm = await here.world.serve()
      const channel = await directOf(emulator, guest(n))
      const sent = await emulator.gestures.postMessage({
        userId: guest(n),
        channel,
        text: 'Urgent: a chair burns',
      })
      await here.books.settled(emulator)
      await calm.stop()
      const [opened] = (await here.books.commits()).filter((one) =>
        one.cause.endsWith(`:${channel}:${sent.ts}`),
      )
      const { ticketId = '', number = '' } = opened ?? {}
      const toldOf = () => botPosts(emulator, lead).filter((one) => wordsOf(one).includes(number))

      await here.world.advance(16 * MINUTE_MS)
      const before = accepted(emulator, lead)
      const armed = await here.world.launch({ PAIDAN_CRASH_AT: at })
      // its first sweep may kill it already
      await armed.ready().catch(() => undefined)
      await here.world.advance(0)
      await killed(armed)
      await here.world.advance(LEASE_MS)
      await here.world.serve()
      await here.world.advance(0)
      await here.books.settled(emulator)
      expect(toldOf(), 'messages to the lead').to.have.lengthOf(1)
      expect(accepted(emulator, lead) - before, 'posts that Slack took').to.equal(1)

      await here.world.advance(31 * MINUTE_MS)
      await here.books.settled(emulator)
      expect(toldOf(), 'and once more half an hour later').to.have.lengthOf(2)
      expect(accepted(emulator, lead) - before, 'posts that Slack took').to.equal(2)
      const told = (await here.books.commits()).flatMap((one) =>
        one.ticketId === ticketId ? one.events : [],
      )
      const rounds = told.flatMap((event) => (event.type === 'clock.told' ? event.told : []))
      expect(
        rounds.filter(({ level }) => level.startsWith('L')),
        'what was told',
      ).to.deep.equal([
        { level: 'L1', round: 1 },
        { level: 'L1', round: 2 },
      ])
      expect(saidTwice(emulator)).to.deep.equal([])
      await here.books.audit()
      await withdraw(guest(n), channel)
    })
  }

  /** So that this ticket stays out of the way of the next. */
  async function withdraw(userId: string, channel: string): Promise<void> {
    const { emulator } = here.world
    const [card] = botPosts(emulator, channel)
    if (!card) throw new Error('the requester sees no card')
    const { actionId, value } = buttonOf(card, 'withdraw')
    await emulator.gestures.click({ userId, channel, messageTs: card.ts, actionId, forge: { value } })
    await here.books.settled(emulator)
  }
})
