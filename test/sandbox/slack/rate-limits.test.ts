import { expect } from 'chai'
import { createRateLimits, POST_BURST } from '../../../src/sandbox/slack/rate-limits.js'
import { failure, refusal, startWorld, type World } from './support.js'

describe('rate limits', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  const post = (channel = 'C0IT') => world.web.chat.postMessage({ channel, text: 'x' })

  it('let a short burst into one channel, then one message a second', async () => {
    for (let n = 0; n < POST_BURST; n += 1) await post()
    const error = await failure(post())
    expect(error).to.include({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 })
    world.clock.advance(1000)
    expect((await post()).ok).to.equal(true)
    expect(await failure(post())).to.include({ retryAfter: 1 })
    expect(world.slack.counters.rateLimited).to.equal(2)
  })

  it('count each channel by itself', async () => {
    for (let n = 0; n < POST_BURST; n += 1) await post()
    expect((await post('U0MEI')).ok).to.equal(true)
  })

  it('do not count what is refused for its content', async () => {
    for (let n = 0; n < POST_BURST; n += 1) {
      expect(await refusal(world.web.chat.postMessage({ channel: 'C0IT', text: '' }))).to.equal('no_text')
    }
    expect((await post()).ok).to.equal(true)
  })

  it('answer 429 with Retry-After and Slack’s body', async () => {
    for (let n = 0; n < POST_BURST; n += 1) await post()
    const response = await fetch(`${world.url}/slack/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-test', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'channel=C0IT&text=x',
    })
    expect(response.status).to.equal(429)
    expect(response.headers.get('retry-after')).to.equal('1')
    expect(await response.json()).to.deep.equal({ ok: false, error: 'ratelimited' })
  })

  it('count a method by its tier and minute', () => {
    let ms = 0
    const limits = createRateLimits(() => ms, true)
    for (let n = 0; n < 50; n += 1) {
      expect(limits.take('chat.update', 3)).to.equal(0)
      ms += 100
    }
    expect(limits.take('chat.update', 3)).to.equal(55)
    expect(limits.take('views.open', 4)).to.equal(0)
    ms = 60_000
    expect(limits.take('chat.update', 3)).to.equal(0)
  })

  it('can be switched off', async () => {
    world.slack.setRateLimits(false)
    for (let n = 0; n < 20; n += 1) await post()
    expect(world.slack.counters.channels.C0IT?.posts).to.equal(20)
  })
})
