import { expect } from 'chai'
import { decrypted } from '../../../src/adapters/feishu/decrypt.js'
import { verifyRequest } from '../../../src/adapters/feishu/verify.js'
import { AT, encrypted, KEY, signed } from './support.js'

const BODY = '{"encrypt":"…"}'
const seconds = (n: number): Date => new Date(AT.getTime() + n * 1000)
const HOUR_S = 3600

function verdict(headers: Record<string, string | undefined>, body: string | Buffer = BODY): string {
  const request = {
    rawBody: Buffer.from(body),
    timestamp: headers['x-lark-request-timestamp'],
    nonce: headers['x-lark-request-nonce'],
    signature: headers['x-lark-signature'],
  }
  const result = verifyRequest(request, KEY, AT)
  return result.ok ? 'ok' : result.reason
}

describe('verifyRequest of Feishu', () => {
  const without = (name: string): Record<string, string | undefined> => ({
    ...signed(BODY),
    [name]: undefined,
  })
  const TABLE: [
    name: string,
    headers: Record<string, string | undefined>,
    expected: string,
    body?: string,
  ][] = [
    ['accepts a fresh signature', signed(BODY), 'ok'],
    ['accepts the last retry, six hours later', signed(BODY, { at: seconds(-6.2 * HOUR_S) }), 'ok'],
    ['refuses one a day old, which the SDK accepts', signed(BODY, { at: seconds(-24 * HOUR_S) }), 'stale'],
    ['accepts one 300 seconds ahead', signed(BODY, { at: seconds(300) }), 'ok'],
    ['refuses one 301 seconds ahead', signed(BODY, { at: seconds(301) }), 'future'],
    ['refuses another key', signed(BODY, { key: 'another' }), 'bad_signature'],
    ['refuses a body with one blank more', signed(BODY), 'bad_signature', `${BODY} `],
    ['refuses a signature of another length', { ...signed(BODY), 'x-lark-signature': 'ab' }, 'bad_signature'],
    ['refuses an absent signature', without('x-lark-signature'), 'no_signature'],
    ['refuses an absent nonce', without('x-lark-request-nonce'), 'no_signature'],
    ['refuses an absent timestamp', without('x-lark-request-timestamp'), 'no_timestamp'],
    [
      'refuses a timestamp that is no number',
      { ...signed(BODY), 'x-lark-request-timestamp': '1e9' },
      'no_timestamp',
    ],
  ]
  for (const [name, headers, expected, body] of TABLE) {
    it(name, () => {
      expect(verdict(headers, body)).to.equal(expected)
    })
  }

  it('takes a body whose JSON is laid out as nobody would write it, which the SDK refuses', () => {
    const laidOut = '{\n  "encrypt" : "x"\n}'
    expect(verdict(signed(laidOut), laidOut)).to.equal('ok')
  })

  it('signs bytes, whether they are text or not', () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe])
    expect(verdict(signed(bytes), bytes)).to.equal('ok')
  })
})

describe('decrypted', () => {
  const encryptOf = (value: unknown): string => JSON.parse(encrypted(value)).encrypt

  it('gives back what was encrypted', () => {
    expect(decrypted(encryptOf({ a: '着火了' }), KEY)?.toString()).to.equal('{"a":"着火了"}')
  })
  for (const [name, garbage] of [
    ['nothing', ''],
    ['three bytes, on which the SDK ends the process', 'AAAA'],
    ['a vector and no more', Buffer.alloc(16).toString('base64')],
    ['half a block', Buffer.alloc(40).toString('base64')],
    ['noise', Buffer.alloc(64, 3).toString('base64')],
    ['no base64', '!!!!'],
  ] as const) {
    it(`is nothing for ${name}`, () => {
      expect(decrypted(garbage, KEY)).to.equal(undefined)
    })
  }
  it('is nothing under another key', () => {
    expect(decrypted(encryptOf({ a: 1 }), 'another')).to.equal(undefined)
  })
})
