import { verifySlackRequest } from '@slack/bolt'
import { expect } from 'chai'
import { type Received, SECRET, startWorld, until, type World } from './support.js'

const IM = 'D0MEI'

describe('events', () => {
  let world: World
  async function begin(options: Parameters<typeof startWorld>[0] = {}): Promise<void> {
    world = await startWorld({
      rateLimits: false,
      now: () => new Date(),
      retryDelaysMs: [0, 10, 20],
      ...options,
    })
    await world.slack.gestures.openDm({ userId: 'U0MEI' })
  }
  beforeEach(() => begin())
  afterEach(() => world.close())

  const write = (text: string, channel = IM, userId = 'U0MEI') =>
    world.slack.gestures.postMessage({ userId, channel, text })
  const events = () => world.app.received.map((each) => each.body.event as Record<string, unknown>)
  const verify = ({ headers, raw }: Received, signingSecret = SECRET) =>
    verifySlackRequest({
      signingSecret,
      body: raw,
      headers: {
        'x-slack-signature': String(headers['x-slack-signature']),
        'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
      },
    })

  it('are signed as Bolt’s own verifier wants it', async () => {
    await write('VPN 坏了')
    await world.slack.gestures.globalShortcut({ userId: 'U0MEI', callbackId: 'x' })
    await world.slack.idle()
    expect(world.app.received).to.have.length(2)
    for (const received of world.app.received) {
      expect(() => verify(received)).to.not.throw()
      expect(() => verify(received, 'another secret')).to.throw('signature')
      expect(() => verify({ ...received, raw: `${received.raw} ` })).to.throw('signature')
    }
  })

  it('are dated by the program’s time', async () => {
    await world.close()
    await begin({ now: () => new Date('2031-01-01T00:00:00Z') })
    await write('x')
    await world.slack.idle()
    expect(world.app.received[0]?.headers['x-slack-request-timestamp']).to.equal(
      String(Date.UTC(2031, 0, 1) / 1000),
    )
    expect(world.app.received[0]?.body.event_time).to.equal(Date.UTC(2031, 0, 1) / 1000)
    expect(events()[0]?.ts).to.match(/^1924992000\./)
  })

  it('come in Slack’s envelope', async () => {
    const sent = await write('x')
    await world.slack.idle()
    const received = world.app.received[0]
    const body = received?.body
    const headers = received?.headers ?? {}
    expect(headers['content-type']).to.equal('application/json')
    expect(body).to.deep.include({
      type: 'event_callback',
      team_id: 'T0001',
      api_app_id: 'A0APP',
      event_id: sent.eventIds?.[0],
      authorizations: [
        {
          enterprise_id: null,
          team_id: 'T0001',
          user_id: 'U0BOT',
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
    })
    expect(body?.event_context).to.be.a('string')
    expect(events()[0]).to.include({
      type: 'message',
      channel: IM,
      channel_type: 'im',
      user: 'U0MEI',
      text: 'x',
      team: 'T0001',
      ts: sent.ts,
      event_ts: sent.ts,
    })
    expect(events()[0]?.client_msg_id).to.match(/^[0-9a-f-]{36}$/)
  })

  it('answer the challenge of the request URL', async () => {
    world.app.answer = ({ body }) => ({ body: JSON.stringify({ challenge: body.challenge }) })
    expect(await world.slack.verifyRequestUrl()).to.equal(true)
    world.app.answer = () => ({ body: '{}' })
    expect(await world.slack.verifyRequestUrl()).to.equal(false)
  })

  it('tell of a mention as message and as app_mention with the same ts', async () => {
    await write('@Paidan help', 'C0IT', 'U0TOM')
    await world.slack.idle()
    const both = events().sort((a, b) => String(a.type).localeCompare(String(b.type)))
    expect(both.map((event) => event.type)).to.deep.equal(['app_mention', 'message'])
    expect(both[0]?.ts).to.equal(both[1]?.ts)
    expect(both[0]).to.include({ text: '<@U0BOT> help', channel: 'C0IT' })
  })

  it('tell nothing of channels the bot is not in', async () => {
    await write('@Paidan help', 'C0GEN')
    await world.slack.idle()
    expect(events()).to.deep.equal([])
  })

  it('bring the bot’s own messages back with its bot_id', async () => {
    await world.web.chat.postMessage({ channel: IM, text: 'hi' })
    await world.slack.idle()
    expect(events()[0]).to.include({ type: 'message', bot_id: 'B0BOT', user: 'U0BOT', text: 'hi' })
  })

  it('tell of edits and deletions', async () => {
    const { ts = '' } = await write('old')
    await world.slack.gestures.editMessage({ userId: 'U0MEI', channel: IM, ts, text: 'new' })
    await world.slack.gestures.deleteMessage({ userId: 'U0MEI', channel: IM, ts })
    await until(() => events().length === 3)
    await world.slack.idle()
    const changed = events().find((event) => event.subtype === 'message_changed')
    expect(changed).to.include({ hidden: true, channel: IM, channel_type: 'im' })
    expect(changed?.message).to.deep.include({ text: 'new', ts })
    expect(changed).to.have.nested.property('message.edited.user', 'U0MEI')
    expect(changed?.previous_message).to.include({ text: 'old', ts })
    const deleted = events().find((event) => event.subtype === 'message_deleted')
    expect(deleted).to.include({ deleted_ts: ts, hidden: true })
    expect(deleted?.previous_message).to.include({ text: 'new' })
  })

  it('tell of threads, joins, reactions, profiles and the Home tab', async () => {
    const { gestures } = world.slack
    const { ts = '' } = await write('root', 'C0IT', 'U0TOM')
    await gestures.postMessage({
      userId: 'U0ANN',
      channel: 'C0IT',
      text: 'reply',
      threadTs: ts,
      broadcast: true,
    })
    await gestures.react({ userId: 'U0ANN', channel: 'C0IT', ts, name: 'eyes' })
    await gestures.joinChannel({ userId: 'U0MEI', channel: 'C0IT' })
    await gestures.changeUser({ userId: 'U0MEI', locale: 'en-US' })
    await gestures.openHome({ userId: 'U0MEI' })
    await world.slack.idle()
    const named = (type: string, subtype?: string) =>
      events().find((event) => event.type === type && event.subtype === subtype)
    expect(named('message', 'thread_broadcast')).to.include({
      thread_ts: ts,
      parent_user_id: 'U0TOM',
      text: 'reply',
    })
    expect(named('reaction_added')).to.deep.include({
      user: 'U0ANN',
      reaction: 'eyes',
      item_user: 'U0TOM',
      item: { type: 'message', channel: 'C0IT', ts },
    })
    expect(named('message', 'channel_join')).to.include({ user: 'U0MEI', channel: 'C0IT' })
    expect(named('member_joined_channel')).to.include({ user: 'U0MEI', channel: 'C0IT', channel_type: 'C' })
    expect(named('user_change')?.user).to.include({ id: 'U0MEI', locale: 'en-US' })
    expect(named('app_home_opened')).to.include({ user: 'U0MEI', tab: 'home', channel: IM })
  })

  it('tell of the bot’s own coming into a channel', async () => {
    await world.slack.gestures.inviteBot({ userId: 'U0TOM', channel: 'C0GEN' })
    await world.slack.idle()
    expect(events().find((event) => event.type === 'member_joined_channel')).to.include({
      user: 'U0BOT',
      inviter: 'U0TOM',
    })
  })

  it('are only those the app has subscribed to', async () => {
    await world.close()
    await begin({ subscriptions: ['app_mention'] })
    await write('@Paidan help', 'C0IT', 'U0TOM')
    await write('x')
    await world.slack.idle()
    expect(events().map((event) => event.type)).to.deep.equal(['app_mention'])
  })

  describe('that are not acknowledged', () => {
    const retries = () =>
      world.app.received.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])

    it('come three times more, numbered and with the reason', async () => {
      world.app.answer = () => ({ status: 500 })
      await write('x')
      await world.slack.idle()
      expect(retries()).to.deep.equal([
        [undefined, undefined],
        ['1', 'http_error'],
        ['2', 'http_error'],
        ['3', 'http_error'],
      ])
      expect(new Set(world.app.received.map((each) => each.raw)).size).to.equal(1)
      expect(world.slack.deliveries.map((each) => each.outcome)).to.deep.equal([
        'will_retry',
        'will_retry',
        'will_retry',
        'given_up',
      ])
    })

    it('stop once acknowledged', async () => {
      world.app.answer = () => ({ status: world.app.received.length < 2 ? 503 : 200 })
      await write('x')
      await world.slack.idle()
      expect(world.app.received).to.have.length(2)
      expect(world.slack.counters).to.include({ eventsSent: 2, eventsAcknowledged: 1 })
    })

    it('stop when the answer says x-slack-no-retry: 1', async () => {
      world.app.answer = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } })
      await write('x')
      await world.slack.idle()
      expect(world.app.received).to.have.length(1)
    })

    it('come again after three seconds without an answer', async () => {
      world.app.answer = () => ({ hang: world.app.received.length < 2 })
      await write('x')
      await world.slack.idle()
      expect(retries()).to.deep.equal([
        [undefined, undefined],
        ['1', 'http_timeout'],
      ])
      expect(world.slack.deliveries[0]?.ms).to.be.greaterThan(2900)
    })

    it('come again when nobody listened', async () => {
      world.slack.configure({ requestUrl: 'http://127.0.0.1:1/slack/events' })
      await write('x')
      await until(() => world.slack.deliveries.length > 0)
      world.slack.configure({ requestUrl: world.app.url })
      await world.slack.idle()
      expect(world.app.received.at(-1)?.headers['x-slack-retry-reason']).to.equal('connection_failed')
    })

    it('keep coming at once, after a minute and after five by default', async () => {
      const { RETRY_DELAYS_MS } = await import('../../../src/sandbox/slack/events-out.js')
      expect(RETRY_DELAYS_MS).to.deep.equal([0, 60_000, 300_000])
    })
  })
})
