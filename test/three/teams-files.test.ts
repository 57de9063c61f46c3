import { expect } from 'chai'
import { guestOf, LIU, TEAM } from '../support/three.js'
import { cardIn, heard, withThree } from '../support/with-three.js'
import { until } from '../support/world.js'

const PLAN = Buffer.from('the plan of the third floor')
const FILE = { name: 'plan.txt', mimetype: 'text/plain', base64: PLAN.toString('base64') }

describe('a file for somebody in Teams', function () {
  this.timeout(120_000)
  const here = withThree()

  it('is offered in their chat, and theirs when they allow it, whatever process is there by then', async () => {
    const { world, books } = here
    const { slack, teams } = world.on
    const userId = guestOf('teams', 9)
    const conversation = await teams.direct(userId)
    const messageId = await teams.say({ userId, place: conversation }, 'Where is the meeting room')
    const { number = '' } = await until('it is a ticket', async () =>
      (await books.commits()).find((one) => one.number && one.cause.endsWith(messageId)),
    )
    const card = await cardIn(slack, TEAM.slack, number)
    const on = { userId: LIU.slack, place: TEAM.slack }
    await slack.press({ ...on, messageId: card.messageId }, 'claim')
    await slack.say({ ...on, thread: card.messageId, files: [FILE] }, 'See the plan')
    await heard(teams, conversation, 'See the plan', FILE.name)
    const seen = () =>
      world.teams.view(userId).conversations.find(({ id }) => id === conversation)?.messages ?? []
    const offer = await until('the file is offered', () => seen().find((one) => one.offer !== undefined))
    expect(offer.offer).to.include({ name: FILE.name, size: PLAN.length })

    await here.settled()
    await world.servers.splice(0, 1)[0]?.kill()
    await world.serve()
    const answer = { userId, conversation, messageId: offer.messageId, accept: true }
    expect(await world.teams.gestures.answerFileConsent(answer)).to.include({ ok: true })
    const [file] = await until('the file is there', () => {
      const files = seen().at(-1)?.files ?? []
      return files.length > 0 ? files : undefined
    })
    expect(world.teams.fileBytes(file?.id ?? '')).to.deep.equal(PLAN)
    expect(seen().filter((one) => one.offer !== undefined)).to.deep.equal([])
  })
})
