import { expect } from 'chai'
import { accepted, botPosts, directOf, saidTwice } from '../support/books.js'
import { withWorld } from '../support/with-world.js'
import { guest, until } from '../support/world.js'

const AWAY_MS = 2500
const WRITERS = 4

describe('while Slack is away', function () {
  this.timeout(120_000)
  const here = withWorld({ guests: 3 * WRITERS })
  before(async () => {
    here.world.emulator.setRateLimits(false)
    await here.world.serve()
  })

  /** Some people write; returns their conversations as soon as all of them have a ticket. */
  async function written(from: number): Promise<string[]> {
    const { emulator } = here.world
    const people = Array.from({ length: WRITERS }, (_, n) => guest(from + n))
    const channels = await Promise.all(people.map((userId) => directOf(emulator, userId)))
    const before = await here.books.database.commits.countDocuments()
    for (const [n, userId] of people.entries())
      await emulator.gestures.postMessage({ userId, channel: channels[n] ?? '', text: 'My chair squeaks' })
    await until(
      'everybody has a ticket',
      async () => (await here.books.database.commits.countDocuments()) >= before + WRITERS,
    )
    return channels
  }

  async function expectOnce(channels: string[]): Promise<void> {
    const { emulator } = here.world
    await here.books.settled(emulator)
    for (const channel of channels) {
      expect(botPosts(emulator, channel), 'cards').to.have.lengthOf(1)
      expect(accepted(emulator, channel), 'posts').to.equal(1)
    }
    expect(saidTwice(emulator)).to.deep.equal([])
    await here.books.audit()
  }

  const failed = (fault: string) => here.world.emulator.calls.filter((one) => one.fault === fault).length

  for (const [n, mode] of (['503', 'drop'] as const).entries()) {
    it(`what it could not take (${mode}) arrives once it is back`, async () => {
      const { emulator } = here.world
      // people's words get through and no post does, until it is away altogether
      emulator.faults.failNext('chat.postMessage', {
        mode: mode === 'drop' ? 'cut_before' : '500',
        times: 3 * WRITERS,
      })
      const before = failed('down')
      const channels = await written(n * WRITERS)
      emulator.faults.clear()
      emulator.faults.down(AWAY_MS, mode)
      await until('it has been tried in vain', () => failed('down') > before)
      await expectOnce(channels)
    })
  }

  it('a conversation in which it asks for patience is left alone for so long', async () => {
    const { emulator } = here.world
    const from = emulator.calls.length
    emulator.faults.failNext('chat.postMessage', { mode: '429', retryAfterS: 3, times: 2 })
    await expectOnce(await written(2 * WRITERS))
    const calls = emulator.calls.slice(from).filter((one) => one.method === 'chat.postMessage')
    const refused = calls.filter((one) => one.httpStatus === 429)
    expect(refused).to.have.lengthOf(2)
    for (const { n, at, args } of refused) {
      const next = calls.find((one) => one.n > n && one.args.channel === args.channel)
      expect(Date.parse(next?.at ?? '') - Date.parse(at), args.channel).to.be.at.least(2900)
    }
  })
})
