import { createHmac } from 'node:crypto'
import { type IncomingHttpHeaders, request } from 'node:http'
import { expect } from 'chai'
import { directOf } from '../support/books.js'
import { withWorld } from '../support/with-world.js'
import { EMMA, type ServerProcess, SIGNING_SECRET } from '../support/world.js'

const MINUTE_S = 60
const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

interface Sent {
  body?: string | Buffer
  type?: string
  /** The signature's secret; false for a request that is not signed at all. */
  secret?: string | false
  ageS?: number
  headers?: Record<string, string>
}
interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

const EVENT = JSON.stringify({
  type: 'event_callback',
  event_id: 'Ev0BADINPUT',
  team_id: 'T0PAIDAN01',
  event: {
    type: 'message',
    channel_type: 'im',
    channel: 'D0X',
    user: EMMA,
    text: 'My chair',
    ts: '1700000000.000100',
  },
})
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

const REFUSED: [what: string, sent: Sent, status: number][] = [
  ['without a signature', { secret: false }, 401],
  ['signed with another secret', { secret: 'another-secret' }, 401],
  ['whose signature is of another body', { headers: { 'x-slack-signature': `v0=${'0'.repeat(64)}` } }, 401],
  ['whose signature is cut short', { headers: { 'x-slack-signature': 'v0=00' } }, 401],
  ['whose signature is empty', { headers: { 'x-slack-signature': '' } }, 401],
  ['signed six minutes ago', { ageS: 6 * MINUTE_S }, 401],
  ['signed six minutes ahead', { ageS: -6 * MINUTE_S }, 401],
  ['with a time that is none', { headers: { 'x-slack-request-timestamp': 'NaN' } }, 401],
  ['that is neither signed nor readable', { secret: false, body: '{' }, 401],
  ['larger than a mebibyte', { body: JSON.stringify({ pad: 'x'.repeat(1_100_000) }) }, 413],
  ['nested ten thousand deep', { body: `{"event":${nested(10_000)}}` }, 400],
  ['nested a hundred deep in a form', { type: FORM_TYPE, body: `payload=${nested(100)}` }, 400],
  ['that ends in the middle', { body: EVENT.slice(0, -3) }, 400],
  ['that is no UTF-8', { body: Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]) }, 400],
  ['that is a list', { body: '[]' }, 400],
  ['that is empty', { body: '' }, 400],
  ['of a media type that Slack never sends', { type: 'text/plain' }, 400],
  ['with an unreadable payload', { type: FORM_TYPE, body: 'payload=%7B' }, 400],
]
/** Well-formed, and nothing that means anything to us: acknowledged, so that Slack does not send them again. */
const PASSED_OVER: [what: string, body: unknown][] = [
  ['an envelope without an event', { type: 'event_callback', event_id: 'Ev1' }],
  ['an event of an unknown kind', { ...JSON.parse(EVENT), event: { type: 'comet_sighted' } }],
  [
    'a message whose fields are of the wrong kind',
    { ...JSON.parse(EVENT), event: { type: 'message', ts: 5, text: {} } },
  ],
  ['keys that name the prototype', JSON.parse('{"__proto__":{"type":"event_callback"},"constructor":{}}')],
]

describe('a request to the Slack endpoint', function () {
  this.timeout(60_000)
  const here = withWorld()
  let server: ServerProcess
  let alive = true

  before(async () => {
    server = await here.world.serve()
    void server.exited.then(() => {
      alive = false
    })
  })
  afterEach(async () => {
    const { database } = here.books
    expect(await database.inbox.countDocuments(), 'what was stored').to.equal(0)
    expect(await database.commits.countDocuments(), 'what was stored').to.equal(0)
    expect((await fetch(`${server.url}/livez`)).status).to.equal(200)
    expect(alive, 'the same process answers').to.equal(true)
  })

  for (const [what, sent, status] of REFUSED) {
    it(`${what} is answered with ${status} and nothing else`, async () => {
      const answer = await send(server.url, sent)
      expect([answer.status, answer.body]).to.deep.equal([status, ''])
    })
  }

  for (const [what, body] of PASSED_OVER) {
    it(`with ${what} is acknowledged and passed over`, async () => {
      expect((await send(server.url, { body: JSON.stringify(body) })).status).to.equal(200)
    })
  }

  it('tells Slack not to repeat what cannot be read', async () => {
    const { headers } = await send(server.url, { body: '{' })
    expect(headers['x-slack-no-retry']).to.equal('1')
  })
})

describe('after bad requests', function () {
  this.timeout(60_000)
  const here = withWorld()

  it('a hundred at once included, good ones are served', async () => {
    const server = await here.world.serve()
    const bad = Array.from({ length: 100 }, (_, n) => REFUSED[n % REFUSED.length]?.[1] ?? {})
    await Promise.all(bad.map((sent) => send(server.url, sent)))
    const { emulator } = here.world
    const channel = await directOf(emulator, EMMA)
    await emulator.gestures.postMessage({ userId: EMMA, channel, text: 'My chair squeaks' })
    await here.books.settled(emulator)
    expect(await here.books.audit()).to.have.lengthOf(1)
  })
})

/** A POST to the endpoint, signed unless told otherwise. */
function send(url: string, { body = EVENT, type = JSON_TYPE, ...sent }: Sent): Promise<Answer> {
  const bytes = Buffer.from(body)
  const headers = {
    'content-type': type,
    'content-length': bytes.length,
    ...signed(bytes, sent),
    ...sent.headers,
  }
  return new Promise((resolve, reject) => {
    const post = request(`${url}/slack/events`, { method: 'POST', headers }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    // an answer may come, and the connection go, before the whole body was taken
    post.on('error', reject)
    post.end(bytes)
  })
}

function signed(bytes: Buffer, { secret = SIGNING_SECRET, ageS = 0 }: Sent): Record<string, string> {
  if (secret === false) return {}
  const timestamp = String(Math.floor(Date.now() / 1000) - ageS)
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(bytes).digest('hex')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${mac}` }
}
