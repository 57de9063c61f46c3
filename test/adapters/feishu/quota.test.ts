import { expect } from 'chai'
import { FeishuError } from '../../../src/adapters/feishu/errors.js'
import { createOpenApi, type OpenApi } from '../../../src/adapters/feishu/open-api.js'
import { apiOf, createQuota, type Quota, type QuotaOptions } from '../../../src/adapters/feishu/quota.js'
import { APP_ID, APP_SECRET, startWorld, type World } from './support.js'

/** A clock that stands until it is moved. */
function manualClock() {
  let at = 0
  let alarms: { at: number; then: () => void }[] = []
  return {
    ms: () => at,
    after: (ms: number, then: () => void) => {
      const alarm = { at: at + ms, then }
      alarms.push(alarm)
      return () => {
        alarms = alarms.filter((one) => one !== alarm)
      }
    },
    async advance(ms: number) {
      const end = at + ms
      await settled()
      for (;;) {
        const [next] = alarms.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        alarms = alarms.filter((one) => one !== next)
        at = Math.max(at, next.at)
        next.then()
        await settled()
      }
      at = end
    },
  }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))
const LIMITS = { perSecond: 5, perMinute: 20, maxWaitMs: 1500 }

describe('the quota of an API', () => {
  let clock: ReturnType<typeof manualClock>
  let quota: Quota
  let made: number[]
  let waits: number[]
  beforeEach(() => {
    clock = manualClock()
    made = []
    waits = []
  })
  function start(more: Partial<QuotaOptions> = {}): void {
    quota = createQuota({ ...LIMITS, clock, ...more })
  }
  /** A call that is answered at once, or when `answer` is called. */
  function calls(
    n: number,
    api = 'GET /x',
    answered: Promise<unknown> = Promise.resolve(),
  ): Promise<unknown> {
    return Promise.all(
      Array.from({ length: n }, () =>
        quota
          .run(api, async () => {
            made.push(clock.ms())
            await answered
          })
          .catch((error: unknown) => {
            if (!(error instanceof FeishuError)) throw error
            waits.push(error.waitMs ?? 0)
          }),
      ),
    )
  }

  it('lets so many go in any second, and the others when a second has passed since an answer', async () => {
    start()
    void calls(10)
    await settled()
    expect(made).to.deep.equal([0, 0, 0, 0, 0])
    await clock.advance(999)
    expect(made).to.have.length(5)
    await clock.advance(1)
    expect(made.slice(5)).to.deep.equal(Array(5).fill(1000))
    expect(waits).to.deep.equal([])
  })

  it('counts what is not answered yet, however long it takes', async () => {
    start({ maxWaitMs: 10_000 })
    let answer: (value?: unknown) => void = () => undefined
    void calls(5, 'GET /x', new Promise((resolve) => (answer = resolve)))
    void calls(1)
    await clock.advance(3000)
    expect(made).to.have.length(5)
    answer()
    await settled()
    await clock.advance(999)
    expect(made).to.have.length(5)
    await clock.advance(1)
    expect(made.slice(5)).to.deep.equal([4000])
  })

  it('refuses rather than lets wait long, and says for how long', async () => {
    start()
    void calls(5)
    await settled()
    void calls(20)
    await settled()
    // five are reached within the wait, the others are told at once
    expect(waits).to.deep.equal(Array(15).fill(1000))
    await clock.advance(2000)
    expect(made.filter((at) => at === 1000)).to.have.length(5)
    expect(waits).to.have.length(15)
  })

  it('lets so many go in any minute', async () => {
    start()
    for (let second = 0; second < 4; second++) {
      void calls(5)
      await clock.advance(2000)
    }
    expect(made).to.have.length(20)
    await calls(1)
    // of the first ones, eight seconds ago, the last counts until a minute after
    expect(waits).to.deep.equal([52_000])
    await clock.advance(52_000)
    await calls(1)
    expect(made).to.have.length(21)
  })

  it('is each API’s own, whatever ids are in the path', async () => {
    start()
    await calls(5, 'GET /a')
    await calls(5, 'GET /b')
    expect(made).to.have.length(10)
    expect(apiOf('POST', '/im/v1/messages/om_1/reply')).to.equal(apiOf('POST', '/im/v1/messages/om_2/reply'))
    expect(apiOf('GET', '/im/v1/messages/om_1/resources/file_1')).to.equal(
      'GET /im/v1/messages/:id/resources/:id',
    )
    expect(apiOf('POST', '/im/v1/messages')).to.not.equal(apiOf('POST', '/im/v1/messages/om_1/reply'))
    expect(apiOf('GET', '/contact/v3/users/batch')).to.not.equal(apiOf('GET', '/contact/v3/users/ou_1'))
    expect(apiOf('PATCH', '/im/v1/messages/om_1')).to.not.equal(apiOf('PUT', '/im/v1/messages/om_1'))
  })

  it('goes on after a call that fails', async () => {
    start({ perSecond: 1 })
    const failing = quota.run('GET /x', async () => {
      throw new Error('no')
    })
    expect(await failing.catch((error: unknown) => (error as Error).message)).to.equal('no')
    void calls(1)
    await clock.advance(1000)
    expect(made).to.deep.equal([1000])
  })
})

describe('many calls at once', () => {
  let world: World
  let api: OpenApi
  beforeEach(async () => {
    world = await startWorld()
    world.feishu.setRateLimits(true)
    api = createOpenApi({ appId: APP_ID, appSecret: APP_SECRET, domain: world.domain })
  })
  afterEach(() => world.close())

  it('never meet Feishu’s own limit', async () => {
    let refused = 0
    const ask = async (): Promise<void> => {
      for (;;) {
        try {
          await api.call({ method: 'GET', path: '/bot/v3/info' })
          return
        } catch (error) {
          if (!(error instanceof FeishuError) || error.waitMs === undefined) throw error
          refused += 1
          const { waitMs } = error
          await new Promise((resolve) => setTimeout(resolve, waitMs))
        }
      }
    }
    await Promise.all(Array.from({ length: 160 }, ask))
    const calls = world.feishu.calls.filter((call) => call.method === 'bot.v3.info')
    expect(calls.filter((call) => !call.ok)).to.deep.equal([])
    expect(calls).to.have.length(160)
    // 48 at once, as many in the queue: the others are asked to come again
    expect(refused).to.be.greaterThan(0)
  })
})
