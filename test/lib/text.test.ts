import { expect } from 'chai'
import fc from 'fast-check'
import { clip, firstSentence, folded } from '../../src/lib/text.js'

describe('the first sentence', () => {
  for (const [text, expected] of [
    ['My VPN is down. Since this morning.', 'My VPN is down.'],
    ['打印机死机了！今天要交报告。', '打印机死机了！'],
    ['Is it me? Or you?', 'Is it me?'],
    ['Version 5.0.4 crashes', 'Version 5.0.4 crashes'],
    ['See example.com/x.html now', 'See example.com/x.html now'],
    ['First line\nsecond line', 'First line'],
    ['  \n Hello  ', 'Hello'],
    ['', ''],
    ['。', '。'],
  ] as const) {
    it(`of ${JSON.stringify(text)} is ${JSON.stringify(expected)}`, () => {
      expect(firstSentence(text, 100)).to.equal(expected)
    })
  }

  it('is cut where it is long', () => {
    expect(firstSentence('一二三四五六', 4)).to.equal('一二三…')
  })
})

describe('clipping', () => {
  it('never cuts a character in two, and never gives more than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, max) => {
        const cut = clip(text, max)
        expect([...cut].length).to.be.at.most(max)
        expect(cut).to.not.match(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/)
        if ([...text].length <= max) expect(cut).to.equal(text)
        else expect(cut.endsWith('…')).to.equal(true)
      }),
    )
  })

  it('keeps emoji whole', () => {
    expect(clip('😀😀😀', 2)).to.equal('😀…')
    expect(clip('😀😀', 2)).to.equal('😀😀')
  })
})

describe('folding', () => {
  it('makes width, case and spaces the same', () => {
    expect(folded('  ＨＥＬＬＯ　 Wörld\n')).to.equal('hello wörld')
    expect(folded('１２３')).to.equal('123')
  })
  it('is the same the second time', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(folded(folded(text))).to.equal(folded(text))))
  })
})
