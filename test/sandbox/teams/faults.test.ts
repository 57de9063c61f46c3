import { expect } from 'chai'
import type { FailMode } from '../../../src/sandbox/teams/log-types.js'
import { createThrottle, WRITE_WINDOWS } from '../../../src/sandbox/teams/throttle.js'
import {
  errorCode,
  HR,
  IT,
  type Json,
  login,
  MEI,
  startWorld,
  TEAM,
  TENANT,
  TOM,
  type World,
} from './support.js'

const say: Json = { type: 'message', text: 'x' }
const POST = `conversations/${IT}/activities`

describe('how much the Teams emulator lets through', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  async function statuses(times: number, call: () => ReturnType<World['call']>): Promise<number[]> {
    const found: number[] = []
    for (let i = 0; i < times; i += 1) found.push((await call()).status)
    return found
  }

  it('is seven messages a second into one conversation, eight in two', async () => {
    expect(await statuses(8, () => world.call('POST', POST, say))).to.deep.equal([...Array(7).fill(201), 429])
    world.clock.advance(1000)
    expect(await statuses(2, () => world.call('POST', POST, say))).to.deep.equal([201, 429])
    world.clock.advance(1000)
    expect(await statuses(1, () => world.call('POST', POST, say))).to.deep.equal([201])
  })

  it('names the seconds to wait, and counts threads, edits and deletions with the conversation', async () => {
    const { json } = await world.call('POST', POST, say)
    const message = `conversations/${IT};messageid=${String(json.id)}/activities/${String(json.id)}`
    await statuses(6, () => world.call('PUT', message, say))
    const refused = await world.call('DELETE', message)
    expect([refused.status, errorCode(refused), refused.headers.get('retry-after')]).to.deep.equal([
      429,
      'Throttled',
      '1',
    ])
    expect(world.teams.counters.rateLimited).to.equal(1)
  })

  it('counts each conversation for itself', async () => {
    await statuses(7, () => world.call('POST', POST, say))
    const other = await world.call('POST', `conversations/${TEAM}/activities`, say)
    expect(other.status).to.equal(201)
  })

  it('is 30 calls a second in all', async () => {
    const members = { members: [{ id: '29:mei' }], tenantId: TENANT }
    await statuses(7, () => world.call('POST', POST, say))
    await statuses(7, () => world.call('POST', 'conversations', members))
    await statuses(14, () => world.call('GET', `conversations/${IT}/members`))
    const last = await statuses(3, () => world.call('GET', `teams/${TEAM}`))
    expect(last).to.deep.equal([200, 200, 429])
  })

  it('is everything once limits are off', async () => {
    world.teams.setRateLimits(false)
    expect(new Set(await statuses(40, () => world.call('POST', POST, say)))).to.deep.equal(new Set([201]))
  })

  it('keeps every window: 60 in half a minute, 1800 in an hour', () => {
    let atMs = 0
    const throttle = createThrottle(() => atMs, true)
    let passed = 0
    for (; atMs < 3_600_000; atMs += 250) if (throttle.take('c', WRITE_WINDOWS) === 0) passed += 1
    expect(passed).to.equal(1800)
    throttle.reset()
    passed = 0
    for (atMs = 0; atMs < 30_000; atMs += 100) if (throttle.take('c', WRITE_WINDOWS) === 0) passed += 1
    expect(passed).to.equal(60)
  })
})

describe('what can be made to go wrong in the Teams emulator', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
    await world.token()
  })
  afterEach(() => world.close())

  const posted = () => world.teams.view(TOM).conversations.find((each) => each.id === IT)?.messages.length

  const answered: [FailMode, number, string][] = [
    ['429', 429, 'Throttled'],
    ['412', 412, 'PreconditionFailed'],
    ['403', 403, 'BotNotInConversationRoster'],
    ['404', 404, 'ActivityNotFoundInConversation'],
    ['500', 500, 'ServiceError'],
    ['502', 502, 'BadGateway'],
  ]
  for (const [mode, status, code] of answered) {
    it(`answers ${mode} as often as told, and does nothing`, async () => {
      world.teams.faults.failNext({ call: 'sendToConversation', mode, times: 2 })
      for (let i = 0; i < 2; i += 1) {
        const failed = await world.call('POST', POST, say)
        expect([failed.status, errorCode(failed)]).to.deep.equal([status, code])
        expect(failed.headers.has('retry-after')).to.equal(false)
      }
      expect(posted()).to.equal(0)
      expect((await world.call('POST', POST, say)).status).to.equal(201)
    })
  }

  it('says Retry-After when told to', async () => {
    world.teams.faults.failNext({ call: '*', mode: '429', retryAfterS: 3 })
    expect((await world.call('GET', `teams/${TEAM}`)).headers.get('retry-after')).to.equal('3')
  })

  for (const [mode, expected] of [
    ['cut_before', 0],
    ['cut_after_accept', 1],
  ] as const) {
    it(`cuts the answer: ${mode} leaves ${expected} messages`, async () => {
      world.teams.faults.failNext({ call: 'sendToConversation', mode })
      const error = await world.call('POST', POST, say).catch((cause: unknown) => cause)
      expect(error).to.be.instanceOf(TypeError)
      expect(posted()).to.equal(expected)
    })
  }

  it('fails the call that was named only', async () => {
    world.teams.faults.failNext({ call: 'updateActivity', mode: '404' })
    const { status, json } = await world.call('POST', POST, say)
    expect(status).to.equal(201)
    expect((await world.call('PUT', `${POST}/${String(json.id)}`, say)).status).to.equal(404)
    expect((await world.call('PUT', `${POST}/${String(json.id)}`, say)).status).to.equal(200)
  })

  it('is away for a while', async () => {
    const { faults } = world.teams
    faults.down(5000)
    expect((await world.call('POST', POST, say)).status).to.equal(503)
    expect((await login(world.url)).status).to.equal(503)
    const { conversation = '' } = await world.teams.gestures.openDirect({ userId: MEI })
    expect(conversation).not.to.equal('')
    world.clock.advance(5000)
    expect((await world.call('POST', POST, say)).status).to.equal(201)
  })

  it('answers a click with a failure while it is away', async () => {
    const sent = await world.call('POST', POST, {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            version: '1.5',
            actions: [{ type: 'Action.Execute', title: 'Go' }],
          },
        },
      ],
    })
    world.teams.faults.down(5000)
    const place = { userId: TOM, conversation: IT, messageId: String(sent.json.id), action: 0 }
    expect(await world.teams.gestures.click(place)).to.include({ ok: false, status: 0 })
    expect(world.bot.received).to.deep.equal([])
  })

  it('lists what is wrong, until it is cleared', async () => {
    world.teams.faults.failNext({ call: 'getTeam', mode: '500' })
    world.teams.faults.slow(1)
    world.teams.faults.deliverTwice({ which: 'next' })
    expect(world.teams.faults.view()).to.deep.equal({
      downMsLeft: 0,
      slowMs: 1,
      failNext: [{ call: 'getTeam', mode: '500', timesLeft: 1 }],
      deliverTwiceNext: true,
    })
    world.teams.faults.clear()
    expect(world.teams.faults.view()).to.deep.include({ slowMs: 0, failNext: [], deliverTwiceNext: false })
    expect((await world.call('POST', `conversations/${HR}/activities`, say)).status).to.equal(403)
  })
})
