import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { createSlackAdapter } from '../../../src/adapters/slack/index.js'
import type { Card } from '../../../src/cards/card.js'
import type { Messenger } from '../../../src/delivery/messenger.js'
import { keptLog } from '../../support/kept-log.js'

const CARD: Card = {
  audience: 'team',
  locale: 'en',
  title: 'T',
  tone: 'info',
  summary: 'a card',
  elements: [{ kind: 'text', text: ['x'] }],
}
const IT = { platform: 'slack', conversation: 'C0IT' }
const SINCE = new Date('2026-11-20T08:00:00Z')

function messengerAt(apiUrl: string, botToken = 'xoxb-x', callMs = 5000): Messenger {
  const intake = { accept: async () => undefined, click: async () => ({ kind: 'nothing' }) as const }
  const logger = keptLog()
  return createSlackAdapter({
    botToken,
    signingSecret: 's',
    apiUrl,
    logger,
    now: () => SINCE,
    intake,
    patience: { callMs },
  }).messenger
}

/** A server that answers as told and keeps what it was sent. */
interface Wire {
  url: string
  requests: { url: string; authorization: string | undefined }[]
  close(): Promise<void>
}
async function startWire(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Wire> {
  const requests: Wire['requests'] = []
  const server: Server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization })
    request.resume().on('end', () => answer(request, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('the Messenger and a server that misbehaves', () => {
  let wire: Wire
  afterEach(() => wire.close())

  it('sends each workspace’s own token, though adapters share a process', async () => {
    wire = await startWire((_request, response) => response.end('{"ok":true,"ts":"1.000001","channel":"C"}'))
    const [first, second] = [messengerAt(wire.url, 'xoxb-1'), messengerAt(wire.url, 'xoxb-2')]
    await second.postCard(IT, CARD, 'k')
    await first.postCard(IT, CARD, 'k')
    await second.postCard(IT, CARD, 'k')
    expect(wire.requests.map((request) => request.authorization)).to.deep.equal([
      'Bearer xoxb-2',
      'Bearer xoxb-1',
      'Bearer xoxb-2',
    ])
  })

  it('waits as long as it likes after a 429 that names no time', async () => {
    wire = await startWire((_request, response) => response.writeHead(429).end())
    expect(await messengerAt(wire.url).postCard(IT, CARD, 'k')).to.deep.equal({
      kind: 'rate_limited',
      retryAfterMs: 30_000,
    })
  })

  it('does not take half an answer for a refusal', async () => {
    wire = await startWire((_request, response) => response.end('{"ok":true,"ts":"1.0'))
    expect(await messengerAt(wire.url).postCard(IT, CARD, 'k')).to.include({ kind: 'unknown' })
  })

  it('does not know about a post whose answer’s body was cut off', async () => {
    wire = await startWire((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"ok":true', () => response.destroy())
    })
    expect(await messengerAt(wire.url).postCard(IT, CARD, 'k')).to.include({ kind: 'unknown' })
    expect(wire.requests).to.have.length(1)
  })

  it('gives up on a server that does not answer', async () => {
    wire = await startWire(() => undefined)
    expect(await messengerAt(wire.url, 'x', 30).postCard(IT, CARD, 'k')).to.deep.equal({
      kind: 'unknown',
      reason: 'timeout',
    })
    expect(await messengerAt(wire.url, 'x', 30).profile('U1')).to.deep.equal({
      kind: 'transient',
      reason: 'timeout',
    })
  })

  it('knows that nothing was sent where nobody listens', async () => {
    wire = await startWire(() => undefined)
    const { url } = wire
    await wire.close()
    expect(await messengerAt(url).postCard(IT, CARD, 'k')).to.deep.equal({
      kind: 'transient',
      reason: 'ECONNREFUSED',
    })
    wire = await startWire(() => undefined)
  })

  const file = (locator: string) => ({ id: 'F1', name: 'a.png', bytes: 1, locator })

  it('shows its token to nobody but Slack', async () => {
    wire = await startWire((_request, response) => response.end('bytes'))
    const messenger = messengerAt('https://slack.example/api/')
    for (const locator of [
      `${wire.url}/a.png`,
      'https://slack.com.evil.example/a',
      'https://evilslack.com/a',
      'http://files.slack.com/a',
      'file:///etc/passwd',
      '',
    ]) {
      expect(await messenger.fetchFile(file(locator), 10), locator).to.deep.equal({
        kind: 'rejected',
        reason: 'not_hosted_by_slack',
      })
    }
    expect(wire.requests).to.deep.equal([])
  })

  it('does not follow a file to another place', async () => {
    wire = await startWire((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    )
    expect(await messengerAt(wire.url).fetchFile(file(`${wire.url}/a.png`), 10)).to.include({
      kind: 'transient',
    })
    expect(wire.requests).to.have.length(1)
  })

  it('does not take the sign-in page for a file', async () => {
    wire = await startWire((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    )
    expect(await messengerAt(wire.url).fetchFile(file(`${wire.url}/a.png`), 99)).to.deep.equal({
      kind: 'rejected',
      reason: 'sign_in_page',
    })
  })
})
