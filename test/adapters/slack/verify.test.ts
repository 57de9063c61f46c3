import { expect } from 'chai'
import { verifyRequest } from '../../../src/adapters/slack/verify.js'
import { AT, SECRET, signed } from './support.js'

const BODY = '{"type":"event_callback"}'
const seconds = (n: number): Date => new Date(AT.getTime() + n * 1000)

function verdict(headers: Record<string, string | undefined>, body = BODY): string {
  const result = verifyRequest(
    {
      rawBody: Buffer.from(body),
      timestamp: headers['x-slack-request-timestamp'],
      signature: headers['x-slack-signature'],
    },
    SECRET,
    AT,
  )
  return result.ok ? 'ok' : result.reason
}

describe('verifyRequest', () => {
  const table: [
    name: string,
    headers: Record<string, string | undefined>,
    expected: string,
    body?: string,
  ][] = [
    ['accepts a fresh signature', signed(BODY), 'ok'],
    ['accepts one 299 seconds old', signed(BODY, { at: seconds(-299) }), 'ok'],
    ['accepts one exactly 300 seconds old', signed(BODY, { at: seconds(-300) }), 'ok'],
    ['refuses one 301 seconds old', signed(BODY, { at: seconds(-301) }), 'stale'],
    ['accepts one 300 seconds ahead', signed(BODY, { at: seconds(300) }), 'ok'],
    ['refuses one 301 seconds ahead, which the SDK accepts', signed(BODY, { at: seconds(301) }), 'future'],
    ['refuses another secret', signed(BODY, { secret: 'another' }), 'bad_signature'],
    ['refuses a body with one blank more', signed(BODY), 'bad_signature', `${BODY} `],
    [
      'refuses a signature of another length',
      { ...signed(BODY), 'x-slack-signature': 'v0=ab' },
      'bad_signature',
    ],
    ['refuses an absent signature', { ...signed(BODY), 'x-slack-signature': undefined }, 'no_signature'],
    [
      'refuses an absent timestamp',
      { ...signed(BODY), 'x-slack-request-timestamp': undefined },
      'no_timestamp',
    ],
    [
      'refuses a timestamp that is no number',
      { ...signed(BODY), 'x-slack-request-timestamp': 'NaN' },
      'no_timestamp',
    ],
    [
      'refuses a timestamp with a sign',
      { ...signed(BODY), 'x-slack-request-timestamp': '-1' },
      'no_timestamp',
    ],
  ]
  for (const [name, headers, expected, body] of table) {
    it(name, () => {
      expect(verdict(headers, body)).to.equal(expected)
    })
  }

  it('signs bytes, whether they are text or not', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe])
    const timestamp = String(AT.getTime() / 1000)
    const verdictOf = (signature: string): boolean =>
      verifyRequest({ rawBody: bytes, timestamp, signature }, SECRET, AT).ok
    expect(verdictOf('v0=00')).to.equal(false)
  })
})
