import { expect } from 'chai'
import { CHEN, EMMA, guestOf, LIU, PLATFORMS, TEAM, ZHAO } from '../support/three.js'
import { cardIn, heard, shown, withThree } from '../support/with-three.js'
import { until } from '../support/world.js'

const MINUTE_MS = 60_000
const NOTES = { name: 'notes.txt', mimetype: 'text/plain', base64: Buffer.from('42').toString('base64') }

describe('three messengers on one desk', function () {
  this.timeout(120_000)
  const here = withThree()

  /** Opens a ticket by a direct message; its number, the message and where it was written. */
  async function raise(platform: (typeof PLATFORMS)[number], userId: string, text: string) {
    const client = here.world.on[platform]
    const place = await client.direct(userId)
    const messageId = await client.say({ userId, place }, text)
    const opened = await until(`“${text}” is a ticket`, async () =>
      (await here.books.commits()).find((one) => one.number && one.cause.endsWith(messageId)),
    )
    await here.settled()
    return { number: opened.number ?? '', place, messageId, ticketId: opened.ticketId }
  }

  const statusOf = async (number: string) => (await here.books.database.tickets.findOne({ number }))?.status

  async function claimInSlack(number: string) {
    const { slack } = here.world.on
    const { messageId } = await cardIn(slack, TEAM.slack, number)
    await slack.press({ userId: LIU.slack, place: TEAM.slack, messageId }, 'claim')
    await until('it is claimed', async () => (await statusOf(number)) === 'in_progress')
    return { userId: LIU.slack, place: TEAM.slack, thread: messageId }
  }

  it('serve a requester in Teams through an agent in Slack', async () => {
    const { slack, teams, feishu } = here.world.on
    const { number, place } = await raise('teams', EMMA.teams, 'My badge does not open the door')
    for (const platform of PLATFORMS) await cardIn(here.world.on[platform], TEAM[platform], number)
    const thread = await claimInSlack(number)
    await slack.say(thread, 'Which door?')
    await heard(teams, place, 'Which door?')
    await teams.say({ userId: EMMA.teams, place }, 'The one of the canteen')
    await heard(slack, TEAM.slack, 'The one of the canteen')
    await heard(feishu, TEAM.feishu, 'The one of the canteen')
    const card = await cardIn(slack, TEAM.slack, number)
    const on = { userId: LIU.slack, place: TEAM.slack, messageId: card.messageId }
    await slack.press(on, 'resolve', { resolution: 'Door fixed.' })
    await heard(teams, place, 'Door fixed.')
    await here.settled()
    const [own] = shown(teams, place, number, '"confirm\\"')
    await teams.press({ userId: EMMA.teams, place, messageId: own?.messageId ?? '' }, 'confirm')
    await until('it is closed', async () => (await statusOf(number)) === 'closed')
  })

  it('carry files from Teams to Slack and Feishu, and from Slack to Feishu', async () => {
    const { slack, teams, feishu } = here.world.on
    const { number, place } = await raise('teams', guestOf('teams', 1), 'The form is lost')
    const thread = await claimInSlack(number)
    await teams.say({ userId: guestOf('teams', 1), place, files: [NOTES] }, 'Here are my notes')
    const files = (client: typeof slack, where: string) =>
      client.seen(where).filter((one) => one.byBot && one.files.includes(NOTES.name))
    await until('Slack has the file', () => files(slack, TEAM.slack).length === 1)
    await until('Feishu has the file', () => files(feishu, TEAM.feishu).length === 1)
    await slack.say({ ...thread, files: [{ ...NOTES, name: 'answer.txt' }] }, 'And mine')
    await heard(teams, place, 'And mine', 'answer.txt')
    await until('Feishu has the answer', () =>
      feishu.seen(TEAM.feishu).some((one) => one.byBot && one.files.includes('answer.txt')),
    )
  })

  it('never open a second ticket for one message that comes again', async () => {
    for (const platform of PLATFORMS) {
      const client = here.world.on[platform]
      client.weather.twice('next')
      const { number } = await raise(platform, guestOf(platform, 2), 'The roof leaks')
      client.weather.twice('last')
      await here.settled()
      const cards = shown(client, TEAM[platform], number).filter((one) => one.card && !one.thread)
      expect(cards, platform).to.have.lengthOf(1)
    }
  })

  for (const [n, away] of PLATFORMS.entries()) {
    it(`heal after ${away} was away for half a minute`, async () => {
      const from = away === 'slack' ? 'teams' : 'slack'
      const client = here.world.on[away]
      const { number } = await raise('slack', guestOf('slack', 3 + n), `The printer near ${away} is on fire`)
      client.weather.down()
      const thread = await claimFrom(from, number)
      await here.world.on[from].say(thread, `I am running to ${away}`)
      await until('the words are taken', async () =>
        (await here.books.commits()).some((one) =>
          one.events.some((event) => event.type === 'touch.added' && event.touch.text.endsWith(`to ${away}`)),
        ),
      )
      await here.world.advance(30_000)
      expect(shown(client, TEAM[away], `I am running to ${away}`)).to.have.lengthOf(0)
      client.weather.up()
      await here.settled()
      expect(shown(client, TEAM[away], `I am running to ${away}`)).to.have.lengthOf(1)
      expect(shown(client, TEAM[away], number).filter((one) => one.card && !one.thread)).to.have.lengthOf(1)
    })
  }

  async function claimFrom(platform: 'slack' | 'teams', number: string) {
    if (platform === 'slack') return await claimInSlack(number)
    const { teams } = here.world.on
    const { messageId } = await cardIn(teams, TEAM.teams, number)
    await teams.press({ userId: CHEN.teams, place: TEAM.teams, messageId }, 'claim')
    await until('it is claimed', async () => (await statusOf(number)) === 'in_progress')
    return { userId: CHEN.teams, place: TEAM.teams, thread: messageId }
  }

  it('tell the lead on the next messenger who cannot be reached on the first', async () => {
    const { teams, slack } = here.world.on
    const { number } = await raise('teams', guestOf('teams', 6), 'Urgent! Smoke in the cellar')
    const gone = here.world.slack.state.users[ZHAO.slack]
    if (!gone) throw new Error('nobody there')
    gone.deleted = true
    try {
      await here.world.advance(16 * MINUTE_MS)
      const place = await teams.direct(ZHAO.teams)
      await heard(teams, place, number)
      await here.settled()
      expect(shown(teams, place, number)).to.have.lengthOf(1)
      const elsewhere = slack.places().filter((one) => one !== TEAM.slack)
      expect(elsewhere.flatMap((one) => shown(slack, one, number, 'ack'))).to.deep.equal([])
    } finally {
      gone.deleted = false
    }
  })

  it('leave the books in order', async () => {
    await here.settled()
    await here.books.audit()
  })
})
