import { EventDispatcher, type WSClient } from '@larksuiteoapi/node-sdk'
import { expect } from 'chai'
import WebSocket from 'ws'
import { decodeFrame, encodeFrame } from '../../../src/sandbox/feishu/frames.js'
import { CLIENT_CONFIG } from '../../../src/sandbox/feishu/long-connections.js'
import {
  card,
  IT,
  type Json,
  MEI,
  SEED,
  sendCard,
  silent,
  socketClient,
  startWorld,
  TOM,
  until,
  type World,
} from './support.js'

describe('the long connection', () => {
  let world: World
  let clients: WSClient[]
  const start = async (options: Parameters<typeof startWorld>[0] = {}) => {
    world = await startWorld({ via: 'websocket', ...options })
    clients = []
  }
  afterEach(async () => {
    for (const each of clients) each.close({ force: true })
    await world.close()
  })

  type Handlers = { [type: string]: (data: Json) => unknown }
  async function connect(handlers: Handlers, more: object = {}): Promise<WSClient> {
    const before = world.feishu.connections
    const each = socketClient(world.url, more)
    clients.push(each)
    const eventDispatcher = new EventDispatcher({ logger: silent }).register(handlers)
    await each.start({ eventDispatcher })
    await until(
      () => world.feishu.connections === before + 1 && each.getConnectionStatus().state === 'connected',
    )
    return each
  }
  const say = (text: string) => world.gesture('postMessage', { userId: MEI, conversation: IT, text })
  const receiver = (heard: string[]): Handlers => ({
    'im.message.receive_v1': (data) => {
      heard.push(JSON.parse(data.message.content).text)
    },
  })

  it('brings events to the SDK, in plain text, and takes its acknowledgement', async () => {
    await start()
    const heard: string[] = []
    await connect(receiver(heard))
    await say('你好')
    await world.feishu.idle()
    expect(heard).to.deep.equal(['你好'])
    expect(world.feishu.deliveries.at(-1)).to.include({
      via: 'websocket',
      status: 200,
      outcome: 'acknowledged',
    })
    expect(world.app.received).to.deep.equal([])
  })

  it('cuts what is long into fragments', async () => {
    await start({ fragmentBytes: 100 })
    const heard: string[] = []
    await connect(receiver(heard))
    const long = '派单'.repeat(300)
    await say(long)
    await world.feishu.idle()
    expect(heard).to.deep.equal([long])
  })

  it('brings clicks, and the answer back', async () => {
    await start()
    const toast = { type: 'success', content: 'yours' }
    await connect({ 'card.action.trigger': () => ({ toast, card: { type: 'raw', data: card('claimed') } }) })
    const messageId = await sendCard(world.sdk)
    const click = { userId: TOM, conversation: IT, messageId, action: 'Claim' }
    expect(await world.gesture('click', click)).to.deep.include({ ok: true, status: 200, toast })
    const shown = world.feishu.view(MEI).conversations.find(({ id }) => id === IT)?.messages[0]?.card
    expect(shown).to.deep.equal(card('claimed'))
  })

  it('repeats an event whose handler failed, and shows an error for a click’s', async () => {
    await start({ retryDelaysMs: [1] })
    let calls = 0
    const fail = () => {
      calls += 1
      throw new Error('no')
    }
    await connect({ 'im.message.receive_v1': fail, 'card.action.trigger': fail })
    await say('hi')
    await world.feishu.idle()
    expect(calls).to.equal(2)
    expect(world.feishu.deliveries.map(({ status }) => status)).to.deep.equal([500, 500])
    const messageId = await sendCard(world.sdk)
    const click = { userId: TOM, conversation: IT, messageId, action: 'Claim' }
    expect(await world.gesture('click', click)).to.include({ ok: false, error: '200671' })
  })

  it('gives each event to one client only, drawn at random', async () => {
    await start()
    const heard: [string[], string[]] = [[], []]
    await connect(receiver(heard[0]))
    await connect(receiver(heard[1]))
    for (let n = 0; n < 40; n += 1) await say(`m${n}`)
    await world.feishu.idle()
    expect([...heard[0], ...heard[1]]).to.have.length(40)
    expect(heard.every(({ length }) => length > 0)).to.equal(true)
  })

  it('brings nothing while nobody is connected, and repeats it to whoever returns', async () => {
    await start({ retryDelaysMs: [200, 200, 200, 200] })
    await say('wait for me')
    await until(() => world.feishu.deliveries.length === 1)
    expect(world.feishu.deliveries[0]).to.include({ status: 0, outcome: 'will_retry' })
    const heard: string[] = []
    await connect(receiver(heard))
    await world.feishu.idle()
    expect(heard).to.deep.equal(['wait for me'])
  })

  it('when cut is taken up again by the SDK', async () => {
    await start()
    const heard: string[] = []
    await connect(receiver(heard))
    world.feishu.faults.disconnect()
    await until(() => world.feishu.connections === 0)
    await until(() => world.feishu.connections === 1)
    await say('back')
    await world.feishu.idle()
    expect(heard).to.deep.equal(['back'])
  })

  const ticketed = async (): Promise<string> => {
    const response = await fetch(`${world.url}/feishu/callback/ws/endpoint`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ AppID: SEED.app.id, AppSecret: SEED.app.secret }),
    })
    return ((await response.json()) as Json).data.URL
  }

  it('answers a ping with how the client is to behave', async () => {
    await start()
    const socket = new WebSocket(await ticketed())
    const ping = {
      seqId: 0,
      logId: 0,
      service: 1,
      method: 0,
      headers: { type: 'ping' },
      payload: Buffer.alloc(0),
    }
    socket.on('open', () => socket.send(encodeFrame(ping)))
    const pong = await new Promise<Buffer>((resolve) => socket.on('message', resolve))
    socket.terminate()
    expect(decodeFrame(pong)).to.deep.equal({
      ...ping,
      headers: { type: 'pong' },
      payload: Buffer.from(JSON.stringify(CLIENT_CONFIG)),
    })
  })

  it('cuts off who sends what is no frame', async () => {
    await start()
    const socket = new WebSocket(await ticketed())
    socket.on('open', () => socket.send(Buffer.from([0xff, 0xff])))
    expect(await new Promise((resolve) => socket.on('close', resolve))).to.equal(1002)
  })

  it('is refused to a wrong secret, for good', async () => {
    await start()
    let error: Error | undefined
    const each = socketClient(world.url, { appSecret: 'guess', onError: (cause) => (error = cause) })
    clients.push(each)
    await each.start({ eventDispatcher: new EventDispatcher({ logger: silent }) })
    await until(() => error !== undefined)
    expect(error?.message).to.contain('514')
    expect(world.feishu.connections).to.equal(0)
  })

  it('opens with a ticket that is good once', async () => {
    await start()
    const address = await ticketed()
    const outcome = (url: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url)
        socket.on('open', () => resolve('open'))
        socket.on('unexpected-response', (_request, { statusCode }) => resolve(String(statusCode)))
        socket.on('error', () => resolve('error'))
      })
    expect(await outcome(address)).to.equal('open')
    expect(await outcome(address)).to.equal('403')
    expect(await outcome(address.replace(/ticket=.*/, 'ticket=guess'))).to.equal('403')
  })
})
