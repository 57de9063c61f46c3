import { expect } from 'chai'
import { localeOf, t } from '../../src/i18n/t.js'
import { buttonOf, directOf, teamCardOf, wordsOf } from '../support/books.js'
import { withWorld } from '../support/with-world.js'
import { CHEN, EMMA, IT_CHANNEL } from '../support/world.js'
import { killed, LEASE_MS, RETRIES_MS } from './support.js'

describe('a server killed after the commit of a claim', function () {
  this.timeout(180_000)
  const here = withWorld({ movableClock: true, retryDelaysMs: RETRIES_MS })

  it('shows the claim after the restart, and tells the same agent that the ticket is theirs', async () => {
    const { emulator } = here.world
    const first = await here.world.serve()
    const channel = await directOf(emulator, EMMA)
    await emulator.gestures.postMessage({ userId: EMMA, channel, text: 'My chair squeaks' })
    await here.books.settled(emulator)
    await first.stop()
    const [{ number = '' } = {}] = await here.books.commits()
    const card = teamCardOf(emulator, IT_CHANNEL, number)
    const { actionId, value } = buttonOf(card, 'claim')
    const claim = { userId: CHEN, channel: IT_CHANNEL, messageTs: card.ts, actionId, forge: { value } }

    const armed = await here.world.serve({ PAIDAN_CRASH_AT: 'after_commit' })
    expect((await emulator.gestures.click(claim)).ok, 'the click that was cut off').to.equal(false)
    await killed(armed)
    await here.world.advance(LEASE_MS)
    await here.world.serve()
    await here.books.settled(emulator)
    expect(wordsOf(teamCardOf(emulator, IT_CHANNEL, number))).to.include(emulator.state.users[CHEN]?.realName)
    const [, ...later] = await here.books.commits()
    expect(
      later.flatMap(({ events }) => events.filter((one) => one.type === 'ticket.claimed')),
    ).to.deep.equal([{ type: 'ticket.claimed', agentId: 'chen' }])

    expect((await emulator.gestures.click(claim)).ok).to.equal(true)
    await here.books.settled(emulator)
    const told = emulator.state.ephemerals.filter((one) => one.onlyFor === CHEN)
    expect(told).to.have.lengthOf(1)
    expect(told.map(wordsOf).join()).to.include(
      t(localeOf(emulator.state.users[CHEN]?.locale), 'error.ticket.already_yours'),
    )
    const refused = (await here.books.commits()).at(-1)
    expect(refused?.events).to.deep.equal([
      { type: 'attempt.refused', verb: 'claim', code: 'ticket.already_yours' },
    ])
    await here.books.audit()
  })
})
