import { expect } from 'chai'
import { createTokens, TOKEN_LIFE_S } from '../../../src/sandbox/feishu/tokens.js'
import { client, type Json, manualClock, refusal, SEED, sendText, startWorld, type World } from './support.js'

describe('tenant access tokens', () => {
  it('are the same until less than half an hour is left, and then another one beside the first', () => {
    const clock = manualClock()
    const tokens = createTokens(clock.now)
    const first = tokens.issue()
    expect(first.expireS).to.equal(TOKEN_LIFE_S)
    clock.advance(5_400_000)
    expect(tokens.issue()).to.deep.equal({ token: first.token, expireS: 1800 })
    clock.advance(1000)
    const second = tokens.issue()
    expect(second.token).to.not.equal(first.token)
    expect([tokens.isValid(first.token), tokens.isValid(second.token)]).to.deep.equal([true, true])
    clock.advance(1_799_000)
    expect([tokens.isValid(first.token), tokens.isValid(second.token)]).to.deep.equal([false, true])
  })

  describe('over HTTP', () => {
    let world: World
    beforeEach(async () => {
      world = await startWorld()
    })
    afterEach(() => world.close())
    const ask = async (path: string, init: RequestInit) => {
      const response = await fetch(`${world.url}/feishu/open-apis${path}`, init)
      return { status: response.status, body: (await response.json()) as Json }
    }
    const issue = (app_id: string, app_secret: string) =>
      ask('/auth/v3/tenant_access_token/internal', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ app_id, app_secret }),
      })

    it('are refused to a wrong app or secret with 200 and a code', async () => {
      const wrong = [await issue('cli_ffffffffffffffff', SEED.app.secret), await issue(SEED.app.id, 'guess')]
      expect(wrong.map(({ status, body }) => [status, body.code])).to.deep.equal([
        [200, 10003],
        [200, 10014],
      ])
      expect(wrong.every(({ body }) => body.tenant_access_token === undefined)).to.equal(true)
    })

    it('must be shown, and be valid', async () => {
      const info = (headers: Record<string, string>) => ask('/bot/v3/info', { headers })
      expect(await info({})).to.deep.include({ status: 400 })
      expect((await info({})).body.code).to.equal(99991661)
      expect((await info({ authorization: 'Bearer t-guess' })).body.code).to.equal(99991663)
      expect((await info({})).body.error.log_id).to.be.a('string')
    })

    it('once expired or revoked fail every call of the SDK until it asks anew', async () => {
      await sendText(world.sdk, 'with a good one')
      world.clock.advance(TOKEN_LIFE_S * 1000)
      expect(await refusal(sendText(world.sdk, 'with an old one'))).to.equal(99991663)
      const fresh = client(world.url)
      await sendText(fresh, 'with a new one')
      world.feishu.faults.revokeTokens()
      expect(await refusal(sendText(fresh, 'with a void one'))).to.equal(99991663)
    })

    it('do not open what the app has no scope for', async () => {
      world.feishu.setScopes(['im:resource'])
      expect(await refusal(sendText(world.sdk, 'hi'))).to.equal(99991672)
    })
  })
})
