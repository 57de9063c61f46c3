import { expect } from 'chai'
import { startWorld, type World } from './support.js'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const option = (value: string) => ({ text: plain(value.toUpperCase()), value })
const card = [
  {
    type: 'actions' as const,
    block_id: 'acts',
    elements: [
      {
        type: 'button' as const,
        action_id: 'claim',
        text: plain('Claim'),
        value: 'T-1',
        style: 'primary' as const,
      },
      { type: 'static_select' as const, action_id: 'priority', options: [option('low'), option('high')] },
      { type: 'users_select' as const, action_id: 'assign' },
      { type: 'overflow' as const, action_id: 'more', options: [option('note'), option('wait')] },
      { type: 'external_select' as const, action_id: 'find', min_query_length: 0 },
    ],
  },
]

describe('gestures', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  const gestures = () => world.slack.gestures
  type Payload = { [key: string]: unknown; actions: { [key: string]: unknown }[] }
  const lastPayload = (): Payload => world.app.received.at(-1)?.body as Payload
  const postCard = async () =>
    (await world.web.chat.postMessage({ channel: 'C0IT', text: 'card', blocks: card })).ts ?? ''
  /** Puts a card up and forgets the events about it. */
  async function freshCard(): Promise<string> {
    const ts = await postCard()
    await world.slack.idle()
    world.app.received.length = 0
    return ts
  }
  const said = async (text: string) => {
    const { ts } = await gestures().postMessage({ userId: 'U0TOM', channel: 'C0IT', text })
    return world.slack.state.messages.C0IT?.find((message) => message.ts === ts)
  }

  describe('typing', () => {
    for (const [typed, stored] of [
      ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
      ['@Paidan help', '<@U0BOT> help'],
      ['@Ann Lee, @李梅!', '<@U0ANN>, <@U0MEI>!'],
      ['@annabel and a@ann', '@annabel and a@ann'],
      ['@channel look', '<!channel> look'],
      ['see #it-desk', 'see <#C0IT|it-desk>'],
      ['go to https://x.example/a?b=1&c=2.', 'go to <https://x.example/a?b=1&amp;c=2>.'],
      ['ask mei@acme.example', 'ask <mailto:mei@acme.example|mei@acme.example>'],
    ] as const) {
      it(`stores ${typed} as ${stored}`, async () => {
        expect((await said(typed))?.text).to.equal(stored)
      })
    }

    it('never lets a typed control sequence through', async () => {
      const text = (await said('<!channel> <@U0ANN> <https://evil.example|bank> <!here|x>'))?.text ?? ''
      expect(text).to.not.match(/<[!@]/)
      expect(text).to.contain('&lt;!channel&gt; &lt;@U0ANN&gt;')
      expect(text).to.not.contain('|bank>')
    })

    it('sends the same as rich text', async () => {
      const message = await said('@Paidan 你好')
      expect(message?.blocks?.[0]).to.deep.include({
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'user', user_id: 'U0BOT' },
              { type: 'text', text: ' 你好' },
            ],
          },
        ],
      })
    })

    it('is refused where Slack would not let them', async () => {
      const write = (userId: string, channel: string, text = 'x', threadTs?: string) =>
        gestures().postMessage({ userId, channel, text, ...(threadTs ? { threadTs } : {}) })
      expect(await write('U0MEI', 'C0IT')).to.deep.equal({ ok: false, error: 'not_in_channel' })
      expect(await write('U0NOBODY', 'C0IT')).to.deep.equal({ ok: false, error: 'user_not_found' })
      expect(await write('U0TOM', 'C0OLD')).to.deep.equal({ ok: false, error: 'is_archived' })
      expect(await write('U0TOM', 'C0IT', '  ')).to.deep.equal({ ok: false, error: 'no_text' })
      expect(await write('U0TOM', 'C0IT', 'x', '1.000000')).to.deep.equal({
        ok: false,
        error: 'thread_not_found',
      })
    })

    it('lets people change and delete only what they wrote', async () => {
      const { ts = '' } = (await said('mine')) ?? {}
      expect(await gestures().editMessage({ userId: 'U0ANN', channel: 'C0IT', ts, text: 'x' })).to.include({
        error: 'not_your_message',
      })
      expect(await gestures().deleteMessage({ userId: 'U0ANN', channel: 'C0IT', ts })).to.include({
        error: 'not_your_message',
      })
      expect(await gestures().editMessage({ userId: 'U0TOM', channel: 'C0IT', ts, text: 'x' })).to.include({
        ok: true,
      })
    })
  })

  describe('a click', () => {
    const click = (actionId: string, extra: object = {}) => {
      const messageTs = world.slack.state.messages.C0IT?.at(-1)?.ts ?? ''
      return gestures().click({ userId: 'U0TOM', channel: 'C0IT', messageTs, actionId, ...extra })
    }

    it('sends block_actions with all that Slack sends', async () => {
      const ts = await freshCard()
      const result = await click('claim')
      expect(result).to.include({ ok: true, status: 200 })
      expect(lastPayload()).to.deep.include({
        type: 'block_actions',
        user: { id: 'U0TOM', username: 'tom', name: 'tom', team_id: 'T0001' },
        team: { id: 'T0001', domain: 'acme' },
        channel: { id: 'C0IT', name: 'it-desk' },
        container: { type: 'message', message_ts: ts, channel_id: 'C0IT', is_ephemeral: false },
        api_app_id: 'A0APP',
        trigger_id: result.triggerId,
      })
      expect(lastPayload()).to.have.nested.property('message.ts', ts)
      expect(lastPayload().response_url).to.match(
        /^http:\/\/127\.0\.0\.1:\d+\/slack\/api\/-\/response\/[0-9a-f]{32}$/,
      )
      expect(lastPayload().actions[0]).to.deep.include({
        type: 'button',
        action_id: 'claim',
        block_id: 'acts',
        value: 'T-1',
        style: 'primary',
        text: { type: 'plain_text', text: 'Claim', emoji: true },
      })
      expect(lastPayload().actions[0]?.action_ts).to.match(/^\d+\.\d{6}$/)
    })

    it('on a menu sends the option, and remembers it in the state', async () => {
      await freshCard()
      await click('priority', { value: 'high' })
      expect(lastPayload().actions[0]).to.have.nested.property('selected_option.value', 'high')
      await click('claim')
      expect(lastPayload()).to.have.nested.property(
        'state.values.acts.priority.selected_option.value',
        'high',
      )
      expect(await click('priority', { value: 'extreme' })).to.deep.equal({
        ok: false,
        error: 'no_such_option',
      })
    })

    it('on a person or an overflow menu sends the choice', async () => {
      await freshCard()
      await click('assign', { value: 'U0ANN' })
      expect(lastPayload().actions[0]).to.include({ type: 'users_select', selected_user: 'U0ANN' })
      await click('more', { value: 'wait' })
      expect(lastPayload().actions[0]).to.have.nested.property('selected_option.value', 'wait')
      expect(lastPayload()).to.not.have.nested.property('state.values.acts.more')
    })

    it('needs an element that is there, and a person who sees it', async () => {
      const ts = await freshCard()
      expect(await click('explode')).to.deep.equal({ ok: false, error: 'no_such_element' })
      const stranger = { userId: 'U0MEI', channel: 'C0IT', messageTs: ts, actionId: 'claim' }
      expect(await gestures().click(stranger)).to.deep.equal({ ok: false, error: 'not_in_channel' })
      expect(world.app.received).to.deep.equal([])
    })

    it('can be forged with any value, as a tampered client would', async () => {
      await freshCard()
      await click('resolve', { forge: { value: 'T-999' } })
      expect(lastPayload().actions[0]).to.include({ type: 'button', action_id: 'resolve', value: 'T-999' })
    })

    it('in an ephemeral message carries no message', async () => {
      const { message_ts: ts = '' } = await world.web.chat.postEphemeral({
        channel: 'C0IT',
        user: 'U0TOM',
        text: 'x',
        blocks: card,
      })
      await gestures().click({ userId: 'U0TOM', channel: 'C0IT', messageTs: ts, actionId: 'claim' })
      expect(lastPayload()).to.not.have.property('message')
      expect(lastPayload()).to.have.nested.property('container.is_ephemeral', true)
      const other = await gestures().click({
        userId: 'U0ANN',
        channel: 'C0IT',
        messageTs: ts,
        actionId: 'claim',
      })
      expect(other).to.deep.equal({ ok: false, error: 'message_not_found' })
    })

    it('that the app does not take shows as failed, and is not repeated', async () => {
      await freshCard()
      world.app.answer = () => ({ status: 404 })
      const before = world.slack.state.version
      expect(await click('claim')).to.include({ ok: false, status: 404, error: 'dispatch_failed' })
      expect(world.app.received).to.have.length(1)
      const failed = world.slack
        .changesSince(before)
        .changes.find((change) => change.kind === 'gesture_failed')
      expect(failed).to.include({ userId: 'U0TOM', channel: 'C0IT' })
    })

    it('that is not answered in three seconds has timed out', async () => {
      await freshCard()
      world.app.answer = () => ({ hang: true })
      expect(await click('claim')).to.include({ ok: false, status: 0, error: 'operation_timeout' })
    })
  })

  it('an external menu offers what the app answers, and only that can be chosen', async () => {
    const messageTs = await freshCard()
    const at = { userId: 'U0TOM', channel: 'C0IT', messageTs, actionId: 'find' }
    world.app.answer = ({ body }) =>
      body.type === 'block_suggestion' ? { body: JSON.stringify({ options: [option('vpn')] }) } : {}
    const found = await gestures().suggest({ ...at, query: 'v' })
    expect(lastPayload()).to.include({
      type: 'block_suggestion',
      action_id: 'find',
      block_id: 'acts',
      value: 'v',
    })
    expect(found.options).to.deep.equal([option('vpn')])
    expect(await gestures().click({ ...at, value: 'vpn' })).to.include({ ok: true })
    expect(lastPayload().actions[0]).to.have.nested.property('selected_option.value', 'vpn')
    expect(await gestures().click({ ...at, value: 'lan' })).to.include({ error: 'no_such_option' })
    world.app.answer = () => ({ body: JSON.stringify({ options: Array(101).fill(option('x')) }) })
    expect(await gestures().suggest({ ...at, query: 'v' })).to.include({
      ok: false,
      error: 'invalid_options',
    })
  })

  it('shortcuts carry their callback, and the message when on one', async () => {
    const { ts = '' } = (await said('broken')) ?? {}
    await gestures().messageShortcut({
      userId: 'U0TOM',
      channel: 'C0IT',
      messageTs: ts,
      callbackId: 'make_ticket',
    })
    expect(lastPayload()).to.include({ type: 'message_action', callback_id: 'make_ticket', message_ts: ts })
    expect(lastPayload()).to.have.nested.property('message.text', 'broken')
    await gestures().globalShortcut({ userId: 'U0TOM', callbackId: 'new_ticket' })
    expect(lastPayload())
      .to.include({ type: 'shortcut', callback_id: 'new_ticket' })
      .and.not.have.property('channel')
  })

  describe('a slash command', () => {
    const run = (text = 'mine') =>
      gestures().slashCommand({ userId: 'U0TOM', channel: 'C0IT', command: '/ticket', text })
    const visible = (userId: string) =>
      world.slack.view(userId).conversations.find((each) => each.id === 'C0IT')?.messages

    it('comes as a form', async () => {
      await run()
      expect(world.app.received[0]?.headers['content-type']).to.equal('application/x-www-form-urlencoded')
      expect(world.app.received[0]?.body).to.include({
        command: '/ticket',
        text: 'mine',
        user_id: 'U0TOM',
        channel_id: 'C0IT',
        team_id: 'T0001',
        api_app_id: 'A0APP',
      })
    })

    it('is answered to its author alone unless the app says otherwise', async () => {
      world.app.answer = () => ({ body: JSON.stringify({ text: 'two open' }) })
      await run()
      expect(visible('U0TOM')?.at(-1)).to.include({ text: 'two open', ephemeral: true })
      expect(visible('U0ANN')).to.deep.equal([])
      world.app.answer = ({ body }) => ({
        body: body.command ? JSON.stringify({ response_type: 'in_channel', text: 'for all' }) : '',
      })
      await run()
      expect(visible('U0ANN')?.at(-1)).to.include({ text: 'for all' })
    })

    it('shows nothing on an empty answer', async () => {
      await run()
      expect(visible('U0TOM')).to.deep.equal([])
    })
  })

  describe('a response_url', () => {
    const clickFor = async (userId = 'U0TOM', messageTs = '') => {
      await gestures().click({
        userId,
        channel: 'C0IT',
        messageTs: messageTs || (await freshCard()),
        actionId: 'claim',
      })
      return String(lastPayload().response_url)
    }
    const answer = async (url: string, body: object) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return response.status
    }
    const seen = (userId: string) =>
      world.slack.view(userId).conversations.find((each) => each.id === 'C0IT')?.messages ?? []

    it('speaks to the person who clicked, or to the channel', async () => {
      const url = await clickFor()
      expect(await answer(url, { text: 'only you' })).to.equal(200)
      expect(await answer(url, { text: 'all', response_type: 'in_channel' })).to.equal(200)
      expect(seen('U0TOM').map((message) => message.text)).to.deep.equal(['card', 'only you', 'all'])
      expect(seen('U0ANN').map((message) => message.text)).to.deep.equal(['card', 'all'])
    })

    it('replaces and deletes the message it came from', async () => {
      const url = await clickFor()
      expect(await answer(url, { text: 'claimed', replace_original: true })).to.equal(200)
      expect(seen('U0ANN').map((message) => message.text)).to.deep.equal(['claimed'])
      expect(await answer(url, { delete_original: true })).to.equal(200)
      expect(seen('U0ANN')).to.deep.equal([])
    })

    it('replaces and deletes an ephemeral message', async () => {
      const { message_ts: ts = '' } = await world.web.chat.postEphemeral({
        channel: 'C0IT',
        user: 'U0TOM',
        text: 'x',
        blocks: card,
      })
      const url = await clickFor('U0TOM', ts)
      expect(await answer(url, { text: 'y', replace_original: true })).to.equal(200)
      expect(seen('U0TOM').map((message) => [message.text, message.ephemeral])).to.deep.equal([['y', true]])
      expect(await answer(url, { delete_original: true })).to.equal(200)
      expect(seen('U0TOM')).to.deep.equal([])
    })

    it('takes five posts', async () => {
      const url = await clickFor()
      for (let n = 0; n < 5; n += 1) expect(await answer(url, { text: 'x' })).to.equal(200)
      expect(await answer(url, { text: 'x' })).to.equal(404)
    })

    it('lives thirty minutes of the program’s time', async () => {
      const url = await clickFor()
      world.clock.advance(30 * 60_000)
      expect(await answer(url, { text: 'x' })).to.equal(200)
      world.clock.advance(1)
      expect(await answer(url, { text: 'x' })).to.equal(404)
    })

    it('is as strict about blocks as a post', async () => {
      const url = await clickFor()
      expect(await answer(url, { text: 'x', blocks: [{ type: 'marquee' }] })).to.equal(400)
      expect(await answer(`${url}0`, { text: 'x' })).to.equal(404)
    })
  })
})
