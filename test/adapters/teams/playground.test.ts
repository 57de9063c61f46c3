import { expect } from 'chai'
import Fastify, { type FastifyInstance } from 'fastify'
import { createTeamsAdapter, type TeamsAdapter } from '../../../src/adapters/teams/index.js'
import type { Card } from '../../../src/cards/card.js'
import type { Answer, InboundClick, InboundEvent } from '../../../src/intake/inbound.js'
import { CHAT, freePort, type Playground, startPlayground, USERS } from './playground-process.js'
import { keptLog, mapStore, until } from './support.js'

const PLACE = { platform: 'teams', conversation: CHAT }
const [RITA, ADAM] = USERS

const cardOf = (summary: string): Card => ({
  audience: 'team',
  locale: 'en',
  title: summary,
  tone: 'info',
  summary,
  elements: [
    {
      kind: 'controls',
      controls: [{ kind: 'button', label: 'Claim', action: { verb: 'claim', ticketId: 't1' } }],
    },
  ],
})
const line = (text: string): Card => ({
  ...cardOf(text),
  title: '',
  elements: [{ kind: 'text', text: [text] }],
})

describe('Microsoft’s own client, the Agents Playground', function () {
  // a first start may take long on a busy machine
  this.timeout(120_000)
  let server: FastifyInstance
  let playground: Playground
  let adapter: TeamsAdapter
  const accepted: InboundEvent[] = []
  const clicks: InboundClick[] = []
  const log = keptLog()
  let answer: (click: InboundClick) => Answer = () => ({ kind: 'nothing' })

  before(async () => {
    const port = await freePort()
    adapter = createTeamsAdapter({
      auth: { kind: 'anonymous' },
      serviceUrls: [`http://localhost:${port}/_connector`, `http://127.0.0.1:${port}/_connector`],
      store: mapStore(),
      logger: log,
      now: () => new Date(),
      intake: {
        accept: async (events) => {
          accepted.push(...events)
        },
        click: async (click) => {
          clicks.push(click)
          return answer(click)
        },
      },
    })
    server = Fastify()
    adapter.register(server)
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    playground = await startPlayground(`${url}/teams/messages`, port)
  })
  after(async () => {
    await playground?.stop()
    await adapter?.stop()
    server?.server.closeAllConnections()
    await server?.close()
  })

  const told = (text: string): boolean =>
    playground.events.some((event) => JSON.stringify(event).includes(text))

  /** Rita presses the button of the card that stands in her chat. */
  function press(messageId: string): Promise<{ status: number; body: unknown }> {
    const event = playground.events.find((each) => JSON.stringify(each).includes('Action.Execute'))
    const data = /"data":\{"a":("(?:[^"\\]|\\.)*")\}/.exec(JSON.stringify(event))?.[1]
    if (data === undefined) throw new Error('no button is seen')
    const action = { type: 'Action.Execute', verb: 'claim', data: { a: JSON.parse(data) as unknown } }
    return playground.post('/_conversation/v1/invoke', {
      name: 'adaptiveCard/action',
      value: { action, trigger: 'manual' },
      from: { id: RITA?.id },
      conversation: { id: CHAT },
      replyToId: messageId,
    })
  }

  it('brings a message, shows a card, sends its button back and sees it change', async () => {
    const sent = await playground.post(`/_conversation/v1/conversations/${CHAT}/messages`, {
      from: { id: RITA?.id },
      text: 'my VPN is down',
      textFormat: 'plain',
    })
    expect(sent.status).to.be.within(200, 299)
    await until(() => accepted.some((event) => event.kind === 'message'))
    const message = accepted.find((event) => event.kind === 'message')
    expect(message).to.include({ text: 'my VPN is down', userId: RITA?.aadObjectId, platform: 'teams' })
    expect(message).to.deep.include({ conversation: { id: CHAT, kind: 'direct' } })

    const posted = await adapter.messenger.postCard(PLACE, cardOf('Ticket one'), 'k1')
    if (posted.kind !== 'sent') throw new Error(JSON.stringify(posted))
    await until(() => told('Ticket one'))

    const claimed = await press(posted.value.messageId)
    expect(claimed.status, JSON.stringify(claimed.body)).to.be.within(200, 299)
    expect(clicks.at(-1)).to.deep.include({
      kind: 'action',
      userId: RITA?.aadObjectId,
      action: { verb: 'claim', ticketId: 't1' },
    })

    answer = () => ({ kind: 'private', card: line('Adam has already claimed this ticket.') })
    const refused = await press(posted.value.messageId)
    expect(refused.status).to.be.within(200, 299)
    expect(JSON.stringify(refused.body)).to.contain('Adam has already claimed this ticket.')

    expect(await adapter.messenger.updateCard(posted.value, cardOf('Ticket one, claimed'))).to.include({
      kind: 'sent',
    })
    await until(() => told('Ticket one, claimed'))
    expect(log.lines.filter(({ level }) => level === 'error')).to.deep.equal([])
  })

  it('opens a chat with somebody else', async () => {
    // its own endpoint for messages writes as Rita only: Adam's activity is given word for word
    const written = await playground.post('/_internal/v1/customActivities', {
      type: 'message',
      id: 'adams-message',
      channelId: 'msteams',
      serviceUrl: `${playground.origin}/_connector`,
      timestamp: new Date().toISOString(),
      from: { id: ADAM?.id, name: ADAM?.name, aadObjectId: ADAM?.aadObjectId },
      recipient: { id: '28:bot-id', name: 'Paidan' },
      conversation: { id: 'channel-it;messageid=1', conversationType: 'channel', isGroup: true },
      channelData: { tenant: { id: '00000000-0000-4000-8000-0000000000aa' } },
      text: 'I am here',
    })
    expect(written.status).to.equal(200)
    await until(() => accepted.some(({ userId }) => userId === ADAM?.aadObjectId))
    const opened = await adapter.messenger.openDirect(ADAM?.aadObjectId ?? '')
    if (opened.kind !== 'sent') throw new Error(JSON.stringify(opened))
    expect(opened.value).to.not.equal(CHAT)
    const place = { platform: 'teams', conversation: opened.value }
    const said = await adapter.messenger.postCard(place, cardOf('Nobody has acted'), 'k2')
    expect(said, JSON.stringify(said)).to.include({ kind: 'sent' })
  })
})
