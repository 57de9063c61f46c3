import { expect } from 'chai'
import { localeOf, t } from '../../src/i18n/t.js'
import { accepted, botPosts, buttonOf, directOf, isRoot, saidTwice, wordsOf } from '../support/books.js'
import { CHEN, guest, IT_CHANNEL, LIU, until, ZHAO } from '../support/world.js'
import { inParallel, twoInstances } from './support.js'

const TICKETS = 100
const AGENTS = [
  { id: 'chen', userId: CHEN },
  { id: 'liu', userId: LIU },
] as const

describe('200 claims of 100 tickets on two instances', function () {
  this.timeout(180_000)
  const here = twoInstances({ guests: TICKETS })
  const people = Array.from({ length: TICKETS }, (_, n) => guest(n))
  let tickets: string[]

  before(async () => {
    const { emulator } = here.world
    await here.restart()
    await inParallel(people, 8, async (userId, n) => {
      const channel = await directOf(emulator, userId)
      await emulator.gestures.postMessage({ userId, channel, text: `My chair no. ${n} squeaks` })
    })
    await until(
      'each has a ticket and sees its card',
      async () =>
        (await here.books.database.cards.countDocuments({ audience: 'requester', shown: 1 })) === TICKETS,
      90_000,
    )
    tickets = (await here.books.commits()).map((one) => one.ticketId)
    const [card] = await until('a card to click on', () => {
      const cards = botPosts(emulator, IT_CHANNEL).filter(isRoot)
      return cards.length > 0 && cards
    })
    if (!card) throw new Error('no card')
    const { actionId, value } = buttonOf(card, 'claim')
    await inParallel(tickets, 4, async (ticketId) => {
      // each click names its ticket; the card it is clicked on does not matter
      const forge = { value: JSON.stringify({ ...JSON.parse(value), ticketId }) }
      await Promise.all(
        AGENTS.map(({ userId }) =>
          emulator.gestures.click({ userId, channel: IT_CHANNEL, messageTs: card.ts, actionId, forge }),
        ),
      )
    })
  })

  it('give each ticket to one of the two', async () => {
    const commits = await here.books.commits()
    const claimed = commits.filter(({ events }) => events.some((one) => one.type === 'ticket.claimed'))
    expect(claimed.map((one) => one.ticketId)).to.have.members(tickets)
    expect(await here.books.audit({ delivered: false })).to.have.lengthOf(TICKETS)
  })

  it('refuse the other, privately, naming who has it', async () => {
    const refusals = () => here.world.emulator.state.ephemerals
    await until('every refusal is said', () => refusals().length >= TICKETS)
    const commits = await here.books.commits()
    const lost = commits.filter(({ events }) => events.some((one) => one.type === 'attempt.refused'))
    expect(lost.map((one) => one.ticketId)).to.have.members(tickets)
    for (const { id, userId } of AGENTS) {
      const own = refusals().filter((one) => one.onlyFor === userId)
      const expected = lost.filter(({ actor }) => actor.kind === 'person' && actor.id === id)
      expect(own, `refusals that ${id} sees`).to.have.lengthOf(expected.length)
      const winner = AGENTS.find((one) => one.id !== id)
      const { users } = here.world.emulator.state
      const words = t(localeOf(users[userId]?.locale), 'error.ticket.already_claimed', {
        name: users[winner?.userId ?? '']?.realName ?? '',
      })
      for (const one of own) expect(wordsOf(one)).to.include(words)
    }
    expect(refusals()).to.have.lengthOf(TICKETS)
  })

  it('send nobody a message twice', async () => {
    const { emulator } = here.world
    for (const userId of [...people, CHEN, LIU, ZHAO]) {
      const direct = await directOf(emulator, userId)
      const expected = people.includes(userId) ? 1 : 0
      expect(accepted(emulator, direct), `posts to ${userId}`).to.equal(expected)
    }
    expect(saidTwice(emulator)).to.deep.equal([])
  })
})
