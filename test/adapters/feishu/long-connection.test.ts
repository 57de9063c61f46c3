import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { WebSocketServer } from 'ws'
import { createFeishuAdapter } from '../../../src/adapters/feishu/index.js'
import { createLongConnection } from '../../../src/adapters/feishu/long-connection.js'
import type { Card } from '../../../src/cards/card.js'
import { keptLog } from '../../support/kept-log.js'
import { APP_ID, AT, IT_DESK, MEI, memory, startWorld, TOM, until, type World } from './support.js'

const CARD: Card = {
  audience: 'team',
  locale: 'en',
  title: 'T',
  tone: 'info',
  summary: 'a card',
  elements: [
    {
      kind: 'controls',
      controls: [{ kind: 'button', label: 'Claim', action: { verb: 'claim', ticketId: 't1' } }],
    },
  ],
}

describe('the long connection', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ mode: 'websocket', encryptKey: '', verificationToken: '' })
    await world.adapter.start()
    // the SDK listens a moment after the line stands; what comes earlier is lost, and comes again
    await until(() => world.log.lines.some(({ message }) => message === 'feishu is connected'))
  })
  afterEach(() => world.close())

  async function write(text: string): Promise<void> {
    const { conversation = '' } = await world.feishu.gestures.openDirect({ userId: MEI })
    await world.feishu.gestures.postMessage({ userId: MEI, conversation, text })
    await world.feishu.idle()
  }
  const texts = (): string[] => world.accepted.flatMap((one) => (one.kind === 'message' ? [one.text] : []))

  it('brings messages', async () => {
    await write('打印机着火了')
    expect(texts()).to.deep.equal(['打印机着火了'])
  })

  it('brings an event again that could not be made durable', async () => {
    const { accept } = world.intake
    let refusals = 1
    world.intake.accept = async (events) => {
      if (events.some((one) => one.kind === 'message') && refusals-- > 0) throw new Error('not yet')
      await accept(events)
    }
    await write('twice')
    expect(texts()).to.deep.equal(['twice'])
    const outcomes = world.feishu.deliveries.filter((one) => one.type === 'im.message.receive_v1')
    expect(outcomes.map((one) => one.outcome)).to.deep.equal(['will_retry', 'acknowledged'])
  })

  it('brings clicks, and their answers back', async () => {
    const to = { platform: 'feishu', conversation: IT_DESK }
    const posted = await world.adapter.messenger.postCard(to, CARD, 'k')
    world.intake.click = async (click) => {
      world.clicks.push(click)
      return { kind: 'private', card: { ...CARD, elements: [{ kind: 'text', text: ['It is yours.'] }] } }
    }
    const messageId = posted.kind === 'sent' ? posted.value.messageId : ''
    const result = await world.feishu.gestures.click({
      userId: TOM,
      conversation: IT_DESK,
      messageId,
      action: 'Claim',
    })
    expect(result).to.nested.include({ ok: true, 'toast.content': 'It is yours.' })
    expect(world.clicks).to.have.length(1)
  })

  it('mounts no webhook beside it, which nothing would prove', async () => {
    const response = await fetch(`${world.url}/feishu/events`, { method: 'POST', body: '{}' })
    expect(response.status).to.equal(404)
  })

  it('ends when the adapter stops', async () => {
    await world.adapter.stop()
    await until(() => world.feishu.connections === 0)
  })
})

describe('the long connection of an app whose id is none', () => {
  it('is refused at once: the SDK would be silent', () => {
    const intake = { accept: async () => undefined, click: async () => ({ kind: 'nothing' }) as const }
    const given = {
      appId: 'cli_1',
      appSecret: 's',
      mode: 'websocket',
      logger: keptLog(),
      now: () => AT,
      store: memory(),
    } as const
    expect(() => createFeishuAdapter({ ...given, intake })).to.throw(/app id/)
  })
})

describe('the long connection to a line that died quietly', () => {
  it('is made anew: the SDK alone would wait for ever', async () => {
    const server: Server = createServer((request, response) => {
      const URL = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/?device_id=1&service_id=1`
      const ClientConfig = { PingInterval: 1, ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0 }
      request.resume().on('end', () => response.end(JSON.stringify({ code: 0, data: { URL, ClientConfig } })))
    })
    let connections = 0
    // takes every connection, and never says a word on it
    const sockets = new WebSocketServer({ server, autoPong: false })
    sockets.on('connection', () => {
      connections += 1
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const domain = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const line = createLongConnection({
      ...{ appId: APP_ID, appSecret: 's', domain, logger: keptLog(), callMs: 5000, pongS: 1 },
      handle: async () => ({ kind: 'ok' }),
    })
    try {
      line.start()
      await until(() => connections >= 2)
    } finally {
      line.stop()
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
