import { expect } from 'chai'
import { CHECKPOINTS } from '../../src/lib/crash.js'
import { accepted, botPosts, directOf, isRoot, saidTwice, teamCardOf, wordsOf } from '../support/books.js'
import { withWorld } from '../support/with-world.js'
import { guest, IT_CHANNEL } from '../support/world.js'
import { killed, LEASE_MS, RETRIES_MS } from './support.js'

/** Each checkpoint, and those that are passed once for each place also for the second one. */
const KILLED_AT = [...CHECKPOINTS, 'after_card_post#2'] as const

describe('a server killed while a message becomes a ticket', function () {
  this.timeout(180_000)
  const here = withWorld({
    movableClock: true,
    guests: KILLED_AT.length,
    retryDelaysMs: RETRIES_MS,
  })

  // whatever came of it, the next one begins with nobody serving
  afterEach(() => Promise.all(here.world.servers.map((server) => server.stop())))

  for (const [n, at] of KILLED_AT.entries()) {
    it(`at ${at} leaves one ticket, one card a place and one opening line`, async () => {
      const { emulator } = here.world
      const channel = await directOf(emulator, guest(n))
      const before = accepted(emulator, IT_CHANNEL)
      const armed = await here.world.serve({ PAIDAN_CRASH_AT: at })
      const sent = await emulator.gestures.postMessage({
        userId: guest(n),
        channel,
        text: `My chair no. ${n} squeaks`,
      })
      await killed(armed)
      await here.world.advance(LEASE_MS)
      await here.world.serve()
      await here.books.settled(emulator)

      const opened = (await here.books.commits()).filter((one) =>
        one.cause.endsWith(`:${channel}:${sent.ts}`),
      )
      expect(opened).to.have.lengthOf(1)
      const number = opened[0]?.number ?? ''
      const card = teamCardOf(emulator, IT_CHANNEL, number)
      const inTeam = botPosts(emulator, IT_CHANNEL).filter(
        (one) => wordsOf(one).includes(number) || one.thread_ts === card.ts,
      )
      expect(inTeam.map(isRoot), 'the card and one line in its thread').to.deep.equal([true, false])
      expect(botPosts(emulator, channel), 'the requester sees one card').to.have.lengthOf(1)
      expect(accepted(emulator, channel), 'posts that Slack took').to.equal(1)
      expect(accepted(emulator, IT_CHANNEL), 'posts that Slack took').to.equal(before + 2)
      expect(saidTwice(emulator)).to.deep.equal([])
      expect(await here.books.audit()).to.have.lengthOf(n + 1)
    })
  }
})
