import { expect } from 'chai'
import { createFeishuAdapter } from '../../../src/adapters/feishu/index.js'
import type { Card } from '../../../src/cards/card.js'
import { AT, IT_DESK, keptLog, MEI, memory, startWorld, TOM, until, type World } from './support.js'

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
