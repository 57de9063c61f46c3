import { expect } from 'chai'
import { failure, startWorld, until, type World } from './support.js'

describe('faults', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false, retryDelaysMs: [0, 5, 5] })
  })
  afterEach(() => world.close())

  const post = () => world.web.chat.postMessage({ channel: 'C0IT', text: 'x' })
  const write = () => world.slack.gestures.postMessage({ userId: 'U0TOM', channel: 'C0IT', text: 'x' })
  const ids = () => world.app.received.map((each) => each.body.event_id)
  const stored = () => world.slack.state.messages.C0IT?.length ?? 0
  const status = (error: unknown) => (error as { statusCode?: number }).statusCode

  it('send the last event again, under the same id', async () => {
    const { eventIds } = await write()
    await world.slack.idle()
    world.slack.faults.deliverTwice()
    await world.slack.idle()
    expect(ids()).to.deep.equal([eventIds?.[0], eventIds?.[0]])
    expect(world.app.received[1]?.headers).to.not.have.property('x-slack-retry-num')
    expect(world.app.received[1]?.raw).to.equal(world.app.received[0]?.raw)
  })

  it('send the next event several times at once', async () => {
    world.slack.faults.deliverTwice({ which: 'next', copies: 3 })
    await write()
    await write()
    await world.slack.idle()
    const counts = ids().map((id) => ids().filter((each) => each === id).length)
    expect(counts.toSorted()).to.deep.equal([1, 4, 4, 4, 4])
  })

  it('send the same message under another event id', async () => {
    await write()
    await world.slack.idle()
    world.slack.faults.deliverTwice({ variant: 'other_event_id' })
    await world.slack.idle()
    expect(new Set(ids()).size).to.equal(2)
    const [first, second] = world.app.received.map((each) => each.body.event)
    expect(first).to.deep.equal(second)
  })

  it('have nothing to repeat before the first event', () => {
    expect(world.slack.faults.deliverTwice()).to.deep.equal([])
  })

  /** Everything of the bot that makes events: its posts, their changes and ends, its reactions. */
  async function botDoesItsWork(ts: string): Promise<void> {
    const { web } = world
    await web.reactions.add({ channel: 'C0IT', timestamp: ts, name: 'eyes' })
    const posted = await web.chat.postMessage({ channel: 'C0IT', thread_ts: ts, text: 'a card' })
    const card = { channel: 'C0IT', ts: posted.ts ?? '' }
    await web.chat.update({ ...card, text: 'a newer card' })
    await web.chat.delete(card)
    const root = { channel: 'C0IT', ts: (await post()).ts ?? '' }
    await web.chat.postMessage({ channel: 'C0IT', thread_ts: root.ts, username: 'Mei', text: 'a reply' })
    await web.chat.delete(root)
    await web.reactions.remove({ channel: 'C0IT', timestamp: ts, name: 'eyes' })
  }
  const OF_THE_BOT = 8

  it('pass over the bot’s own events when the last one is repeated', async () => {
    const { eventIds, ts } = await write()
    await botDoesItsWork(ts ?? '')
    await world.slack.idle()
    expect(ids()).to.have.length(1 + OF_THE_BOT)
    expect(world.slack.faults.deliverTwice({ copies: 2 })).to.deep.equal([eventIds?.[0], eventIds?.[0]])
  })

  it('wait for a person when the next one is to be repeated', async () => {
    const { ts = '' } = await write()
    world.slack.faults.deliverTwice({ which: 'next' })
    await botDoesItsWork(ts)
    await world.slack.idle()
    expect(new Set(ids()).size).to.equal(1 + OF_THE_BOT)
    expect(ids()).to.have.length(1 + OF_THE_BOT)
    expect(world.slack.faults.view().deliverTwiceNext).to.equal(true)
    const { eventIds } = await world.slack.gestures.editMessage({
      userId: 'U0TOM',
      channel: 'C0IT',
      ts,
      text: 'y',
    })
    await world.slack.idle()
    expect(ids().filter((id) => id === eventIds?.[0])).to.have.length(2)
    expect(world.slack.faults.view().deliverTwiceNext).to.equal(false)
  })

  it('take an invitation of the bot for what it is: a person’s act', async () => {
    const { eventIds } = await world.slack.gestures.inviteBot({ userId: 'U0ANN', channel: 'C0SEC' })
    await world.slack.idle()
    expect(world.slack.faults.deliverTwice()).to.deep.equal(eventIds?.slice(-1))
    expect(world.app.received.at(-1)?.body.event).to.include({ inviter: 'U0ANN' })
  })

  it('have nothing to repeat when only the bot has said something', async () => {
    await post()
    await world.slack.idle()
    expect(ids()).to.have.length(1)
    expect(world.slack.faults.deliverTwice()).to.deep.equal([])
  })

  it('take Slack down: calls fail, events wait and come afterwards', async () => {
    world.slack.faults.down(60_000)
    expect(status(await failure(post()))).to.equal(503)
    await write()
    const click = await world.slack.gestures.globalShortcut({ userId: 'U0TOM', callbackId: 'x' })
    expect(click).to.deep.equal({ ok: false, error: 'slack_down', triggerId: click.triggerId })
    expect(world.app.received).to.deep.equal([])
    expect(world.slack.faults.view().downMsLeft).to.equal(60_000)
    world.clock.advance(60_000)
    world.slack.faults.clear()
    await world.slack.idle()
    expect(world.app.received).to.have.length(1)
    expect((await post()).ok).to.equal(true)
  })

  it('end by themselves when the time is over', async () => {
    await world.close()
    const real = performance.now.bind(performance)
    world = await startWorld({ rateLimits: false, monotonic: real })
    world.slack.faults.down(50)
    await write()
    await until(() => world.app.received.length === 1)
    expect(world.slack.faults.view().downMsLeft).to.equal(0)
  })

  it('drop connections while down', async () => {
    world.slack.faults.down(60_000, 'drop')
    expect(await failure(post())).to.include({ code: 'slack_webapi_request_error' })
    expect(stored()).to.equal(0)
  })

  it('fail the next calls of one method', async () => {
    world.slack.faults.failNext('chat.postMessage', { times: 2, mode: '500' })
    expect((await world.web.auth.test()).ok).to.equal(true)
    expect(status(await failure(post()))).to.equal(500)
    expect(status(await failure(post()))).to.equal(500)
    expect((await post()).ok).to.equal(true)
    expect(stored()).to.equal(1)
  })

  it('answer 429 with the given Retry-After', async () => {
    world.slack.faults.failNext('*', { mode: '429', retryAfterS: 7 })
    expect(await failure(post())).to.include({ code: 'slack_webapi_rate_limited_error', retryAfter: 7 })
    expect(stored()).to.equal(0)
  })

  it('cut the connection after the post was accepted', async () => {
    world.slack.faults.failNext('chat.postMessage', { mode: 'cut_after_accept' })
    expect(await failure(post())).to.include({ code: 'slack_webapi_request_error' })
    expect(stored()).to.equal(1)
    expect(world.slack.calls.at(-1)).to.include({ fault: 'cut_after_accept', httpStatus: 0, ok: true })
  })

  it('cut the connection before anything happened', async () => {
    world.slack.faults.failNext('chat.postMessage', { mode: 'cut_before' })
    expect(await failure(post())).to.include({ code: 'slack_webapi_request_error' })
    expect(stored()).to.equal(0)
  })

  it('hang until the caller gives up', async () => {
    world.slack.faults.failNext('chat.postMessage', { mode: 'hang' })
    const impatient = fetch(`${world.url}/slack/api/chat.postMessage`, {
      method: 'POST',
      signal: AbortSignal.timeout(100),
    })
    expect(await failure(impatient)).to.include({ name: 'TimeoutError' })
    expect(stored()).to.equal(0)
  })

  it('slow every call', async () => {
    world.slack.faults.slow(80)
    const startMs = performance.now()
    await post()
    expect(performance.now() - startMs).to.be.at.least(79)
    world.slack.faults.slow(0)
    expect(world.slack.faults.view().slowMs).to.equal(0)
  })

  it('are pressed and cleared over HTTP', async () => {
    const press = async (name: string, body: object) => {
      const response = await fetch(`${world.url}/sandbox/slack/faults/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: await response.json() }
    }
    await press('down', { ms: 500 })
    await press('slow', { ms: 5 })
    await press('deliverTwice', { which: 'next' })
    const set = await press('failNext', { method: 'chat.update', mode: 'hang', times: 2 })
    expect(set.body).to.deep.equal({
      downMsLeft: 500,
      slowMs: 5,
      deliverTwiceNext: true,
      failNext: [{ method: 'chat.update', mode: 'hang', timesLeft: 2, retryAfterS: 1 }],
    })
    const cleared = await press('clear', {})
    expect(cleared.body).to.deep.equal({ downMsLeft: 0, slowMs: 0, deliverTwiceNext: false, failNext: [] })
    expect((await press('down', { ms: 'long' })).status).to.equal(400)
  })
})
