import { expect } from 'chai'
import type { SlackChange } from '../../../src/sandbox/slack/types.js'
import { failure, startWorld, type World } from './support.js'

describe('the emulator’s state', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  const channel = (userId: string, id = 'C0IT') =>
    world.slack.view(userId).conversations.find((each) => each.id === id)
  const get = async (path: string) => {
    const response = await fetch(`${world.url}/sandbox/slack${path}`)
    return { status: response.status, body: await response.json() }
  }
  const perform = async (name: string, body: object) => {
    const response = await fetch(`${world.url}/sandbox/slack/gestures/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }

  it('survives as JSON: messages, views, files, reads and the order of ts', async () => {
    const { gestures } = world.slack
    const dm = (await gestures.openDm({ userId: 'U0MEI' })).channel ?? ''
    await gestures.postMessage({
      userId: 'U0MEI',
      channel: dm,
      text: 'x',
      files: [{ name: 'a.txt', base64: 'aGk=' }],
    })
    const { triggerId = '' } = await gestures.globalShortcut({ userId: 'U0MEI', callbackId: 'x' })
    const plain = { type: 'plain_text' as const, text: 'T' }
    await world.web.views.open({
      trigger_id: triggerId,
      view: { type: 'modal', title: plain, blocks: [{ type: 'divider' }] },
    })
    await gestures.changeUser({ userId: 'U0MEI', locale: 'en-US' })
    const kept = JSON.parse(JSON.stringify(world.slack.snapshot()))
    const seen = world.slack.view('U0MEI')
    const last = world.slack.state.lastTsMicros
    await world.close()
    world = await startWorld({ snapshot: kept })
    expect(world.slack.view('U0MEI')).to.deep.equal(seen)
    expect(world.slack.fileBytes(Object.keys(world.slack.state.files)[0] ?? '')?.toString()).to.equal('hi')
    expect(world.slack.state.lastTsMicros).to.equal(last)
  })

  it('gives away a copy: what a listener or reader does to it changes nothing', () => {
    world.slack.view('U0TOM').user.name = 'x'
    world.slack.snapshot().state.team.name = 'x'
    expect(world.slack.view('U0TOM')).to.have.nested.property('user.name', 'tom')
    expect(world.slack.state.team.name).to.equal('Acme')
  })

  it('numbers its changes without a gap', async () => {
    const heard: SlackChange[] = []
    const stop = world.slack.onChange((change) => heard.push(change))
    const from = world.slack.state.version
    await world.web.chat.postMessage({ channel: 'C0IT', text: 'x' })
    await world.slack.idle()
    stop()
    await world.web.chat.postMessage({ channel: 'C0IT', text: 'y' })
    expect(heard.map((change) => change.version)).to.deep.equal(heard.map((_, n) => from + 1 + n))
    expect(heard[0]).to.include({ kind: 'message_posted', channel: 'C0IT', by: 'bot' })
    expect(world.slack.changesSince(from).changes.slice(0, heard.length)).to.deep.equal(heard)
  })

  it('shows people only where they are', () => {
    expect(world.slack.view('U0TOM').conversations.map((each) => each.id)).to.deep.equal([
      'C0IT',
      'C0GEN',
      'C0OLD',
    ])
    expect(world.slack.view('U0MEI').conversations.map((each) => each.id)).to.deep.equal(['C0GEN'])
    expect(() => world.slack.view('U0NOBODY')).to.throw('user_not_found')
  })

  it('counts unread messages of others, and mentions among them', async () => {
    await world.web.chat.postMessage({ channel: 'C0IT', text: '<@U0TOM> look' })
    await world.web.chat.postEphemeral({ channel: 'C0IT', user: 'U0TOM', text: 'psst' })
    await world.slack.gestures.postMessage({ userId: 'U0ANN', channel: 'C0IT', text: 'mine' })
    expect(channel('U0TOM')).to.include({ unread: 3, mentions: 1 })
    expect(channel('U0ANN')).to.include({ unread: 0, mentions: 0 })
    await world.slack.gestures.markRead({ userId: 'U0TOM', channel: 'C0IT' })
    expect(channel('U0TOM')).to.include({ unread: 0, mentions: 0 })
    const { ts } = await world.web.chat.postMessage({ channel: 'C0IT', text: 'new' })
    expect(
      channel('U0TOM')
        ?.messages.filter((message) => message.unread)
        .map((message) => message.ts),
    ).to.deep.equal([ts])
  })

  it('counts what the app did, by message and by channel', async () => {
    const { ts = '' } = await world.web.chat.postMessage({ channel: 'U0MEI', text: 'x' })
    const dm = world.slack.calls.at(-1)?.args.channel ?? ''
    for (let n = 0; n < 3; n += 1) await world.web.chat.update({ channel: dm, ts, text: String(n) })
    await failure(world.web.chat.update({ channel: dm, ts: '1.000000', text: 'x' }))
    expect(world.slack.counters.updates).to.deep.equal({ [`${dm}:${ts}`]: 3 })
    expect(world.slack.counters.channels[dm]).to.deep.equal({
      posts: 1,
      updates: 3,
      deletes: 0,
      ephemerals: 0,
    })
    expect(world.slack.calls.at(-1)).to.include({
      method: 'chat.update',
      ok: false,
      error: 'message_not_found',
    })
  })

  it('never logs a text or a token', async () => {
    await world.web.chat.postMessage({ channel: 'C0IT', text: 'my password is hunter2' })
    const log = JSON.stringify([world.slack.calls, world.slack.deliveries])
    expect(log).to.contain('C0IT').and.not.contain('hunter2').and.not.contain('xoxb')
  })

  describe('over HTTP', () => {
    it('performs gestures and shows their outcome', async () => {
      const opened = await perform('openDm', { userId: 'U0MEI' })
      const dm = (opened.body as { channel: string }).channel
      const sent = await perform('postMessage', { userId: 'U0MEI', channel: dm, text: 'VPN' })
      expect(sent.body).to.include({ ok: true, channel: dm })
      const view = await get('/view/U0MEI')
      expect(view.body).to.have.nested.property('conversations[1].messages[0].text', 'VPN')
      const { body } = await get('/calls')
      expect(body).to.have.nested.property('deliveries[0].type', 'message')
    })

    it('refuses gestures it does not know and arguments that do not fit', async () => {
      expect(await perform('explode', {})).to.deep.equal({
        status: 404,
        body: { ok: false, error: 'unknown_gesture' },
      })
      expect((await perform('toString', {})).status).to.equal(404)
      expect((await perform('openDm', { user: 'U0MEI' })).status).to.equal(400)
      expect((await get('/view/U0NOBODY')).status).to.equal(404)
    })

    it('tells what changed since a version, and when it no longer knows', async () => {
      const from = world.slack.state.version
      await perform('openDm', { userId: 'U0MEI' })
      expect((await get(`/changes?since=${from}`)).body).to.deep.include({
        version: from + 1,
        lost: false,
        changes: [{ version: from + 1, kind: 'channel', channel: 'D0MEI', userId: 'U0MEI' }],
      })
      const kept = world.slack.snapshot()
      await world.close()
      world = await startWorld({ snapshot: kept })
      expect((await get(`/changes?since=${from}`)).body).to.include({ lost: true })
    })

    it('streams changes as they happen', async () => {
      const response = await fetch(`${world.url}/sandbox/slack/stream`)
      expect(response.headers.get('content-type')).to.equal('text/event-stream')
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      await perform('openDm', { userId: 'U0MEI' })
      let heard = ''
      while (!heard.includes('"kind":"channel"')) heard += (await reader?.read())?.value ?? ''
      expect(heard).to.match(/id: \d+\nevent: change\ndata: \{/)
      await reader?.cancel()
    })
  })
})
