import { expect } from 'chai'
import { say, span, type TextKey } from '../../../src/sandbox/page/texts.js'
import { EN } from '../../../src/sandbox/page/texts-en.js'
import { ZH } from '../../../src/sandbox/page/texts-zh.js'

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()

describe('the texts of the page', () => {
  it('have the same placeholders in both languages', () => {
    for (const key of Object.keys(EN) as TextKey[]) {
      expect(placeholders(ZH[key]), key).to.deep.equal(placeholders(EN[key]))
    }
  })

  it('fills placeholders and leaves unknown ones', () => {
    expect(say('en', 'client.replies.other', { n: 3 })).to.equal('3 replies')
    expect(say('zh-CN', 'client.replies.other')).to.equal('{n} 条回复')
  })

  it('says lengths of time in their two largest units', () => {
    expect(span('en', 0)).to.equal('0 min')
    expect(span('en', 90 * 60_000)).to.equal('1 h 30 min')
    expect(span('zh-CN', 25 * 3_600_000 + 60_000)).to.equal('1 天 1 小时')
  })
})
