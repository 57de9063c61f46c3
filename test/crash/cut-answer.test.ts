import { expect } from 'chai'
import {
  accepted,
  botPosts,
  buttonOf,
  directOf,
  isRoot,
  saidTwice,
  teamCardOf,
  wordsOf,
} from '../support/books.js'
import { withWorld } from '../support/with-world.js'
import { CHEN, EMMA, IT_CHANNEL, ZHAO } from '../support/world.js'

const MINUTE_MS = 60_000

/** In order: each goes on where the one before has left the ticket. */
describe('a post that Slack took but whose answer was cut', function () {
  this.timeout(120_000)
  const here = withWorld({ movableClock: true })
  let channel: string
  let number: string

  before(async () => {
    await here.world.serve()
    channel = await directOf(here.world.emulator, EMMA)
  })

  /** Cuts the answers of the next posts, and waits until everything is said and they are all used up. */
  async function cut(times: number, act: () => Promise<unknown>): Promise<void> {
    const { emulator } = here.world
    emulator.faults.failNext('chat.postMessage', { mode: 'cut_after_accept', times })
    await act()
    await here.books.settled(emulator)
    expect(emulator.faults.view().failNext, 'answers still to be cut').to.deep.equal([])
    expect(saidTwice(emulator)).to.deep.equal([])
    // nothing was said once more and then taken away
    for (const place of [channel, IT_CHANNEL])
      expect(accepted(emulator, place)).to.equal(botPosts(emulator, place).length)
    await here.books.audit()
  }

  it('leaves one card in each place and one opening line', async () => {
    const { emulator } = here.world
    await cut(3, () =>
      emulator.gestures.postMessage({ userId: EMMA, channel, text: 'Urgent: my chair burns' }),
    )
    number = (await here.books.commits())[0]?.number ?? ''
    expect(botPosts(emulator, channel)).to.have.lengthOf(1)
    expect(botPosts(emulator, IT_CHANNEL).map(isRoot)).to.deep.equal([true, false])
    expect([accepted(emulator, channel), accepted(emulator, IT_CHANNEL)]).to.deep.equal([1, 2])
  })

  it('leaves one message to the lead', async () => {
    const { emulator } = here.world
    await cut(1, () => here.world.advance(16 * MINUTE_MS))
    const direct = await directOf(emulator, ZHAO)
    expect(botPosts(emulator, direct).filter((one) => wordsOf(one).includes(number))).to.have.lengthOf(1)
    expect(accepted(emulator, direct)).to.equal(1)
  })

  it('leaves one mirrored answer on each side', async () => {
    const { emulator } = here.world
    const card = teamCardOf(emulator, IT_CHANNEL, number)
    const { actionId, value } = buttonOf(card, 'claim')
    const on = { userId: CHEN, channel: IT_CHANNEL }
    await emulator.gestures.click({ ...on, messageTs: card.ts, actionId, forge: { value } })
    await here.books.settled(emulator)
    await cut(1, () => emulator.gestures.postMessage({ ...on, text: 'Pour water on it', threadTs: card.ts }))
    const spoken = (place: string, words: string) =>
      botPosts(emulator, place).filter((one) => one.text.includes(words))
    expect(spoken(channel, 'Pour water on it')).to.have.lengthOf(1)

    const [own] = emulator.state.messages[channel] ?? []
    await cut(1, () =>
      emulator.gestures.postMessage({
        userId: EMMA,
        channel,
        text: 'It is wet now',
        ...(own ? { threadTs: own.ts } : {}),
      }),
    )
    expect(spoken(IT_CHANNEL, 'It is wet now')).to.have.lengthOf(1)
  })
})
