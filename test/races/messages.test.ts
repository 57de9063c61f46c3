import { expect } from 'chai'
import { touchesOf } from '../../src/models/ticket/touches.js'
import { accepted, botPosts, directOf, saidTwice } from '../support/books.js'
import { guest, IT_CHANNEL } from '../support/world.js'
import { inParallel, twoInstances } from './support.js'

const WRITERS = 5

describe('messages that reach two instances', function () {
  this.timeout(120_000)
  const here = twoInstances({ guests: WRITERS + 2 })
  before(() => here.restart())

  const opened = async (channel: string) =>
    (await here.books.commits()).filter((one) => one.cause.startsWith('open:') && one.cause.includes(channel))

  it('open one ticket when a person writes two halves, one to each', async () => {
    const { emulator } = here.world
    const people = Array.from({ length: WRITERS }, (_, n) => guest(n))
    await inParallel(people, WRITERS, async (userId) => {
      const channel = await directOf(emulator, userId)
      await Promise.all(
        ['My chair squeaks', 'It is the left wheel'].map((text) =>
          emulator.gestures.postMessage({ userId, channel, text }),
        ),
      )
    })
    await here.books.settled(emulator)
    for (const userId of people) {
      const commits = await opened(await directOf(emulator, userId))
      expect(commits).to.have.lengthOf(1)
      const all = await here.books.commits()
      const history = all.filter((one) => one.ticketId === commits[0]?.ticketId)
      const texts = [...touchesOf(history).values()].map((touch) => touch.text)
      // whichever was stored first stands first
      expect(texts).to.have.members(['My chair squeaks', 'It is the left wheel'])
    }
    await here.books.audit()
  })

  for (const [n, variant] of (['same_event', 'other_event_id'] as const).entries()) {
    it(`open one ticket when ${variant} comes four times at once, and again after a restart`, async () => {
      const { emulator } = here.world
      const userId = guest(WRITERS + n)
      const channel = await directOf(emulator, userId)
      const before = accepted(emulator, IT_CHANNEL)
      emulator.faults.deliverTwice({ which: 'next', variant, copies: 3 })
      await emulator.gestures.postMessage({ userId, channel, text: 'My chair squeaks' })
      await here.books.settled(emulator)
      await here.restart()
      expect(emulator.faults.deliverTwice({ variant, copies: 4 })).to.have.lengthOf(4)
      await here.books.settled(emulator)

      const [commit, ...more] = await opened(channel)
      expect(more).to.deep.equal([])
      const history = (await here.books.commits()).filter((one) => one.ticketId === commit?.ticketId)
      expect(history, 'commits of the ticket').to.have.lengthOf(1)
      expect(botPosts(emulator, channel)).to.have.lengthOf(1)
      expect(accepted(emulator, channel)).to.equal(1)
      expect(accepted(emulator, IT_CHANNEL)).to.equal(before + 2)
      expect(emulator.deliveries.filter(({ outcome }) => outcome === 'given_up')).to.deep.equal([])
      expect(saidTwice(emulator)).to.deep.equal([])
      await here.books.audit()
    })
  }
})
