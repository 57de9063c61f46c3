import { expect } from 'chai'
import type { SlackOptions } from '../../../src/adapters/slack/index.js'
import { fixture } from './fixtures.js'
import { AT, deliver, envelope, gate, interact, post, signed, startWorld, type World } from './support.js'

type Patience = NonNullable<SlackOptions['patience']>
const PATIENT: Patience = { eventMs: 60_000, clickMs: 60_000, lastResortMs: 60_000 }
const HASTY: Patience = { eventMs: 20, clickMs: 20, lastResortMs: 60_000 }

describe('POST /slack/events', () => {
  let world: World
  async function start(options: Partial<SlackOptions> = { patience: PATIENT }): Promise<void> {
    world = await startWorld(options)
  }
  afterEach(() => world.close())

  const dm = (): Record<string, unknown> => fixture('events', 'message-in-dm')
  const button = (): Record<string, unknown> => fixture('interactions', 'button')

  describe('with an event', () => {
    it('answers the challenge of a new request URL', async () => {
      await start()
      const answer = await deliver(world, { type: 'url_verification', challenge: 'c-1', token: 'x' })
      expect(answer).to.deep.equal({ status: 200, body: '{"challenge":"c-1"}' })
    })

    it('acknowledges with nothing in the body', async () => {
      await start()
      expect(await deliver(world, dm())).to.deep.equal({ status: 200, body: '' })
    })

    it('takes a retry like a first delivery: it may be the only copy', async () => {
      await start()
      const raw = JSON.stringify(dm())
      const headers = { ...signed(raw), 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' }
      expect((await post(world.url, raw, headers)).status).to.equal(200)
      expect(world.accepted).to.have.length(1)
    })

    it('takes an exact replay within the five minutes to the inbox, which knows its keys', async () => {
      await start()
      const raw = JSON.stringify(dm())
      const headers = signed(raw)
      await Promise.all([1, 2, 3, 4].map(() => post(world.url, raw, headers)))
      expect(world.accepted).to.have.length(4)
      expect(new Set(world.accepted.map((event) => event.keys.join())).size).to.equal(1)
    })

    it('refuses a replay of ten minutes ago', async () => {
      await start()
      const raw = JSON.stringify(dm())
      const headers = signed(raw)
      world.clock.at = new Date(AT.getTime() + 600_000)
      expect((await post(world.url, raw, headers)).status).to.equal(401)
      expect(world.refused).to.deep.equal(['stale'])
    })

    it('refuses with 503 what is not durable in time, and goes on with it', async () => {
      await start({ patience: HASTY })
      const durable = gate()
      world.intake.accept = () => durable.promise
      expect(await deliver(world, dm())).to.deep.equal({ status: 503, body: '' })
      durable.open()
    })

    it('refuses with 503 while the database is away, and says so in one line', async () => {
      await start()
      world.intake.accept = () => {
        throw new Error('no primary')
      }
      expect((await deliver(world, dm())).status).to.equal(503)
      expect(world.log.lines.filter((line) => line.level === 'warn')).to.have.length(1)
    })

    it('needs no answer of Slack to take one: nobody has asked who we are yet', async () => {
      await start({ apiUrl: 'http://127.0.0.1:1/api/', patience: PATIENT })
      await world.adapter.start()
      const mention = fixture('events', 'mention-as-message')
      expect((await deliver(world, mention)).status).to.equal(200)
      expect(world.accepted[0]).to.include({ mentionsBot: true })
    })

    it('is taken from Slack’s own delivery, and once acknowledged not sent again', async () => {
      await start()
      let refusals = 1
      world.intake.accept = async (events) => {
        if (refusals-- > 0) throw new Error('not yet')
        world.accepted.push(...events)
      }
      const { channel = '' } = await world.slack.gestures.openDm({ userId: 'U0MEI' })
      await world.slack.gestures.postMessage({ userId: 'U0MEI', channel, text: 'my VPN is <down> & out' })
      await world.slack.idle()
      const outcomes = world.slack.deliveries
        .filter((each) => each.type === 'message')
        .map((each) => each.outcome)
      expect(outcomes).to.deep.equal(['will_retry', 'acknowledged'])
      expect(world.accepted).to.have.length(1)
      expect(world.accepted[0]).to.include({ text: 'my VPN is <down> & out' })
    })

    it('never logs what people write, or a secret', async () => {
      await start()
      await deliver(world, dm())
      await deliver(
        world,
        envelope({ type: 'message', channel: 'D1', text: 'my VPN password is hunter2', ts: 7 }),
      )
      await interact(world, fixture('interactions', 'submission'))
      const said = JSON.stringify(world.log.lines)
      expect(said)
        .to.not.contain('VPN')
        .and.not.contain('hunter2')
        .and.not.contain('Cable')
        .and.not.contain('xoxb')
      expect(said).to.contain('unreadable:message')
    })
  })

  describe('with anything else', () => {
    it('takes a form whose content type names a charset, which Bolt’s receiver refuses', async () => {
      await start()
      const answer = await interact(world, button(), 'application/x-www-form-urlencoded; charset=utf-8')
      expect(answer.status).to.equal(200)
      expect(world.clicks).to.have.length(1)
    })

    it('wants a signature on ssl_check as on everything', async () => {
      await start()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      expect((await post(world.url, 'ssl_check=1', headers)).status).to.equal(401)
      const raw = 'ssl_check=1&token=x'
      expect(
        (await post(world.url, raw, signed(raw, { contentType: headers['content-type'] }))).status,
      ).to.equal(200)
    })

    for (const [name, raw, contentType] of [
      ['another media type', '<xml/>', 'text/xml'],
      ['a payload that is no JSON', 'payload=%7B', 'application/x-www-form-urlencoded'],
      ['a list', '[]', 'application/json'],
      ['a word', '"hello"', 'application/json'],
      ['nothing', '', 'application/json'],
    ] as const) {
      it(`answers 400 to ${name} and asks not to be sent it again`, async () => {
        await start()
        const response = await fetch(`${world.url}/slack/events`, {
          method: 'POST',
          body: raw,
          headers: signed(raw, { contentType }),
        })
        expect(response.status).to.equal(400)
        expect(response.headers.get('x-slack-no-retry')).to.equal('1')
      })
    }

    it('answers 400 to bytes that are no text', async () => {
      await start()
      const bytes = Buffer.from([0x7b, 0xff, 0x7d])
      const { createHmac } = await import('node:crypto')
      const timestamp = String(AT.getTime() / 1000)
      const mac = createHmac('sha256', 'a-signing-secret')
        .update(`v0:${timestamp}:`)
        .update(bytes)
        .digest('hex')
      const headers = {
        'content-type': 'application/json',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${mac}`,
      }
      const response = await fetch(`${world.url}/slack/events`, { method: 'POST', body: bytes, headers })
      expect(response.status).to.equal(400)
    })

    it('refuses a signature that is sent twice', async () => {
      await start()
      const raw = JSON.stringify(dm())
      const headers = new Headers(signed(raw))
      headers.append('x-slack-signature', 'v0=00')
      const response = await fetch(`${world.url}/slack/events`, { method: 'POST', body: raw, headers })
      expect(response.status).to.equal(401)
    })

    it('leaves the bodies of other routes alone', async () => {
      await start()
      const answer = await fetch(`${world.url}/elsewhere`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.status).to.equal(404)
    })
  })

  describe('with an interaction', () => {
    it('acknowledges a kind that nobody has heard of', async () => {
      await start()
      expect(await interact(world, { type: 'moon_landed' })).to.deep.equal({ status: 200, body: '' })
      expect(
        await interact(world, { ...button(), type: 'interactive_message', callback_id: 'x' }),
      ).to.include({ status: 200 })
    })

    it('acknowledges what was closed, and offers nothing to a menu that asks', async () => {
      await start()
      const view = {
        id: 'V1',
        callback_id: 'c',
        type: 'modal',
        hash: 'h',
        private_metadata: '',
        state: { values: {} },
      }
      const head = { user: { id: 'U0TOM' }, team: { id: 'T0001' } }
      expect(await interact(world, { type: 'view_closed', ...head, view })).to.deep.equal({
        status: 200,
        body: '',
      })
      const asked = { type: 'block_suggestion', ...head, action_id: 'x', block_id: 'b', value: 'a' }
      expect(await interact(world, asked)).to.deep.equal({ status: 200, body: '{"options":[]}' })
    })

    it('acknowledges a click that takes long, and once only', async () => {
      await start({ patience: HASTY })
      const answer = gate<{ kind: 'nothing' }>()
      world.intake.click = () => answer.promise
      expect((await interact(world, button())).status).to.equal(200)
      answer.open({ kind: 'nothing' })
    })

    it('acknowledges by whatever means before Slack’s time is over', async () => {
      await start({ patience: { ...PATIENT, lastResortMs: 20 } })
      const answer = gate<{ kind: 'nothing' }>()
      world.intake.click = () => answer.promise
      expect((await interact(world, button())).status).to.equal(200)
      answer.open({ kind: 'nothing' })
    })

    it('does not lose a click because Slack is away: authorization comes from memory', async () => {
      await start({ apiUrl: 'http://127.0.0.1:1/api/', patience: PATIENT })
      expect((await interact(world, button())).status).to.equal(200)
      expect(world.clicks).to.have.length(1)
    })

    it('is waited for when the adapter stops', async () => {
      await start({ patience: HASTY })
      const answer = gate<{ kind: 'nothing' }>()
      let isStopped = false
      world.intake.click = () => answer.promise
      await interact(world, button())
      const stopped = world.adapter.stop().then(() => {
        isStopped = true
      })
      for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
      expect(isStopped).to.equal(false)
      answer.open({ kind: 'nothing' })
      await stopped
    })
  })
})
