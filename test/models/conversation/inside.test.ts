import { expect } from 'chai'
import fc from 'fast-check'
import { isInside } from '../../../src/models/conversation/inside.js'

const INSIDE: [string, string][] = [
  ['// the boss is angry', 'the boss is angry'],
  ['//内部', '内部'],
  ['／／ 先别告诉他', '先别告诉他'],
  ['、、他又忘了密码', '他又忘了密码'],
  ['  // spaces before', 'spaces before'],
  ['\u200b// an invisible character before', 'an invisible character before'],
  ['\ufeff、、bom', 'bom'],
  ['\n// a line before', 'a line before'],
  ['/／ mixed widths', 'mixed widths'],
  ['､､ half width', 'half width'],
  ['@{U0CHEN} // look at his logs', '@{U0CHEN} look at his logs'],
  ['@{U0CHEN} @{U0LIU}／／看一下', '@{U0CHEN} @{U0LIU}看一下'],
  ['//cdn.example.com/x.js', 'cdn.example.com/x.js'],
  ['///', '/'],
  ['//', ''],
  ['// two\n// lines', 'two\n// lines'],
]
const OUTSIDE = [
  ...[
    'hello',
    'http://example.com',
    'https://example.com //',
    'see // there',
    '/help',
    '/ /',
    '、',
    '、好的',
    '／',
    '',
    ' ',
  ],
  ...['a//b', '@{U0CHEN} hello // there', '「、、」', '\\\\server\\share', '/\u3000/ apart'],
]

describe('isInside', () => {
  for (const [written, text] of INSIDE) {
    it(`keeps ${JSON.stringify(written)} inside`, () => {
      expect(isInside(written)).to.deep.equal({ inside: true, text })
    })
  }
  for (const written of OUTSIDE) {
    it(`lets ${JSON.stringify(written)} out, as it was written`, () => {
      expect(isInside(written)).to.deep.equal({ inside: false, text: written })
    })
  }
  it('keeps whatever follows a mark inside', () => {
    fc.assert(
      fc.property(fc.constantFrom('//', '／／', '、、'), fc.string({ unit: 'binary' }), (mark, rest) => {
        expect(isInside(mark + rest).inside).to.equal(true)
      }),
    )
  })
})
