import { expect } from 'chai'
import { createRateLimits } from '../../../src/sandbox/feishu/rate-limits.js'
import { card, IT, MEI, refusal, sendCard, sendText, startWorld, tokenOf, type World } from './support.js'

describe('limits and faults', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())
  const shown = () => world.feishu.view(MEI).conversations.find(({ id }) => id === IT)?.messages ?? []
  const send = () =>
    world.call('POST', '/im/v1/messages?receive_id_type=chat_id', {
      receive_id: IT,
      msg_type: 'text',
      content: '{"text":"x"}',
    })

  it('let five messages a second into one chat', async () => {
    for (let n = 0; n < 5; n += 1) await sendText(world.sdk, `m${n}`)
    expect(await refusal(sendText(world.sdk, 'one too many'))).to.equal(230020)
    await sendText(world.sdk, 'elsewhere', MEI)
    world.clock.advance(999)
    expect(await refusal(sendText(world.sdk, 'still too many'))).to.equal(230020)
    world.clock.advance(1)
    await sendText(world.sdk, 'a second later')
    expect(shown()).to.have.length(6)
    expect(world.feishu.counters.rateLimited).to.equal(2)
  })

  it('let one message be changed five times a second', async () => {
    const messageId = await sendCard(world.sdk)
    const patch = () =>
      world.sdk.im.v1.message.patch({
        path: { message_id: messageId },
        data: { content: JSON.stringify(card()) },
      })
    for (let n = 0; n < 5; n += 1) await patch()
    expect(await refusal(patch())).to.equal(230020)
  })

  it('let each API be called fifty times a second, and say when it is free again', async () => {
    const token = await tokenOf(world.url)
    const info = (): Promise<Response> =>
      fetch(`${world.url}/feishu/open-apis/bot/v3/info`, { headers: { authorization: `Bearer ${token}` } })
    for (let n = 0; n < 50; n += 1) expect((await info()).status).to.equal(200)
    const refused = await info()
    expect(refused.status).to.equal(429)
    expect(['limit', 'reset'].map((name) => refused.headers.get(`x-ogw-ratelimit-${name}`))).to.deep.equal([
      '50',
      '1',
    ])
    expect(await refused.json()).to.include({ code: 99991400 })
    await sendText(world.sdk, 'another API')
    world.clock.advance(1000)
    expect((await info()).status).to.equal(200)
  })

  it('let each API be called a thousand times a minute', () => {
    const limits = createRateLimits(world.clock.monotonic, true)
    for (let n = 0; n < 1000; n += 1) {
      world.clock.advance(20)
      expect(limits.takeCall('a')).to.equal(undefined)
    }
    world.clock.advance(1000)
    expect(limits.takeCall('a')).to.deep.equal({ limit: 1000, resetS: 40 })
    expect(limits.takeCall('b')).to.equal(undefined)
    world.clock.advance(40_000)
    expect(limits.takeCall('a')).to.equal(undefined)
  })

  it('can be switched off', async () => {
    world.feishu.setRateLimits(false)
    for (let n = 0; n < 12; n += 1) await sendText(world.sdk, `m${n}`)
    expect(shown()).to.have.length(12)
  })

  it('fail the next calls as told', async () => {
    world.feishu.faults.failNext({ call: 'im.v1.message.create', mode: '429', retryAfterS: 7 })
    const limited = await send()
    expect([limited.status, limited.body.code, limited.headers.get('x-ogw-ratelimit-reset')]).to.deep.equal([
      429,
      99991400,
      '7',
    ])
    world.feishu.faults.failNext({ call: '*', mode: '500', times: 2 })
    expect((await send()).status).to.equal(500)
    expect((await send()).status).to.equal(500)
    expect((await send()).status).to.equal(200)
    expect(shown()).to.have.length(1)
  })

  it('cut the answer before or after the message was taken', async () => {
    for (const mode of ['cut_before', 'cut_after_accept'] as const) {
      world.feishu.faults.failNext({ call: 'im.v1.message.create', mode })
      expect(await refusal(sendText(world.sdk, mode, IT, `uuid-${mode}`))).to.deep.equal(Number.NaN)
    }
    expect(shown().map(({ text }) => text)).to.deep.equal(['cut_after_accept'])
    await sendText(world.sdk, 'cut_after_accept', IT, 'uuid-cut_after_accept')
    expect(shown()).to.have.length(1)
  })

  it('take Feishu away for a while', async () => {
    await sendText(world.sdk, 'before')
    world.feishu.faults.down(1000)
    const { status } = await fetch(`${world.url}/feishu/open-apis/bot/v3/info`)
    expect(status).to.equal(503)
    world.feishu.faults.down(1000, 'drop')
    expect(await refusal(sendText(world.sdk, 'meanwhile'))).to.deep.equal(Number.NaN)
    world.clock.advance(1000)
    await sendText(world.sdk, 'after')
    expect(shown().map(({ text }) => text)).to.deep.equal(['before', 'after'])
  })

  it('log what was called without a word of what was said', async () => {
    const messageId = await sendText(world.sdk, 'a secret')
    expect(world.feishu.calls.at(-1)).to.include({ method: 'im.v1.message.create', ok: true, messageId })
    expect(JSON.stringify(world.feishu.calls)).to.not.contain('a secret')
    expect(JSON.stringify(world.feishu.calls)).to.not.contain('a-secret-for-tests')
    expect(world.feishu.counters.channels[IT]).to.deep.equal({ posts: 1, updates: 0, deletes: 0 })
  })

  it('are set over HTTP', async () => {
    const post = (name: string, body: object) =>
      fetch(`${world.url}/sandbox/feishu/faults/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const set = await post('failNext', { call: 'im.v1.message.create', mode: '500', times: 3 })
    expect(await set.json()).to.deep.include({
      failNext: [{ call: 'im.v1.message.create', mode: '500', timesLeft: 3, retryAfterS: 1 }],
    })
    expect((await (await post('clear', {})).json()) as object).to.deep.include({ failNext: [] })
    expect((await post('failNext', { call: 'x', mode: 'explode' })).status).to.equal(400)
    expect((await post('revokeTokens', {})).status).to.equal(200)
  })
})
