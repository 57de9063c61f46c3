import { expect } from 'chai'
import { RETRIES_MS } from '../crash/support.js'
import { inParallel } from '../races/support.js'
import { accepted, botPosts, directOf, saidTwice } from '../support/books.js'
import { withWorld } from '../support/with-world.js'
import { guest, until } from '../support/world.js'

const WRITERS = 40

describe('a server that is told to stop while people write', function () {
  this.timeout(120_000)
  const here = withWorld({ guests: WRITERS, retryDelaysMs: RETRIES_MS })

  it('finishes, ends with 0, and its successor says nothing twice and misses nothing', async () => {
    const { emulator } = here.world
    emulator.setRateLimits(false)
    const first = await here.world.serve()
    const people = Array.from({ length: WRITERS }, (_, n) => guest(n))
    const channels = await Promise.all(people.map((userId) => directOf(emulator, userId)))
    const writing = inParallel(people, 4, async (userId, n) => {
      const before = emulator.deliveries.length
      await emulator.gestures.postMessage({ userId, channel: channels[n] ?? '', text: 'My chair squeaks' })
      await until('it was delivered, or not', () => emulator.deliveries.length > before)
    })
    await until(
      'some have a ticket',
      async () => (await here.books.database.commits.countDocuments()) >= WRITERS / 4,
    )
    expect(await first.stop()).to.deep.equal({ code: 0, signal: null })
    const lines = first.log.filter(({ level }) => level === 'error')
    expect(lines).to.deep.equal([])
    await here.world.serve()
    await writing
    await emulator.idle()
    const done = () => here.books.database.cards.countDocuments({ audience: 'requester', shown: 1 })
    await until('everybody sees a card', async () => (await done()) === WRITERS, 60_000)
    for (const channel of channels) {
      expect(botPosts(emulator, channel), 'cards').to.have.lengthOf(1)
      expect(accepted(emulator, channel), 'posts').to.equal(1)
    }
    expect(saidTwice(emulator)).to.deep.equal([])
    expect(await here.books.audit({ delivered: false })).to.have.lengthOf(WRITERS)
  })
})
