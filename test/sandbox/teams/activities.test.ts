import { expect } from 'chai'
import {
  ANN,
  APP_ID,
  BOB,
  HR,
  IT,
  type Json,
  MEI,
  startWorld,
  TEAM,
  TENANT,
  TOM,
  type World,
} from './support.js'

const BOT = `28:${APP_ID}`

describe('what the bot hears from the Teams emulator', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  async function heard(): Promise<Json[]> {
    await world.teams.idle()
    return world.bot.received.map((each) => each.body)
  }
  async function directOf(userId: string): Promise<string> {
    return (await world.teams.gestures.openDirect({ userId })).conversation ?? ''
  }
  function content(body: Json | undefined, type: string): Json[] {
    return ((body?.attachments ?? []) as Json[]).filter((each) => String(each.contentType).startsWith(type))
  }

  it('is a message of a person in their own chat, with language and zone', async () => {
    const conversation = await directOf(MEI)
    const posted = await world.teams.gestures.postMessage({
      userId: MEI,
      conversation,
      text: '打印机 <b> & "x"',
    })
    const [body] = await heard()
    expect(body).to.deep.include({
      type: 'message',
      id: posted.messageId,
      text: '打印机 <b> & "x"',
      textFormat: 'plain',
      channelId: 'msteams',
      serviceUrl: `${world.url}/teams/`,
      from: { id: '29:mei', name: '李梅', aadObjectId: MEI },
      recipient: { id: BOT, name: 'Paidan' },
      conversation: { conversationType: 'personal', tenantId: TENANT, id: conversation },
      channelData: { tenant: { id: TENANT } },
      locale: 'zh-CN',
      localTimezone: 'Asia/Shanghai',
      timestamp: '2026-11-20T08:00:00.000Z',
      localTimestamp: '2026-11-20T16:00:00.000+08:00',
    })
    expect(body?.entities).to.deep.equal([
      { locale: 'zh-CN', country: 'CN', platform: 'Web', timezone: 'Asia/Shanghai', type: 'clientInfo' },
    ])
    const [html] = content(body, 'text/html')
    expect(html?.content).to.equal('<p>打印机 &lt;b&gt; &amp; "x"</p>')
    expect(body).not.to.have.property('replyToId')
  })

  it('is signed for this app and this address', async () => {
    await world.teams.gestures.postMessage({ userId: MEI, conversation: await directOf(MEI), text: 'x' })
    await world.teams.idle()
    const bearer = world.bot.received[0]?.headers.authorization ?? ''
    const [, claims = ''] = bearer.replace('Bearer ', '').split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).to.include({
      iss: 'https://api.botframework.com',
      aud: APP_ID,
      serviceurl: `${world.url}/teams/`,
    })
  })

  it('names the thread in a channel, for its first post, too', async () => {
    const post = await world.teams.gestures.postMessage({
      userId: TOM,
      conversation: IT,
      text: 'root',
      mentionBot: true,
    })
    const reply = await world.teams.gestures.postMessage({
      userId: ANN,
      conversation: IT,
      thread: post.messageId ?? '',
      text: 'reply',
    })
    await world.teams.gestures.postMessage({
      userId: TOM,
      conversation: IT,
      thread: reply.messageId ?? '',
      text: 'third',
    })
    const bodies = await heard()
    const id = `${IT};messageid=${post.messageId}`
    expect(bodies.map((each) => (each.conversation as Json).id)).to.deep.equal([id, id, id])
    expect(bodies[0]?.channelData).to.deep.equal({
      teamsChannelId: IT,
      teamsTeamId: TEAM,
      channel: { id: IT },
      team: { id: TEAM, name: 'Service desk' },
      tenant: { id: TENANT },
    })
    expect(bodies[0]?.conversation).to.include({ isGroup: true, conversationType: 'channel' })
  })

  it('marks mentions in text, entities and HTML', async () => {
    await world.teams.gestures.postMessage({
      userId: TOM,
      conversation: IT,
      text: 'ask <at>Ann Lee</at> & <at>Nobody</at>',
      mentionBot: true,
    })
    const [body] = await heard()
    expect(body?.text).to.equal('<at>Paidan</at> ask <at>Ann Lee</at> & <at>Nobody</at>\n')
    expect(((body?.entities ?? []) as Json[]).filter((each) => each.type === 'mention')).to.deep.equal([
      { mentioned: { id: BOT, name: 'Paidan' }, text: '<at>Paidan</at>', type: 'mention' },
      { mentioned: { id: '29:ann', name: 'Ann Lee' }, text: '<at>Ann Lee</at>', type: 'mention' },
    ])
    const [html] = content(body, 'text/html')
    expect(html?.content).to.include('itemid="1">Ann Lee</span>&nbsp;&amp; &lt;at&gt;Nobody&lt;/at&gt;')
  })

  it('carries formatting in the HTML only', async () => {
    await world.teams.gestures.postMessage({
      userId: MEI,
      conversation: await directOf(MEI),
      html: '<p>a <strong>b</strong> &lt;c&gt;</p><p>d</p>',
    })
    const [body] = await heard()
    expect(body?.text).to.equal('a b <c>\nd')
    expect(content(body, 'text/html')[0]?.content).to.equal('<p>a <strong>b</strong> &lt;c&gt;</p><p>d</p>')
  })

  it('is not what is said in a channel without a mention, when that is not granted', async () => {
    world.teams.setRsc(false)
    const post = await world.teams.gestures.postMessage({ userId: TOM, conversation: IT, text: 'unheard' })
    const named = await world.teams.gestures.postMessage({
      userId: TOM,
      conversation: IT,
      text: 'heard',
      mentionBot: true,
    })
    expect([post.ok, post.activityIds]).to.deep.equal([true, []])
    const { messageId = '' } = post
    await world.teams.gestures.editMessage({
      userId: TOM,
      conversation: IT,
      messageId,
      text: 'still unheard',
    })
    await world.teams.gestures.deleteMessage({ userId: TOM, conversation: IT, messageId })
    expect((await heard()).map((each) => each.id)).to.deep.equal([named.messageId])
  })

  it('is nothing from a team without the app', async () => {
    expect(
      (await world.teams.gestures.postMessage({ userId: ANN, conversation: HR, text: 'x', mentionBot: true }))
        .ok,
    ).to.equal(true)
    expect(await heard()).to.deep.equal([])
  })

  it('tells of edits and deletions under the message’s own id', async () => {
    const conversation = await directOf(MEI)
    const { messageId = '' } = await world.teams.gestures.postMessage({
      userId: MEI,
      conversation,
      text: 'one',
    })
    await world.teams.idle()
    await world.teams.gestures.editMessage({ userId: MEI, conversation, messageId, text: 'two' })
    await world.teams.idle()
    await world.teams.gestures.deleteMessage({ userId: MEI, conversation, messageId })
    const bodies = await heard()
    expect(
      bodies.map((each) => [each.type, each.id, each.text, (each.channelData as Json).eventType]),
    ).to.deep.equal([
      ['message', messageId, 'one', undefined],
      ['messageUpdate', messageId, 'two', 'editMessage'],
      ['messageDelete', messageId, undefined, 'softDeleteMessage'],
    ])
    expect(content(bodies[1], 'text/html')[0]?.content).to.equal('<p>two</p>')
  })

  it('tells of reactions to the bot’s own messages', async () => {
    const sent = await world.call('POST', `conversations/${IT}/activities`, { type: 'message', text: 'x' })
    const messageId = String(sent.json.id)
    const own = await world.teams.gestures.postMessage({ userId: TOM, conversation: IT, text: 'y' })
    await heard()
    world.bot.received.length = 0
    await world.teams.gestures.react({ userId: ANN, conversation: IT, messageId, type: 'like' })
    await world.teams.gestures.react({ userId: ANN, conversation: IT, messageId, type: 'like', remove: true })
    await world.teams.gestures.react({
      userId: ANN,
      conversation: IT,
      messageId: own.messageId ?? '',
      type: 'like',
    })
    const bodies = await heard()
    expect(bodies.map((each) => [each.type, each.replyToId])).to.deep.equal([
      ['messageReaction', messageId],
      ['messageReaction', messageId],
    ])
    expect(bodies.find((each) => each.reactionsAdded)?.reactionsAdded).to.deep.equal([{ type: 'like' }])
  })

  describe('about installations', () => {
    it('is both kinds of news for a person', async () => {
      const { conversation } = await world.teams.gestures.install({ userId: BOB })
      const bodies = await heard()
      const byType = new Map(bodies.map((each) => [each.type, each]))
      expect(byType.get('installationUpdate')).to.include({ action: 'add' })
      expect(byType.get('installationUpdate')?.conversation).to.include({ id: conversation })
      expect(byType.get('conversationUpdate')?.membersAdded).to.deep.include({ id: BOT })
      expect(bodies.every((each) => each.locale === undefined)).to.equal(true)
      expect((await world.teams.gestures.install({ userId: BOB })).error).to.equal('already_installed')
    })

    it('is a removal, after which nothing may be written', async () => {
      const conversation = await directOf(MEI)
      await world.teams.gestures.uninstall({ userId: MEI })
      expect((await heard()).map((each) => [each.type, each.action])).to.deep.equal([
        ['installationUpdate', 'remove'],
      ])
      const posted = await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'x' })
      expect(posted).to.deep.equal({ ok: false, error: 'app_not_installed' })
    })

    it('is news of a team in its General channel', async () => {
      await world.teams.gestures.uninstall({ teamId: TEAM, userId: TOM })
      await world.teams.gestures.install({ teamId: TEAM, userId: TOM })
      const bodies = await heard()
      const rosters = bodies.filter((each) => each.type === 'conversationUpdate')
      const events = rosters.map((each) => (each.channelData as Json).eventType)
      expect(events).to.have.members(['teamMemberRemoved', 'teamMemberAdded'])
      expect(bodies.every((each) => (each.conversation as Json).id === TEAM)).to.equal(true)
    })

    it('is news of people who come and go', async () => {
      await world.teams.gestures.joinTeam({ userId: MEI, teamId: TEAM })
      expect(world.teams.view(MEI).conversations.map((each) => each.id)).to.include(IT)
      await world.teams.gestures.leaveTeam({ userId: MEI, teamId: TEAM })
      expect(world.teams.view(MEI).conversations.map((each) => each.id)).not.to.include(IT)
      expect(
        (await heard()).map((each) => (each.membersAdded ?? each.membersRemoved) as Json[]),
      ).to.have.deep.members([
        [{ id: '29:mei', name: '李梅', aadObjectId: MEI }],
        [{ id: '29:mei', name: '李梅', aadObjectId: MEI }],
      ])
    })
  })
})
