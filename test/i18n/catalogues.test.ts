import { expect } from 'chai'
import { EN } from '../../src/i18n/en.js'
import { count, LOCALES, localeOf, rich, t } from '../../src/i18n/t.js'
import { ZH_CN } from '../../src/i18n/zh-cn.js'
import { ERRORS } from '../../src/lib/errors.js'

const keys = Object.keys(EN) as (keyof typeof EN)[]
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort()
/** Units and names of messengers are Latin in Chinese texts, and nothing else. */
const LATIN_IN_CHINESE = ['MB', 'Slack', 'Teams']

describe('catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(ZH_CN).sort()).to.deep.equal(Object.keys(EN).sort())
  })
  it('have the same placeholders under each key', () => {
    for (const key of keys) expect(placeholders(ZH_CN[key]), key).to.deep.equal(placeholders(EN[key]))
  })
  it('have no empty text and no braces that are not a placeholder', () => {
    for (const catalogue of [EN, ZH_CN]) {
      for (const [key, text] of Object.entries(catalogue)) {
        expect(text.trim(), key).to.not.equal('')
        expect(text.replace(/\{\w+\}/g, ''), key).to.not.match(/[{}]/)
      }
    }
  })
  it('shout at nobody', () => {
    for (const catalogue of [EN, ZH_CN]) {
      for (const [key, text] of Object.entries(catalogue)) expect(text, key).to.not.match(/[!！]/)
    }
  })
  it('have Chinese in every Chinese text that has letters, and no English word in it', () => {
    for (const key of keys) {
      const words = ZH_CN[key].replace(/\{\w+\}/g, '').match(/[A-Za-z]+/g) ?? []
      expect(
        words.filter((word) => !LATIN_IN_CHINESE.includes(word)),
        key,
      ).to.deep.equal([])
    }
  })
  it('use full-width punctuation in Chinese', () => {
    for (const key of keys) expect(ZH_CN[key], key).to.not.match(/[一-鿿][,;:?()]|[,;:?()][一-鿿]/)
  })
  it('have no Chinese in English texts', () => {
    for (const key of keys) expect(EN[key], key).to.not.match(/[一-鿿]/)
  })
  it('have a text for every error code', () => {
    for (const code of Object.keys(ERRORS)) expect(keys, code).to.include(`error.${code}`)
  })
  it('have `.other` beside each `.one`', () => {
    for (const key of keys) if (key.endsWith('.one')) expect(keys).to.include(key.replace(/one$/, 'other'))
  })
})

describe('t', () => {
  it('fills placeholders in the language asked for', () => {
    expect(t('en', 'requester.left', { number: '1' })).to.equal(
      'Ticket 1 continues in a private conversation.',
    )
    expect(t('zh-CN', 'requester.left', { number: '1' })).to.contain('工单 1 ')
  })
  it('fills a placeholder with braces in it as it is', () => {
    expect(t('en', 'requester.left', { number: '{number}' })).to.contain('{number}')
  })
  it('does not compile without its placeholders', () => {
    // @ts-expect-error number is missing
    expect(t('en', 'requester.left')).to.contain('{number}')
  })
  it('keeps what fills a placeholder as it is in rich text', () => {
    const name = { kind: 'strong', text: 'x' }
    expect(rich('en', 'thread.requester', { name })).to.deep.equal([name, ' (requester)'])
  })
})

describe('count', () => {
  it('follows the plural rule of the language', () => {
    expect(count('en', 'card.urged', 1)).to.equal('Nudged once')
    expect(count('en', 'card.urged', 2)).to.equal('Nudged 2 times')
    expect(count('zh-CN', 'card.urged', 1)).to.equal('已催单 1 次')
    expect(count('zh-CN', 'card.urged', 2)).to.equal('已催单 2 次')
  })
})

describe('localeOf', () => {
  for (const [tag, expected] of [
    ['zh_cn', 'zh-CN'],
    ['zh-Hans-CN', 'zh-CN'],
    ['en-GB', 'en'],
    ['fr', 'en'],
  ] as const) {
    it(`reads ${tag} as ${expected}`, () => expect(localeOf(tag)).to.equal(expected))
  }
  it('knows its catalogues', () => expect(LOCALES).to.deep.equal(['en', 'zh-CN']))
})
