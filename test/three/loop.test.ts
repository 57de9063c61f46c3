import { expect } from 'chai'
import type { Client, Seen } from '../support/clients/client.js'
import { CHEN, LIU, PLATFORMS, SUN, TEAM, WANG, ZHAO } from '../support/three.js'
import { cardIn, heard, shown, withThree } from '../support/with-three.js'
import { until } from '../support/world.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** A picture of one pixel. */
const PICTURE = {
  name: 'screen.png',
  mimetype: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
}

/** In order: each goes on where the one before has left the ticket. */
describe('a ticket raised in Feishu, worked on in Teams and watched over in Slack', function () {
  this.timeout(120_000)
  const here = withThree()
  let dm = ''
  let number = ''
  let raised = ''

  const on = (platform: (typeof PLATFORMS)[number]): Client => here.world.on[platform]
  const card = (platform: (typeof PLATFORMS)[number]): Promise<Seen> =>
    cardIn(on(platform), TEAM[platform], number)
  const chenOn = async () => ({
    userId: CHEN.teams,
    place: TEAM.teams,
    messageId: (await card('teams')).messageId,
  })
  const inThread = async (platform: (typeof PLATFORMS)[number], userId: string) => ({
    userId,
    place: TEAM[platform],
    thread: (await card(platform)).messageId,
  })
  const requesterCard = () => heard(on('feishu'), dm, number, '"tag":"button"')
  const ticket = async () => {
    const doc = await here.books.database.tickets.findOne({ number })
    if (!doc) throw new Error(`no ticket ${number}`)
    return { ...doc, id: doc._id }
  }

  before(async () => {
    dm = await on('feishu').direct(WANG.feishu)
  })

  it('shows one card in the team’s channel on each messenger, and one to the requester', async () => {
    raised = await on('feishu').say({ userId: WANG.feishu, place: dm }, '紧急:投影仪坏了')
    await until('the ticket is open', async () => (await here.books.commits())[0])
    number = (await here.books.commits())[0]?.number ?? ''
    await here.settled()
    for (const platform of PLATFORMS) {
      const [only, ...more] = shown(on(platform), TEAM[platform], number).filter((one) => !one.thread)
      expect(only?.words, platform).to.include('投影仪坏了')
      expect(more, platform).to.have.lengthOf(0)
    }
    expect(shown(on('feishu'), dm, number)).to.have.lengthOf(1)
    expect(await here.books.audit()).to.have.lengthOf(1)
  })

  it('is claimed in Teams, and says so everywhere', async () => {
    await on('teams').press(await chenOn(), 'claim')
    await here.settled()
    expect(await ticket()).to.include({ assigneeId: 'chen', status: 'in_progress' })
    for (const platform of PLATFORMS) expect((await card(platform)).words).to.include('Ravi Chen')
    expect((await requesterCard()).words).to.include('Ravi Chen')
  })

  it('refuses a second claimant on another messenger, and tells only them', async () => {
    const { messageId } = await card('slack')
    // the card as it was before the claim
    await here.world.slack.gestures.click({
      userId: LIU.slack,
      channel: TEAM.slack,
      messageTs: messageId,
      actionId: 'claim:0',
      forge: { value: JSON.stringify({ verb: 'claim', ticketId: (await ticket()).id }) },
    })
    await until('Fiona is told', () => on('slack').told(LIU.slack).includes('Ravi Chen'))
    expect((await ticket()).assigneeId).to.equal('chen')
  })

  it('carries what the agent writes to the requester, and their edit after it', async () => {
    const said = await on('teams').say(await inThread('teams', CHEN.teams), 'Which room is it in?')
    await heard(on('feishu'), dm, 'Which room is it in?')
    const messageOn = { userId: CHEN.teams, place: TEAM.teams, messageId: said }
    await on('teams').edit(messageOn, 'Which floor is it on?')
    await until('the requester sees the edit', () => {
      const now = shown(on('feishu'), dm, 'Which floor is it on?')
      return now.length === 1 && shown(on('feishu'), dm, 'Which room').length === 0
    })
    await here.settled()
    expect(shown(on('slack'), TEAM.slack, 'Which floor'), 'mirrored to the team in Slack').to.have.lengthOf(1)
    expect(shown(on('feishu'), TEAM.feishu, 'Which floor'), 'and in Feishu').to.have.lengthOf(1)
    expect(shown(on('teams'), TEAM.teams, 'Which floor'), 'and never echoed').to.have.lengthOf(0)
  })

  it('carries a picture of the requester to the team on each messenger', async () => {
    const from = { userId: WANG.feishu, place: dm, thread: raised, files: [PICTURE] }
    await on('feishu').say(from, '在三楼')
    for (const platform of PLATFORMS) await heard(on(platform), TEAM[platform], '在三楼')
    await here.settled()
    const files = (platform: 'slack' | 'feishu') =>
      on(platform)
        .seen(TEAM[platform])
        .filter((one) => one.byBot)
        .flatMap((one) => one.files)
    expect(files('slack')).to.have.lengthOf(1)
    expect(files('feishu')).to.have.lengthOf(1)
    expect(shown(on('teams'), TEAM.teams, '📎'), 'Teams takes no file of a bot in a channel').to.not.be.empty
  })

  it('takes back everywhere what the requester recalls', async () => {
    const from = { userId: WANG.feishu, place: dm, thread: raised }
    const messageId = await on('feishu').say(from, '密码是 swordfish')
    for (const platform of PLATFORMS) await heard(on(platform), TEAM[platform], 'swordfish')
    await on('feishu').remove({ userId: WANG.feishu, place: dm, messageId })
    await until('it is gone everywhere', () =>
      PLATFORMS.every((platform) => shown(on(platform), TEAM[platform], 'swordfish').length === 0),
    )
  })

  it('takes back a picture, too, where it was shown', async () => {
    const from = { userId: WANG.feishu, place: dm, thread: raised, files: [PICTURE] }
    const files = (platform: 'slack' | 'feishu') =>
      on(platform)
        .seen(TEAM[platform])
        .filter((one) => one.byBot)
        .flatMap((one) => one.files).length
    const before = { slack: files('slack'), feishu: files('feishu') }
    const messageId = await on('feishu').say(from, '拍到同事了')
    for (const platform of PLATFORMS) await heard(on(platform), TEAM[platform], '拍到同事了')
    await here.settled()
    expect({ slack: files('slack'), feishu: files('feishu') }).to.deep.equal({
      slack: before.slack + 1,
      feishu: before.feishu + 1,
    })
    await on('feishu').remove({ userId: WANG.feishu, place: dm, messageId })
    await until('it is gone everywhere', () =>
      PLATFORMS.every((platform) => shown(on(platform), TEAM[platform], '拍到同事了').length === 0),
    )
    expect({ slack: files('slack'), feishu: files('feishu') }).to.deep.equal(before)
  })

  it('keeps a note inside', async () => {
    await on('teams').say(await inThread('teams', CHEN.teams), '// he dropped it, I think')
    await heard(on('slack'), TEAM.slack, 'he dropped it')
    await here.settled()
    const outside = on('feishu')
      .places()
      .filter((place) => place !== TEAM.feishu)
      .flatMap((place) => on('feishu').seen(place))
    expect(outside.filter((one) => one.words.includes('dropped it'))).to.deep.equal([])
  })

  it('waits for the requester, and goes on when they answer', async () => {
    await on('teams').press(await chenOn(), 'wait', { text: 'Is the lamp on?' })
    await heard(on('feishu'), dm, 'Is the lamp on?')
    await here.settled()
    expect((await ticket()).status).to.equal('waiting_requester')
    await on('feishu').say({ userId: WANG.feishu, place: dm, thread: raised }, '亮着')
    await until('it goes on', async () => (await ticket()).status === 'in_progress')
  })

  it('tells the agent in Teams of a nudge in Feishu', async () => {
    await here.settled()
    const { messageId } = await requesterCard()
    await on('feishu').press({ userId: WANG.feishu, place: dm, messageId }, 'urge')
    const chen = await on('teams').direct(CHEN.teams)
    await heard(on('teams'), chen, number)
    await here.settled()
    expect((await ticket()).urges.count).to.equal(1)
  })

  it('tells the lead in Slack when it is overdue, who takes note', async () => {
    await here.world.advance(4 * HOUR_MS + 5 * MINUTE_MS)
    const zhao = await on('slack').direct(ZHAO.slack)
    const told = await heard(on('slack'), zhao, number)
    await here.settled()
    expect(shown(on('slack'), zhao, number)).to.have.lengthOf(1)
    await on('slack').press({ userId: ZHAO.slack, place: zhao, messageId: told.messageId }, 'ack')
    await here.settled()
    const acks = (await here.books.commits())
      .flatMap((one) => one.events)
      .filter((one) => one.type === 'clock.acked')
    expect(acks).to.have.lengthOf(1)
    await here.world.advance(35 * MINUTE_MS)
    await here.settled()
    expect(shown(on('slack'), zhao, number), 'no second round').to.have.lengthOf(1)
    const sun = await on('feishu').direct(SUN.feishu)
    expect(shown(on('feishu'), sun, number)).to.have.lengthOf(0)
  })

  it('is resolved in Teams and confirmed in Feishu', async () => {
    await on('teams').press(await chenOn(), 'resolve', { resolution: 'A new lamp.' })
    await heard(on('feishu'), dm, 'A new lamp.')
    await here.settled()
    expect((await ticket()).status).to.equal('resolved')
    const { messageId } = await requesterCard()
    await on('feishu').press({ userId: WANG.feishu, place: dm, messageId }, 'confirm')
    await until('it is closed', async () => (await ticket()).status === 'closed')
    await here.settled()
    await here.books.audit()
    for (const platform of PLATFORMS) expect((await card(platform)).words).to.not.include('"claim"')
  })
})
