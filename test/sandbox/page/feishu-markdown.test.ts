import { expect } from 'chai'
import { type FeishuInline, parseFeishuMarkdown } from '../../../src/sandbox/page/feishu-markdown.js'

/** The pieces of a line in a short form: `bold(a)`, plain words as they are. */
function short(pieces: readonly FeishuInline[]): string {
  return pieces
    .map((piece) => {
      switch (piece.kind) {
        case 'text':
          return piece.text
        case 'break':
          return '|'
        case 'code':
          return `code(${piece.text})`
        case 'at':
          return `at(${piece.id})`
        case 'link':
          return `link(${piece.url} ${short(piece.children)})`
        case 'font':
        case 'tag':
          return `${piece.kind}(${piece.colour} ${short(piece.children)})`
        default:
          return `${piece.kind}(${short(piece.children)})`
      }
    })
    .join('')
}
const shape = (text: string): string[] =>
  parseFeishuMarkdown(text).map((block) => {
    if (block.kind === 'rule') return 'rule'
    if (block.kind === 'pre') return `pre ${block.text}`
    return `${block.kind} ${short(block.children)}`
  })

const TABLE: [text: string, ...blocks: string[]][] = [
  ['plain', 'line plain'],
  ['**bold** and *soft* and ~~gone~~', 'line bold(bold) and italic(soft) and strike(gone)'],
  ['**a** b **c**', 'line bold(a) b bold(c)'],
  ['2 * 3 * 4', 'line 2 * 3 * 4'],
  ['`**not bold**`', 'line code(**not bold**)'],
  ['[words](https://a.example/b)', 'line link(https://a.example/b words)'],
  ["<font color='grey'>small **print**</font>", 'line font(grey small bold(print))'],
  ["<text_tag color='red'>urgent</text_tag>", 'line tag(red urgent)'],
  ['<at id=ou_a></at>, come', 'line at(ou_a), come'],
  ['one<br>two', 'line one|two'],
  ['> said\n> twice', 'quote said', 'quote twice'],
  ['- a\n2. b', 'item a', 'item b'],
  ['## head', 'heading head'],
  ['a\n---\nb', 'line a', 'rule', 'line b'],
  ['```js\nlet a\n```', 'line ', 'pre let a', 'line '],
  ['<script>alert(1)</script>', 'line <script>alert(1)</script>'],
]

describe('markdown of Feishu', () => {
  for (const [text, ...blocks] of TABLE) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(shape(text)).to.deep.equal(blocks)
    })
  }

  it('decodes entities after it has looked for marks', () => {
    const typed = '&#42;&#42;x&#42;&#42; &#91;a&#93;(b) &#60;at id=all&#62; 07&#58;23 &amp; &lt;'
    expect(shape(typed)).to.deep.equal(['line **x** [a](b) <at id=all> 07:23 & <'])
  })

  it('leaves an entity alone that stands for nothing', () => {
    expect(shape('&#0; &#9999999; &nothing;')).to.deep.equal(['line &#0; &#9999999; &nothing;'])
  })
})
