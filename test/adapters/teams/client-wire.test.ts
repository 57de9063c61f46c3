import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { createTeamsAdapter } from '../../../src/adapters/teams/index.js'
import type { Card } from '../../../src/cards/card.js'
import type { Messenger } from '../../../src/delivery/messenger.js'
import { keptLog } from '../../support/kept-log.js'
import { mapStore } from './support.js'

const CARD: Card = {
  audience: 'team',
  locale: 'en',
  title: 'T',
  tone: 'info',
  summary: 'a card',
  elements: [{ kind: 'text', text: ['x'] }],
}
const IT = { platform: 'teams', conversation: '19:it@thread.tacv2' }
const REF = { ...IT, messageId: '1763625600123' }

type Answer = (response: ServerResponse, request: IncomingMessage) => void
const status =
  (code: number, headers: Record<string, string> = {}, word = ''): Answer =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers })
    response.end(word === '' ? '{}' : JSON.stringify({ error: { code: word, message: 'no' } }))
  }
const reset: Answer = (_response, request) => request.socket.destroy()

describe('calls of the Teams adapter', () => {
  let server: Server
  let requests: { method: string; path: string }[]
  let answer: Answer
  let messenger: Messenger

  beforeEach(async () => {
    requests = []
    server = createServer((request, response) => {
      request.resume()
      request.on('end', () => {
        requests.push({ method: request.method ?? '', path: decodeURIComponent(request.url ?? '') })
        answer(response, request)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    messenger = createTeamsAdapter({
      auth: { kind: 'anonymous' },
      serviceUrls: [`${origin}/amer/`],
      store: mapStore(),
      logger: keptLog(),
      now: () => new Date('2026-11-20T08:00:00Z'),
      intake: { accept: async () => undefined, click: async () => ({ kind: 'nothing' }) },
      patience: { callMs: 5000 },
    }).messenger
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  const CASES: [name: string, answer: Answer, post: object, update: object][] = [
    [
      '429 with a wait',
      status(429, { 'retry-after': '1' }),
      { kind: 'rate_limited', retryAfterMs: 1000 },
      { kind: 'rate_limited', retryAfterMs: 1000 },
    ],
    [
      '429 without one',
      status(429),
      { kind: 'rate_limited', retryAfterMs: 10_000 },
      { kind: 'rate_limited', retryAfterMs: 10_000 },
    ],
    ['412', status(412, {}, 'PreconditionFailed'), { kind: 'transient' }, { kind: 'transient' }],
    ['500', status(500), { kind: 'unknown' }, { kind: 'transient' }],
    ['502', status(502), { kind: 'unknown' }, { kind: 'transient' }],
    ['503 with a wait', status(503, { 'retry-after': '1' }), { kind: 'unknown' }, { kind: 'transient' }],
    ['a connection that is reset', reset, { kind: 'unknown' }, { kind: 'transient' }],
    [
      '403',
      status(403, {}, 'BotNotInConversationRoster'),
      { kind: 'gone', reason: 'BotNotInConversationRoster' },
      { kind: 'gone', reason: 'BotNotInConversationRoster' },
    ],
    [
      '404',
      status(404, {}, 'ActivityNotFoundInConversation'),
      { kind: 'gone', reason: 'ActivityNotFoundInConversation' },
      { kind: 'gone', reason: 'ActivityNotFoundInConversation' },
    ],
    ['413', status(413, {}, 'MessageSizeTooBig'), { kind: 'rejected' }, { kind: 'rejected' }],
    ['400', status(400, {}, 'BadSyntax'), { kind: 'rejected' }, { kind: 'rejected' }],
    ['401', status(401), { kind: 'transient' }, { kind: 'transient' }],
  ]
  for (const [name, given, post, update] of CASES) {
    it(`are made once when answered with ${name}`, async () => {
      answer = given
      expect(await messenger.postCard(IT, CARD, 'k')).to.include(post)
      expect(requests).to.have.length(1)
      expect(await messenger.updateCard(REF, CARD)).to.include(update)
      expect(requests).to.have.length(2)
    })
  }

  it('do not follow a redirection', async () => {
    answer = status(307, { location: '/elsewhere' })
    expect((await messenger.postCard(IT, CARD, 'k')).kind).to.equal('rejected')
    expect(requests).to.have.length(1)
  })

  it('say that nothing was sent when nobody listens', async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    expect(await messenger.postCard(IT, CARD, 'k')).to.deep.equal({
      kind: 'transient',
      reason: 'ECONNREFUSED',
    })
  })

  it('go to the address as it is, into a thread by its name', async () => {
    answer = (response) => {
      response.writeHead(201, { 'content-type': 'application/json' })
      response.end('{"id":"17"}')
    }
    expect(await messenger.postCard({ ...IT, thread: '99' }, CARD, 'k')).to.deep.equal({
      kind: 'sent',
      value: { ...IT, messageId: '17' },
    })
    expect(requests).to.deep.equal([
      { method: 'POST', path: '/amer/v3/conversations/19:it@thread.tacv2;messageid=99/activities' },
    ])
  })

  for (const chat of ['a:1-ann', '19:group@thread.v2']) {
    it(`go into a chat without threads as they are: ${chat}`, async () => {
      answer = (response) => {
        response.writeHead(201, { 'content-type': 'application/json' })
        response.end('{"id":"17"}')
      }
      const to = { platform: 'teams', conversation: chat, thread: '99' }
      expect(await messenger.postCard(to, CARD, 'k')).to.include({ kind: 'sent' })
      expect(requests).to.deep.equal([{ method: 'POST', path: `/amer/v3/conversations/${chat}/activities` }])
    })
  }
})
