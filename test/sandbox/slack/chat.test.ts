import { expect } from 'chai'
import { ALL_SCOPES } from '../../../src/sandbox/slack/emulator.js'
import { client, failure, refusal, startWorld, type World } from './support.js'

const divider = { type: 'divider' as const }
const claim = {
  type: 'actions' as const,
  elements: [
    { type: 'button' as const, action_id: 'claim', text: { type: 'plain_text' as const, text: 'Claim' } },
  ],
}

describe('chat methods', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  const stored = (ts = '') => world.slack.state.messages.C0IT?.find((message) => message.ts === ts)

  it('posts into a channel and returns what was stored', async () => {
    const posted = await world.web.chat.postMessage({ channel: 'C0IT', text: 'a & b', blocks: [claim] })
    expect(posted.channel).to.equal('C0IT')
    expect(posted.ts).to.match(/^\d{10}\.\d{6}$/)
    expect(posted.message).to.include({
      type: 'message',
      text: 'a &amp; b',
      user: 'U0BOT',
      bot_id: 'B0BOT',
      app_id: 'A0APP',
      ts: posted.ts,
    })
    expect(posted.message?.blocks?.[0]?.block_id).to.be.a('string')
  })

  it('stores control sequences as they are and escapes what is none', async () => {
    const text = '<@U0MEI> <!date^1^x|y> <https://x.example|x> 1 < 2 > 0 &lt;!channel&gt; AT&T'
    const posted = await world.web.chat.postMessage({ channel: 'C0IT', text })
    expect(posted.message?.text).to.equal(
      '<@U0MEI> <!date^1^x|y> <https://x.example|x> 1 &lt; 2 &gt; 0 &lt;!channel&gt; AT&amp;T',
    )
  })

  it('posts to a person by opening the direct conversation', async () => {
    const posted = await world.web.chat.postMessage({ channel: 'U0MEI', text: 'hello' })
    expect(posted.channel).to.match(/^D/)
    expect((await world.web.conversations.open({ users: 'U0MEI' })).channel?.id).to.equal(posted.channel)
  })

  it('cuts a text at 40,000 characters', async () => {
    const posted = await world.web.chat.postMessage({ channel: 'C0IT', text: 'x'.repeat(40_001) })
    expect(posted.message?.text).to.have.length(40_000)
  })

  it('refuses what Slack refuses', async () => {
    const { web } = world
    expect(await refusal(web.chat.postMessage({ channel: 'C0NONE', text: 'x' }))).to.equal(
      'channel_not_found',
    )
    expect(await refusal(web.chat.postMessage({ channel: 'C0GEN', text: 'x' }))).to.equal('not_in_channel')
    expect(await refusal(web.chat.postMessage({ channel: 'C0SEC', text: 'x' }))).to.equal('channel_not_found')
    expect(await refusal(web.chat.postMessage({ channel: 'C0OLD', text: 'x' }))).to.equal('is_archived')
    expect(await refusal(web.chat.postMessage({ channel: 'C0IT', text: '' }))).to.equal('no_text')
    expect(await refusal(web.apiCall('chat.postMessage', { text: 'x' }))).to.equal('invalid_arguments')
  })

  it('refuses bad blocks with a pointer to each', async () => {
    const blocks = [divider, { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }]
    const error = await failure(world.web.chat.postMessage({ channel: 'C0IT', text: 'x', blocks }))
    expect((error as { data: unknown }).data).to.deep.include({ ok: false, error: 'invalid_blocks' })
    expect(JSON.stringify(error)).to.contain(
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]',
    )
    expect(world.slack.state.messages.C0IT ?? []).to.deep.equal([])
  })

  it('refuses blocks that are no list, and blocks that are too long together', async () => {
    const long = Array.from({ length: 14 }, () => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'x'.repeat(1000) },
    }))
    expect(
      await refusal(world.web.apiCall('chat.postMessage', { channel: 'C0IT', blocks: 'nope' })),
    ).to.equal('invalid_blocks_format')
    expect(await refusal(world.web.apiCall('chat.postMessage', { channel: 'C0IT', blocks: {} }))).to.equal(
      'invalid_blocks_format',
    )
    expect(await refusal(world.web.chat.postMessage({ channel: 'C0IT', text: 'x', blocks: long }))).to.equal(
      'msg_blocks_too_long',
    )
  })

  it('keeps metadata and gives it back only where asked', async () => {
    const metadata = { event_type: 'card', event_payload: { id: 'c-1' } }
    await world.web.chat.postMessage({ channel: 'C0IT', text: 'x', metadata })
    const without = await world.web.conversations.history({ channel: 'C0IT' })
    const withIt = await world.web.conversations.history({ channel: 'C0IT', include_all_metadata: true })
    expect(without.messages?.[0]?.metadata).to.equal(undefined)
    expect(withIt.messages?.[0]?.metadata).to.deep.equal(metadata)
  })

  it('refuses metadata of another shape', async () => {
    const call = world.web.apiCall('chat.postMessage', {
      channel: 'C0IT',
      text: 'x',
      metadata: { event_type: 'card' },
    })
    expect(await refusal(call)).to.equal('invalid_metadata_format')
  })

  it('threads a reply under its root, also when a reply is named', async () => {
    const root = await world.web.chat.postMessage({ channel: 'C0IT', text: 'root' })
    const first = await world.web.chat.postMessage({ channel: 'C0IT', text: '1', thread_ts: root.ts ?? '' })
    const second = await world.web.chat.postMessage({ channel: 'C0IT', text: '2', thread_ts: first.ts ?? '' })
    expect(second.message?.thread_ts).to.equal(root.ts)
    expect(stored(root.ts)).to.deep.include({
      reply_count: 2,
      latest_reply: second.ts,
      reply_users: ['U0BOT'],
      thread_ts: root.ts,
    })
  })

  it('posts outside the thread when its root is gone, and says so only by leaving thread_ts out', async () => {
    const posted = await world.web.chat.postMessage({
      channel: 'C0IT',
      text: 'x',
      thread_ts: '1600000000.000000',
    })
    expect(posted.message).to.not.have.property('thread_ts')
  })

  it('shows another author only with chat:write.customize, and ignores it without', async () => {
    const named = await world.web.chat.postMessage({ channel: 'C0IT', text: 'x', username: 'Tom' })
    expect(named.message)
      .to.include({ subtype: 'bot_message', username: 'Tom', bot_id: 'B0BOT' })
      .and.not.have.property('user')
    world.slack.setScopes(ALL_SCOPES.filter((scope) => scope !== 'chat:write.customize'))
    const plain = await world.web.chat.postMessage({ channel: 'C0IT', text: 'x', username: 'Tom' })
    expect(plain.message).to.include({ user: 'U0BOT' }).and.not.have.property('username')
  })

  it('updates: text alone removes the blocks, blocks alone keep the text', async () => {
    const { ts = '' } = await world.web.chat.postMessage({ channel: 'C0IT', text: 'old', blocks: [divider] })
    await world.web.chat.update({ channel: 'C0IT', ts, blocks: [claim] } as never)
    expect(stored(ts)?.text).to.equal('old')
    expect(stored(ts)?.blocks?.[0]?.type).to.equal('actions')
    const updated = await world.web.chat.update({ channel: 'C0IT', ts, text: 'new' })
    expect(updated).to.include({ channel: 'C0IT', ts, text: 'new' })
    expect(stored(ts)).to.not.have.property('blocks')
    expect(stored(ts)?.edited?.user).to.equal('U0BOT')
  })

  it('keeps metadata on update unless told otherwise', async () => {
    const metadata = { event_type: 'card', event_payload: { id: 'c-1' } }
    const { ts = '' } = await world.web.chat.postMessage({ channel: 'C0IT', text: 'x', metadata })
    await world.web.chat.update({ channel: 'C0IT', ts, text: 'y' })
    expect(stored(ts)?.metadata).to.deep.equal(metadata)
    await world.web.apiCall('chat.update', { channel: 'C0IT', ts, text: 'z', metadata: {} })
    expect(stored(ts)).to.not.have.property('metadata')
  })

  it('updates and deletes only its own messages', async () => {
    const { web, slack } = world
    const { ts = '' } = await slack.gestures.postMessage({ userId: 'U0TOM', channel: 'C0IT', text: 'mine' })
    expect(await refusal(web.chat.update({ channel: 'C0IT', ts, text: 'x' }))).to.equal('cant_update_message')
    expect(await refusal(web.chat.delete({ channel: 'C0IT', ts }))).to.equal('cant_delete_message')
    expect(await refusal(web.chat.update({ channel: 'C0IT', ts: '1.000000', text: 'x' }))).to.equal(
      'message_not_found',
    )
    expect(await refusal(web.chat.delete({ channel: 'C0IT', ts: '1.000000' }))).to.equal('message_not_found')
  })

  it('refuses an update of more than 4,000 characters', async () => {
    const { ts = '' } = await world.web.chat.postMessage({ channel: 'C0IT', text: 'x' })
    expect(await refusal(world.web.chat.update({ channel: 'C0IT', ts, text: 'x'.repeat(4001) }))).to.equal(
      'msg_too_long',
    )
  })

  it('deletes a message, but leaves a tombstone where a thread hangs', async () => {
    const { web } = world
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0IT', text: 'root' })
    const reply = await web.chat.postMessage({ channel: 'C0IT', text: 'reply', thread_ts: ts })
    await web.chat.delete({ channel: 'C0IT', ts })
    expect(stored(ts)).to.include({ subtype: 'tombstone', user: 'USLACKBOT' })
    expect(await refusal(web.chat.update({ channel: 'C0IT', ts, text: 'x' }))).to.equal('message_not_found')
    await web.chat.delete({ channel: 'C0IT', ts: reply.ts ?? '' })
    expect(stored(reply.ts)).to.equal(undefined)
    expect(stored(ts)?.reply_count).to.equal(0)
  })

  it('shows an ephemeral message to one person, out of reach of history and update', async () => {
    const { web, slack } = world
    const { message_ts: ts = '' } = await web.chat.postEphemeral({
      channel: 'C0IT',
      user: 'U0TOM',
      text: 'psst',
    })
    const seen = (userId: string) =>
      slack.view(userId).conversations.find((each) => each.id === 'C0IT')?.messages
    expect(seen('U0TOM')).to.have.length(1)
    expect(seen('U0TOM')?.[0]).to.include({ ephemeral: true, text: 'psst' })
    expect(seen('U0ANN')).to.deep.equal([])
    expect((await web.conversations.history({ channel: 'C0IT' })).messages).to.deep.equal([])
    expect(await refusal(web.chat.update({ channel: 'C0IT', ts, text: 'x' }))).to.equal('message_not_found')
  })

  it('shows nothing to somebody outside the channel', async () => {
    const call = world.web.chat.postEphemeral({ channel: 'C0IT', user: 'U0MEI', text: 'psst' })
    expect(await refusal(call)).to.equal('user_not_in_channel')
  })

  it('links to a message', async () => {
    const { ts = '' } = await world.web.chat.postMessage({ channel: 'C0IT', text: 'x' })
    const { permalink } = await world.web.chat.getPermalink({ channel: 'C0IT', message_ts: ts })
    expect(permalink).to.equal(`https://acme.slack.com/archives/C0IT/p${ts.replace('.', '')}`)
    expect(await refusal(world.web.chat.getPermalink({ channel: 'C0IT', message_ts: '1.000000' }))).to.equal(
      'message_not_found',
    )
  })

  it('gives every message a later ts, though time stands still', async () => {
    const posts = await Promise.all(
      Array.from({ length: 20 }, () => world.web.chat.postMessage({ channel: 'C0IT', text: 'x' })),
    )
    expect(new Set(posts.map((post) => post.ts)).size).to.equal(20)
  })
})

describe('admission to the Web API', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  it('knows its bot', async () => {
    expect(await world.web.auth.test()).to.include({
      user_id: 'U0BOT',
      bot_id: 'B0BOT',
      team_id: 'T0001',
      team: 'Acme',
    })
    expect((await world.web.team.info()).team).to.include({ id: 'T0001', domain: 'acme' })
    expect((await world.web.bots.info({ bot: 'B0BOT' })).bot).to.include({
      id: 'B0BOT',
      user_id: 'U0BOT',
      app_id: 'A0APP',
    })
    expect(await refusal(world.web.bots.info({ bot: 'B0X' }))).to.equal('bot_not_found')
  })

  it('refuses a method it does not know', async () => {
    expect(await refusal(world.web.apiCall('chat.shout', {}))).to.equal('unknown_method')
    expect(await refusal(world.web.apiCall('constructor', {}))).to.equal('unknown_method')
  })

  it('refuses a wrong token, and none', async () => {
    expect(await refusal(client(world.url, 'xoxb-other').auth.test())).to.equal('invalid_auth')
    const response = await fetch(`${world.url}/slack/api/auth.test`, { method: 'POST' })
    expect(await response.json()).to.deep.equal({ ok: false, error: 'not_authed' })
  })

  it('names the scope that is missing', async () => {
    world.slack.setScopes(['users:read'])
    const error = await failure(world.web.chat.postMessage({ channel: 'C0IT', text: 'x' }))
    expect((error as { data: object }).data).to.include({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: 'users:read',
    })
    expect(await refusal(world.web.conversations.history({ channel: 'C0IT' }))).to.equal('missing_scope')
    expect((await world.web.users.info({ user: 'U0MEI' })).user?.profile).to.not.have.property('email')
  })

  it('answers GET and JSON bodies too', async () => {
    const headers = { authorization: 'Bearer xoxb-test' }
    const got = await fetch(`${world.url}/slack/api/users.info?user=U0MEI`, { headers })
    expect(await got.json()).to.have.nested.property('user.id', 'U0MEI')
    const posted = await fetch(`${world.url}/slack/api/chat.postMessage`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel: 'C0IT', text: 'x', blocks: [divider] }),
    })
    expect(await posted.json()).to.include({ ok: true, channel: 'C0IT' })
  })
})
