import { expect } from 'chai'
import { errorOf, NoTokenError, redactedError, toFailure } from '../../../src/adapters/feishu/errors.js'

const said = (code: number, status = 400, headers: unknown = {}): Error =>
  errorOf(status, { code, msg: 'x' }, headers)
const network = (code: string): Error => Object.assign(new Error('x'), { code })

const TABLE: [name: string, error: unknown, posting: string, updating: string][] = [
  [
    'the app’s limit',
    said(99991400, 429, { 'x-ogw-ratelimit-reset': '7' }),
    'rate_limited 7000',
    'rate_limited 7000',
  ],
  ['the app’s limit as an old API has it', said(99991400), 'rate_limited 5000', 'rate_limited 5000'],
  [
    'a reset of nought',
    said(99991400, 429, { 'x-ogw-ratelimit-reset': '0' }),
    'rate_limited 1000',
    'rate_limited 1000',
  ],
  [
    'a reset that is none',
    said(99991400, 429, { 'x-ogw-ratelimit-reset': 'x' }),
    'rate_limited 5000',
    'rate_limited 5000',
  ],
  ['a person’s or group’s limit', said(230020), 'rate_limited 5000', 'rate_limited 5000'],
  ['429 without a code', errorOf(429, '', {}), 'rate_limited 5000', 'rate_limited 5000'],
  ['a message that was taken back', said(230011), 'gone feishu_230011', 'gone feishu_230011'],
  ['a chat the bot is not in', said(230002), 'transient feishu_230002', 'transient feishu_230002'],
  ['a person outside the app’s range', said(230013), 'gone feishu_230013', 'gone feishu_230013'],
  ['a message to react to that is gone', said(231003), 'gone feishu_231003', 'gone feishu_231003'],
  ['a card older than two weeks', said(230031), 'gone feishu_230031', 'gone feishu_230031'],
  ['a card that cannot be built', said(230099), 'rejected feishu_230099', 'rejected feishu_230099'],
  ['a twenty-first edit', said(230072), 'rejected feishu_230072', 'rejected feishu_230072'],
  ['a refusal in an HTTP 200', said(230001, 200), 'rejected feishu_230001', 'rejected feishu_230001'],
  ['a code of tomorrow', said(987654), 'rejected feishu_987654', 'rejected feishu_987654'],
  ['a scope that is not granted', said(99991672), 'transient feishu_99991672', 'transient feishu_99991672'],
  ['500', errorOf(500, {}, {}), 'unknown http_500', 'transient http_500'],
  ['500 with a code', said(2200, 500), 'unknown http_500', 'transient http_500'],
  ['a refused connection', network('ECONNREFUSED'), 'transient ECONNREFUSED', 'transient ECONNREFUSED'],
  ['a connection that was cut', network('ECONNRESET'), 'unknown ECONNRESET', 'transient ECONNRESET'],
  ['a timeout', network('ECONNABORTED'), 'unknown ECONNABORTED', 'transient ECONNABORTED'],
  ['an answer that is none', new Error('unreadable answer'), 'unknown no_answer', 'transient no_answer'],
  [
    'a token that never came',
    new NoTokenError(errorOf(500, {}, {})),
    'transient token:http_500',
    'transient token:http_500',
  ],
  [
    'a wrong secret',
    new NoTokenError(said(10014, 200)),
    'transient token:feishu_10014',
    'transient token:feishu_10014',
  ],
  ['no error at all', 'a string', 'unknown no_answer', 'transient no_answer'],
]

function shown(error: unknown, repetition: 'duplicates' | 'harmless'): string {
  const failure = toFailure(error, repetition)
  return `${failure.kind} ${'reason' in failure ? failure.reason : failure.retryAfterMs}`
}

describe('toFailure of Feishu', () => {
  for (const [name, error, posting, updating] of TABLE) {
    it(`judges ${name}`, () => {
      expect([shown(error, 'duplicates'), shown(error, 'harmless')]).to.deep.equal([posting, updating])
    })
  }
})

describe('redactedError', () => {
  it('holds nothing of the request, which has the token and people’s words', () => {
    const config = {
      headers: { Authorization: 'Bearer t-secret' },
      data: '{"app_secret":"s3cret","text":"words"}',
    }
    const response = { status: 400, data: { code: 230001, msg: 'words' }, headers: {}, config }
    const thrown = Object.assign(new Error('Request failed'), {
      isAxiosError: true,
      config,
      response,
      code: 'ERR',
    })
    for (const error of [
      redactedError(thrown),
      redactedError({ ...thrown, isAxiosError: true, response: undefined }),
    ]) {
      const all = JSON.stringify(error, Object.getOwnPropertyNames(error))
      expect(all).to.not.match(/t-secret|s3cret|words/)
    }
    expect(toFailure(redactedError(thrown), 'duplicates')).to.deep.equal({
      kind: 'rejected',
      reason: 'feishu_230001',
    })
  })
})
