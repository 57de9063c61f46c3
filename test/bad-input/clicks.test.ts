import { expect } from 'chai'
import type { ErrorCode } from '../../src/lib/errors.js'
import type { Commit } from '../../src/models/ticket/events.js'
import type { SlackMessage } from '../../src/sandbox/slack/types.js'
import { botPosts, buttonOf, directOf, teamCardOf, wordsOf } from '../support/books.js'
import { withWorld } from '../support/with-world.js'
import { CHEN, EMMA, IT_CHANNEL, until, WANG } from '../support/world.js'

/** Emma has a ticket, and Wang another; all but the first cases click what no card of theirs offers. */
describe('a click that is forged or old', function () {
  this.timeout(60_000)
  const here = withWorld()
  let emmas: Commit
  let teamCard: SlackMessage
  /** As it stood on the card at first. */
  let claim: { actionId: string; value: string }
  /** Wang's own card, in his own conversation: what he can click on. */
  let wangs: { channel: string; messageTs: string }

  before(async () => {
    const { emulator } = here.world
    await here.world.serve()
    for (const userId of [EMMA, WANG]) {
      const channel = await directOf(emulator, userId)
      await emulator.gestures.postMessage({ userId, channel, text: 'My chair squeaks' })
      await here.books.settled(emulator)
    }
    const [first, second] = (await here.books.commits()).toSorted((a, b) => a.at.getTime() - b.at.getTime())
    if (!first || !second) throw new Error('two tickets are needed')
    emmas = first
    teamCard = teamCardOf(emulator, IT_CHANNEL, first.number ?? '')
    claim = buttonOf(teamCard, 'claim')
    const channel = await directOf(emulator, WANG)
    wangs = { channel, messageTs: botPosts(emulator, channel)[0]?.ts ?? '' }
  })

  const onTeamCard = () => ({ channel: IT_CHANNEL, messageTs: teamCard.ts })
  const historyOf = async ({ ticketId }: Commit) =>
    (await here.books.commits()).filter((one) => one.ticketId === ticketId)

  /** Clicks with a value of the test's own; returns what the person is told, privately. */
  async function clicked(
    userId: string,
    on: { channel: string; messageTs: string },
    value: string,
  ): Promise<string[]> {
    const { emulator } = here.world
    const before = emulator.state.ephemerals.length
    const posts = () => Object.values(emulator.state.messages).flat().length
    const spoken = posts()
    const { actionId } = claim
    const done = await emulator.gestures.click({ userId, ...on, actionId, forge: { value } })
    expect(done.ok, 'acknowledged').to.equal(true)
    await until('they are told', () => emulator.state.ephemerals.length > before)
    await here.books.settled(emulator)
    expect(posts(), 'nobody else hears of it').to.equal(spoken)
    const told = emulator.state.ephemerals.slice(before)
    expect(told.map(({ onlyFor, channel }) => [onlyFor, channel])).to.deep.equal([[userId, on.channel]])
    return told.map(wordsOf)
  }

  const NAMELESS: [what: string, value: string][] = [
    ['a ticket that does not exist', JSON.stringify({ verb: 'claim', ticketId: '01nonexistentticket' })],
    ['no ticket at all', JSON.stringify({ verb: 'claim' })],
    ['an unknown verb', JSON.stringify({ verb: 'explode', ticketId: 'x' })],
    ['a verb of the prototype', JSON.stringify({ verb: 'constructor', ticketId: 'x' })],
    ['a query in place of the ticket', JSON.stringify({ verb: 'claim', ticketId: { $ne: null } })],
    ['more than we ever put there', JSON.stringify({ verb: 'claim', ticketId: 'x', actorId: 'zhao' })],
    ['no JSON', '{"verb":"claim"'],
  ]
  for (const [what, value] of NAMELESS) {
    it(`with ${what} is told to the person alone and changes nothing`, async () => {
      const before = await here.books.commits()
      await clicked(CHEN, onTeamCard(), value)
      expect(await here.books.commits()).to.deep.equal(before)
    })
  }

  const FORBIDDEN: [what: string, verb: string, code: ErrorCode][] = [
    ['claims as a stranger', 'claim', 'ticket.role_forbids'],
    ['withdraws what somebody else asked for', 'withdraw', 'ticket.role_forbids'],
    ['nudges for somebody else', 'urge', 'ticket.role_forbids'],
    ['resolves as a stranger', 'resolve', 'ticket.role_forbids'],
  ]
  for (const [what, verb, code] of FORBIDDEN) {
    it(`that ${what} is refused, and the attempt recorded`, async () => {
      const before = await historyOf(emmas)
      const [told] = await clicked(WANG, wangs, JSON.stringify({ verb, ticketId: emmas.ticketId }))
      expect(told).to.not.include('squeaks')
      const [attempt, ...more] = (await historyOf(emmas)).slice(before.length)
      expect(more).to.deep.equal([])
      expect(attempt?.actor).to.deep.equal({ kind: 'person', id: 'wang' })
      expect(attempt?.events).to.deep.equal([{ type: 'attempt.refused', verb, code }])
    })
  }

  it('from a card of long ago is judged by what the ticket is now', async () => {
    const { emulator } = here.world
    const channel = await directOf(emulator, EMMA)
    const card = botPosts(emulator, channel)[0]
    if (!card) throw new Error('Emma sees no card')
    const withdraw = buttonOf(card, 'withdraw')
    await emulator.gestures.click({
      userId: EMMA,
      channel,
      messageTs: card.ts,
      actionId: withdraw.actionId,
      forge: { value: withdraw.value },
    })
    await here.books.settled(emulator)
    await clicked(CHEN, onTeamCard(), claim.value)
    const [ticket] = (await here.books.audit()).filter((one) => one.id === emmas.ticketId)
    expect(ticket).to.include({ status: 'cancelled' })
    expect(ticket?.assigneeId).to.equal(undefined)
    expect((await historyOf(emmas)).at(-1)?.events).to.deep.equal([
      { type: 'attempt.refused', verb: 'claim', code: 'ticket.status_forbids' },
    ])
  })
})
