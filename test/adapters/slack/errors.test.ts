import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api'
import { expect } from 'chai'
import { toFailure } from '../../../src/adapters/slack/errors.js'

const platform = (error: string): Error => new WebAPIPlatformError({ ok: false, error })
const http = (status: number): Error => new WebAPIHTTPError(status, 'whatever it says', {})
const network = (code: string): Error => {
  const cause = Object.assign(new Error('x'), { code })
  return new WebAPIRequestError(new TypeError('fetch failed', { cause }))
}

const TABLE: [name: string, error: unknown, posting: string, updating: string][] = [
  ['a rate limit', new WebAPIRateLimitedError(7), 'rate_limited 7000', 'rate_limited 7000'],
  ['a rate limit of nought', new WebAPIRateLimitedError(0), 'rate_limited 1000', 'rate_limited 1000'],
  ['a rate limit as a code', platform('ratelimited'), 'rate_limited 30000', 'rate_limited 30000'],
  ['429', http(429), 'rate_limited 30000', 'rate_limited 30000'],
  ['channel_not_found', platform('channel_not_found'), 'gone channel_not_found', 'gone channel_not_found'],
  ['message_not_found', platform('message_not_found'), 'gone message_not_found', 'gone message_not_found'],
  ['is_archived', platform('is_archived'), 'gone is_archived', 'gone is_archived'],
  ['invalid_blocks', platform('invalid_blocks'), 'rejected invalid_blocks', 'rejected invalid_blocks'],
  ['a code of tomorrow', platform('too_purple'), 'rejected too_purple', 'rejected too_purple'],
  [
    'a token that was revoked',
    platform('token_revoked'),
    'transient token_revoked',
    'transient token_revoked',
  ],
  [
    'a bot that was not invited',
    platform('not_in_channel'),
    'transient not_in_channel',
    'transient not_in_channel',
  ],
  [
    'internal_error, which may have worked',
    platform('internal_error'),
    'unknown internal_error',
    'transient internal_error',
  ],
  [
    'an answer that was cut off',
    platform('{"ok":true,"ts":"1'),
    'unknown unreadable_answer',
    'transient unreadable_answer',
  ],
  ['an empty answer', platform(''), 'unknown unreadable_answer', 'transient unreadable_answer'],
  ['503', http(503), 'unknown http_503', 'transient http_503'],
  ['404', http(404), 'gone http_404', 'gone http_404'],
  ['403', http(403), 'rejected http_403', 'rejected http_403'],
  ['a refused connection', network('ECONNREFUSED'), 'transient ECONNREFUSED', 'transient ECONNREFUSED'],
  ['an unknown host', network('ENOTFOUND'), 'transient ENOTFOUND', 'transient ENOTFOUND'],
  ['a connection that was cut', network('ECONNRESET'), 'unknown ECONNRESET', 'transient ECONNRESET'],
  [
    'a timeout',
    new WebAPIRequestError(new DOMException('x', 'TimeoutError')),
    'unknown timeout',
    'transient timeout',
  ],
  ['something else', new TypeError('terminated'), 'unknown no_answer', 'transient no_answer'],
  ['no error at all', 'a string', 'unknown no_answer', 'transient no_answer'],
]

function shown(error: unknown, repetition: 'duplicates' | 'harmless'): string {
  const failure = toFailure(error, repetition)
  return `${failure.kind} ${failure.kind === 'rate_limited' ? failure.retryAfterMs : failure.reason}`
}

describe('toFailure', () => {
  for (const [name, error, posting, updating] of TABLE) {
    it(`of ${name} is ${posting} for a post and ${updating} for an update`, () => {
      expect(shown(error, 'duplicates')).to.equal(posting)
      expect(shown(error, 'harmless')).to.equal(updating)
    })
  }

  it('judges by codes, never by what a message says', () => {
    expect(shown(new Error('ratelimited channel_not_found ECONNREFUSED'), 'duplicates')).to.equal(
      'unknown no_answer',
    )
  })
})
