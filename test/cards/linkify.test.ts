import { expect } from 'chai'
import fc from 'fast-check'
import { linkified } from '../../src/cards/linkify.js'

const link = (url: string) => ({ kind: 'link', text: url, url })

describe('linkified', () => {
  const rows: [string, string, unknown[]][] = [
    ['words alone stay words', 'no link here', ['no link here']],
    ['nothing is nothing', '', []],
    [
      'an address can be opened',
      'see https://x.example/a?b=1#c',
      ['see ', link('https://x.example/a?b=1#c')],
    ],
    ['a full stop ends the sentence', 'at https://x.example/a.', ['at ', link('https://x.example/a'), '.']],
    [
      'Chinese follows at once',
      '请看https://x.example/a，谢谢',
      ['请看', link('https://x.example/a'), '，谢谢'],
    ],
    ['brackets around it stay', '(https://x.example)', ['(', link('https://x.example'), ')']],
    [
      'a disguise in Slack’s form is no disguise',
      '<https://evil.example|bank>',
      ['<', link('https://evil.example'), '|bank>'],
    ],
    ['other schemes are words', 'javascript:alert(1) file:///etc', ['javascript:alert(1) file:///etc']],
  ]
  for (const [fact, words, expected] of rows) it(fact, () => expect(linkified(words)).to.deep.equal(expected))

  it('never changes what is read', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('http://', 'https://a.example', '。', '|', '<', '. '))
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const words = pieces.join('')
        const read = linkified(words).map((one) =>
          typeof one === 'string' ? one : 'text' in one ? one.text : '',
        )
        expect(read.join('')).to.equal(words)
      }),
    )
  })
})
