import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { expect } from 'chai'
import { createFeishuAdapter, type FeishuOptions } from '../../../src/adapters/feishu/index.js'
import { keptLog } from '../../support/kept-log.js'
import {
  APP_ID,
  AT,
  cardAction,
  deliver,
  ELSEWHERE,
  encrypted,
  envelope,
  gate,
  IT_DESK,
  KEY,
  MEI,
  memory,
  message,
  post,
  signed,
  startWorld,
  TOKEN,
  TOM,
  until,
  type World,
  type WorldOptions,
} from './support.js'

type Patience = NonNullable<FeishuOptions['patience']>
const PATIENT: Patience = { eventMs: 60_000, clickMs: 60_000, lastResortMs: 60_000 }
const HASTY: Patience = { eventMs: 20, clickMs: 20, lastResortMs: 60_000 }
const dm = (): Record<string, unknown> => envelope('im.message.receive_v1', message())
const claim = (): Record<string, unknown> => cardAction({ value: { a: '{"verb":"claim","ticketId":"t1"}' } })
const CHALLENGE = { type: 'url_verification', challenge: 'c-1', token: TOKEN }

describe('POST /feishu/events', () => {
  let world: World
  async function start(options: WorldOptions = { patience: PATIENT }): Promise<void> {
    world = await startWorld(options)
  }
  afterEach(() => world.close())

  describe('proves who sends', () => {
    it('answers the challenge of the console, signed or not', async () => {
      await start()
      expect(await world.feishu.verifyRequestUrl()).to.equal(true)
      const unsigned = await post(world.url, encrypted(CHALLENGE), { 'content-type': 'application/json' })
      expect(unsigned).to.deep.equal({ status: 200, body: '{"challenge":"c-1"}' })
    })

    it('answers no challenge with another token', async () => {
      await start()
      const forged = encrypted({ ...CHALLENGE, token: 'another' })
      expect((await post(world.url, forged, { 'content-type': 'application/json' })).status).to.equal(401)
      expect((await post(world.url, forged, signed(forged))).status).to.equal(401)
    })

    it('answers no challenge in plain text, since anybody could send one', async () => {
      await start()
      const plain = JSON.stringify(CHALLENGE)
      expect((await post(world.url, plain, {})).status).to.equal(401)
    })

    it('lives on after garbage that ends a process with the SDK’s receiver', async () => {
      await start()
      const garbage = '{"encrypt":"AAAA"}'
      expect((await post(world.url, garbage, {})).status).to.equal(401)
      expect((await post(world.url, garbage, signed(garbage))).status).to.equal(400)
      expect((await deliver(world, dm())).status).to.equal(200)
      expect(world.refused).to.deep.equal(['no_timestamp', 'undecryptable'])
    })

    it('refuses the token of somebody else, which the SDK never looks at', async () => {
      await start()
      expect(
        (await deliver(world, envelope('im.message.receive_v1', message(), { token: 'x' }))).status,
      ).to.equal(401)
      expect(
        (await deliver(world, envelope('im.message.receive_v1', message(), { token: undefined }))).status,
      ).to.equal(401)
      expect(world.accepted).to.deep.equal([])
      expect(world.refused).to.deep.equal(['bad_token', 'bad_token'])
    })

    it('refuses the events of another app', async () => {
      await start()
      const other = envelope('im.message.receive_v1', message(), { app_id: 'cli_other' })
      expect((await deliver(world, other)).status).to.equal(401)
    })

    it('refuses plain text where encryption is agreed, even when it is signed', async () => {
      await start()
      const plain = JSON.stringify(dm())
      expect((await post(world.url, plain, signed(plain))).status).to.equal(400)
      expect(world.refused).to.deep.equal(['not_encrypted'])
    })

    for (const [name, inner] of [
      ['no JSON', '{"a":'],
      ['a list', '[]'],
      ['null', 'null'],
      ['a word', '"hello"'],
      ['an abyss', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ] as const) {
      it(`answers 400 to ${name} inside of what is encrypted`, async () => {
        await start()
        const raw = encrypted(inner)
        expect((await post(world.url, raw, signed(raw))).status).to.equal(400)
      })
    }

    it('answers 400 to bytes that are no text', async () => {
      await start()
      const bytes = new Uint8Array([0x7b, 0xff, 0x7d])
      const timestamp = String(AT.getTime() / 1000)
      const digest = createHash('sha256').update(`${timestamp}n${KEY}`).update(bytes).digest('hex')
      const headers = {
        'x-lark-request-timestamp': timestamp,
        'x-lark-request-nonce': 'n',
        'x-lark-signature': digest,
      }
      expect((await post(world.url, bytes, headers)).status).to.equal(400)
    })

    it('takes a query behind the path, at which the SDK’s receiver hangs', async () => {
      await start()
      const raw = encrypted(dm())
      const response = await fetch(`${world.url}/feishu/events?x=1`, {
        method: 'POST',
        body: raw,
        headers: signed(raw),
      })
      expect(response.status).to.equal(200)
    })

    it('takes a retry of an event for hours, but no click of ten minutes ago', async () => {
      await start()
      const raw = encrypted(dm())
      const headers = signed(raw)
      const click = encrypted(claim())
      const clickHeaders = signed(click)
      world.clock.at = new Date(AT.getTime() + 600_000)
      expect((await post(world.url, raw, headers)).status).to.equal(200)
      expect((await post(world.url, click, clickHeaders)).status).to.equal(401)
      expect(world.clicks).to.deep.equal([])
    })
  })

  describe('without an encrypt key', () => {
    const PLAIN: WorldOptions = { encryptKey: '', emulatorKey: '' }

    it('takes plain text with the right token', async () => {
      await start(PLAIN)
      expect(await world.feishu.verifyRequestUrl()).to.equal(true)
      expect((await post(world.url, JSON.stringify(dm()), {})).status).to.equal(200)
      expect(world.accepted).to.have.length(1)
    })

    it('reads what arrives in pieces, one of them ending within a letter', async () => {
      await start(PLAIN)
      const event = envelope('im.message.receive_v1', message({ content: '{"text":"打印机着火了"}' }))
      const body = Buffer.from(JSON.stringify(event))
      const within = body.indexOf(Buffer.from('打')) + 1
      const { hostname, port } = new URL(world.url)
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const headers = { 'content-type': 'application/json', 'content-length': body.length }
        const sending = request(
          { hostname, port, path: '/feishu/events', method: 'POST', headers },
          (answer) => {
            answer.resume().on('end', () => resolve(answer.statusCode))
          },
        )
        sending.on('error', reject).write(body.subarray(0, within))
        setImmediate(() => sending.end(body.subarray(within)))
      })
      expect(status).to.equal(200)
      expect(world.accepted[0]).to.include({ text: '打印机着火了' })
    })

    it('refuses plain text with another or without', async () => {
      await start(PLAIN)
      for (const token of ['x', '', undefined]) {
        const forged = JSON.stringify(envelope('im.message.receive_v1', message(), { token }))
        expect((await post(world.url, forged, {})).status).to.equal(401)
      }
      expect((await post(world.url, '{}', {})).status).to.equal(401)
      expect(world.accepted).to.deep.equal([])
    })

    it('does not start without a token either', async () => {
      await start()
      const options = {
        appId: APP_ID,
        appSecret: 's',
        mode: 'webhook',
        logger: keptLog(),
        now: () => AT,
        store: memory(),
      } as const
      const intake = { accept: async () => undefined, click: async () => ({ kind: 'nothing' }) as const }
      expect(() => createFeishuAdapter({ ...options, intake })).to.throw(/everybody/)
      expect(() =>
        createFeishuAdapter({ ...options, intake, encryptKey: '', verificationToken: '' }),
      ).to.throw()
    })
  })

  describe('with an event', () => {
    it('asks to be sent again what is not durable in time, and goes on with it', async () => {
      await start({ patience: HASTY })
      const durable = gate()
      world.intake.accept = () => durable.promise
      expect((await deliver(world, dm())).status).to.equal(503)
      durable.open()
    })

    it('is taken from Feishu’s own delivery, and once acknowledged not sent again', async () => {
      await start()
      const { conversation = '' } = await world.feishu.gestures.openDirect({ userId: MEI })
      await world.feishu.idle()
      let refusals = 1
      world.intake.accept = async (events) => {
        if (refusals-- > 0) throw new Error('not yet')
        world.accepted.push(...events)
      }
      await world.feishu.gestures.postMessage({ userId: MEI, conversation, text: 'VPN <连不上> & down' })
      await world.feishu.idle()
      const outcomes = world.feishu.deliveries
        .filter((one) => one.type === 'im.message.receive_v1')
        .map((one) => one.outcome)
      expect(outcomes).to.deep.equal(['will_retry', 'acknowledged'])
      const messages = world.accepted.filter((one) => one.kind === 'message')
      expect(messages).to.have.length(1)
      expect(messages[0]).to.deep.include({
        text: 'VPN <连不上> & down',
        userId: MEI,
        conversation: { id: `open_id:${MEI}`, kind: 'direct' },
      })
    })

    it('that mentions somebody waits until we know who we are', async () => {
      await start({ domain: 'http://127.0.0.1:1', patience: PATIENT })
      const mention = message({
        chat_type: 'group',
        chat_id: IT_DESK,
        content: '{"text":"@_user_1 help"}',
        mentions: [{ key: '@_user_1', id: { open_id: 'ou_x' }, name: 'X' }],
      })
      expect((await deliver(world, envelope('im.message.receive_v1', mention))).status).to.equal(503)
    })

    it('that mentions us in a group is a message to us', async () => {
      await start()
      await world.feishu.gestures.postMessage({
        userId: TOM,
        conversation: IT_DESK,
        text: 'the projector is dead',
        mentionBot: true,
      })
      await world.feishu.idle()
      expect(world.accepted).to.have.length(1)
      expect(world.accepted[0]).to.deep.include({
        kind: 'message',
        mentionsBot: true,
        text: 'the projector is dead',
        conversation: { id: IT_DESK, kind: 'channel' },
      })
    })

    it('never logs what people write, or a secret', async () => {
      await start()
      await deliver(world, dm())
      await deliver(world, envelope('im.message.receive_v1', { message: { content: 'hunter2' } }))
      await world.adapter.messenger.postCard(
        { platform: 'feishu', conversation: ELSEWHERE },
        { audience: 'team', locale: 'en', title: '', tone: 'info', summary: 'my secret', elements: [] },
        'k',
      )
      const said = JSON.stringify(world.log.lines)
      expect(said).to.not.contain('hunter2').and.not.contain('my secret').and.not.contain('printer')
      expect(said).to.not.contain('an-app-secret').and.not.contain('Bearer').and.not.contain(TOKEN)
      expect(said).to.contain('unreadable:message')
    })
  })

  describe('when a message is taken back', () => {
    const deletions = (): unknown[] => world.accepted.filter((one) => one.kind === 'delete')

    for (const memory of ['fresh', 'lost'] as const) {
      for (const where of ['direct', 'group'] as const) {
        it(`tells of it in a ${where} conversation, with a ${memory} memory`, async () => {
          await start()
          const { gestures } = world.feishu
          const conversation =
            where === 'group' ? IT_DESK : ((await gestures.openDirect({ userId: TOM })).conversation ?? '')
          const said = { userId: TOM, conversation, text: 'oops' }
          if (memory === 'lost') world.feishu.configure({ requestUrl: 'http://127.0.0.1:1/' })
          const { messageId = '' } = await gestures.postMessage({ ...said, mentionBot: where === 'group' })
          await world.feishu.idle()
          world.feishu.configure({ requestUrl: `${world.url}/feishu/events` })
          await gestures.deleteMessage({ userId: TOM, conversation, messageId })
          await world.feishu.idle()
          const expected =
            where === 'group' ? { id: IT_DESK, kind: 'channel' } : { id: `open_id:${TOM}`, kind: 'direct' }
          expect(deletions()).to.have.length(1)
          expect(deletions()[0]).to.deep.include({ messageId, userId: TOM, conversation: expected })
        })
      }
    }

    it('is told again while Feishu does not say whose it was', async () => {
      await start()
      world.feishu.faults.failNext({ call: 'im.v1.message.get', mode: '500' })
      const recalled = envelope('im.message.recalled_v1', { message_id: 'om_x', chat_id: IT_DESK })
      expect((await deliver(world, recalled)).status).to.equal(503)
    })

    it('does not mind a message that nobody knows', async () => {
      await start()
      const recalled = envelope('im.message.recalled_v1', { message_id: 'om_x', chat_id: IT_DESK })
      expect((await deliver(world, recalled)).status).to.equal(200)
      expect(world.accepted).to.deep.equal([])
    })
  })

  describe('with a click', () => {
    it('answers by JSON, whatever happens: anything else is an error to who clicked', async () => {
      await start()
      expect(await deliver(world, claim())).to.deep.equal({ status: 200, body: '{}' })
      const forged = await deliver(world, cardAction({ value: { a: '{"verb":"root"}' } }))
      expect(JSON.parse(forged.body)).to.nested.include({ 'toast.type': 'error' })
      expect(world.clicks).to.have.length(1)
    })

    it('answers before Feishu’s time is over, and is waited for when the adapter stops', async () => {
      await start({ patience: HASTY })
      const answer = gate<{ kind: 'nothing' }>()
      let isStopped = false
      world.intake.click = () => answer.promise
      const { status, body } = await deliver(world, claim())
      expect(status).to.equal(200)
      expect(JSON.parse(body)).to.nested.include({ 'toast.type': 'info' })
      const stopped = world.adapter.stop().then(() => {
        isStopped = true
      })
      for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
      expect(isStopped).to.equal(false)
      answer.open({ kind: 'nothing' })
      await stopped
      await until(() => isStopped)
    })
  })
})
