import { expect } from 'chai'
import { readBy, readByTeam } from '../../src/cards/context.js'
import { duration, fileSize, instant, plain, when } from '../../src/cards/format.js'
import { phrase, sentences } from '../../src/cards/words.js'
import { contextFor, NOW } from './sample.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

describe('duration', () => {
  const table = [
    [0, 'less than a minute', '1 分钟以内'],
    [29_000, 'less than a minute', '1 分钟以内'],
    [45 * MINUTE_MS, '45 min', '45 分钟'],
    [2 * HOUR_MS + 15 * MINUTE_MS, '2 h 15 min', '2 小时 15 分钟'],
    [24 * HOUR_MS, '1 d', '1 天'],
    [76 * HOUR_MS + 5 * MINUTE_MS, '3 d 4 h', '3 天 4 小时'],
    [-HOUR_MS, 'less than a minute', '1 分钟以内'],
  ] as const
  for (const [ms, english, chinese] of table) {
    it(`writes ${ms} ms as ${english}`, () => {
      expect(duration('en', ms)).to.equal(english)
      expect(duration('zh-CN', ms)).to.equal(chinese)
    })
  }
  it('keeps working time in hours', () => {
    expect(duration('en', 22.5 * HOUR_MS, 'hours')).to.equal('22 h 30 min')
    expect(duration('en', 40 * HOUR_MS, 'hours')).to.equal('40 h')
  })
})

describe('when', () => {
  it('writes an instant in the zone and language of its reader', () => {
    expect(when(contextFor('en'), NOW)).to.equal('Mon 9 Nov, 10:00')
    expect(when(contextFor('en', { zone: 'America/Sao_Paulo' }), NOW)).to.equal('Sun 8 Nov, 23:00')
    expect(when(contextFor('zh-CN'), NOW)).to.equal('11月9日周一 10:00')
    expect(when(contextFor('en'), NOW, 'time')).to.equal('10:00')
    expect(when(contextFor('en'), NOW, 'date')).to.equal('Mon 9 Nov')
  })
  it('writes midnight as 00:00', () => {
    expect(when(contextFor('en'), new Date('2026-11-08T16:00:00Z'), 'time')).to.equal('00:00')
  })
})

describe('plain', () => {
  it('reads every kind of inline', () => {
    const ctx = contextFor('en')
    expect(
      plain([
        'a ',
        { kind: 'strong', text: 'b ' },
        { kind: 'quiet', text: 'c ' },
        { kind: 'code', text: 'd ' },
        { kind: 'link', text: 'e ', url: 'https://example.com' },
        { kind: 'place', text: 'f ', address: { platform: 'slack', conversation: 'C' } },
        { kind: 'person', id: 'bo', name: 'g ', userIds: {} },
        instant(ctx, NOW, 'time'),
      ]),
    ).to.equal('a b c d e f g 10:00')
  })
})

describe('fileSize', () => {
  for (const [bytes, expected] of [
    [512, '512 B'],
    [20_480, '20 KB'],
    [10 * 1024 * 1024, '10 MB'],
    [1_600_000, '1.5 MB'],
  ] as const) {
    it(`writes ${bytes} as ${expected}`, () => expect(fileSize(bytes)).to.equal(expected))
  }
})

describe('phrase and sentences', () => {
  it('lay a text that fills a placeholder out as part of the whole', () => {
    const name = [{ kind: 'strong', text: 'x' } as const, 'y']
    expect(phrase(contextFor('en'), 'thread.requester', { name })).to.deep.equal([...name, ' (requester)'])
  })
  it('demand every placeholder from the compiler', () => {
    // @ts-expect-error name is missing
    expect(phrase(contextFor('en'), 'thread.requester', {})).to.be.an('array')
  })
  it('set a space between English sentences and none between Chinese ones', () => {
    expect(plain(sentences(contextFor('en'), [['a.'], [], ['b.']]))).to.equal('a. b.')
    expect(plain(sentences(contextFor('zh-CN'), [['甲。'], ['乙。']]))).to.equal('甲。乙。')
  })
})

describe('readBy', () => {
  it('changes the language and zone, and keeps what is not given', () => {
    const ctx = contextFor('en')
    expect(readBy(ctx, { locale: 'zh-CN' })).to.deep.include({ locale: 'zh-CN', zone: 'Asia/Shanghai' })
    expect(readByTeam(contextFor('zh-CN', { zone: 'UTC' }), 'it')).to.deep.include({
      locale: 'en',
      zone: 'Asia/Shanghai',
    })
    expect(readByTeam(ctx, 'gone')).to.deep.include({ locale: 'en', zone: 'Asia/Shanghai' })
  })
})
