import { expect } from 'chai'
import { type Inline, parseMrkdwn } from '../../../src/sandbox/page/mrkdwn.js'

/** The tree in one line: easier to compare by eye. */
function shown(source: string): string {
  return parseMrkdwn(source)
    .map((each) => (each.kind === 'pre' ? `pre(${each.text})` : `${each.kind}(${inlines(each.children)})`))
    .join(' ')
}

function inlines(children: readonly Inline[]): string {
  return children.map(inline).join('')
}

function inline(node: Inline): string {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'break':
      return '↵'
    case 'bold':
    case 'italic':
    case 'strike':
      return `[${node.kind} ${inlines(node.children)}]`
    case 'code':
      return `[code ${node.text}]`
    case 'user':
    case 'channel':
      return `[${node.kind} ${node.id}]`
    case 'broadcast':
      return `[broadcast ${node.range}]`
    case 'link':
      return `[link ${node.url} ${node.label}]`
    case 'date':
      return `[date ${node.epochS} ${node.format} ${node.fallback}]`
    case 'emoji':
      return `[emoji ${node.name}]`
    default:
      return node satisfies never
  }
}

const TABLE: [name: string, source: string, expected: string][] = [
  ['plain words', 'hello', 'lines(hello)'],
  ['lines', 'a\nb', 'lines(a↵b)'],
  ['bold, italic and struck words', '*a* _b_ ~c~', 'lines([bold a] [italic b] [strike c])'],
  ['styles within styles', '*a _b_ c*', 'lines([bold a [italic b] c])'],
  ['marks inside a word as they are', 'snake_case_name 2*3*4', 'lines(snake_case_name 2*3*4)'],
  ['no style next to a Chinese character, as Slack does', '工单*已解决*了', 'lines(工单*已解决*了)'],
  ['a style beside Chinese punctuation', '工单：*已解决*。', 'lines(工单：[bold 已解决]。)'],
  ['a mark that nothing closes', 'a *b', 'lines(a *b)'],
  ['a mark before a blank', '* a *', 'lines(* a *)'],
  ['a mention', 'ask <@U123>', 'lines(ask [user U123])'],
  ['a mention within bold', '*<@U123>*', 'lines([bold [user U123]])'],
  ['a channel', '<#C1|it-support>', 'lines([channel C1])'],
  ['a broadcast', '<!channel>', 'lines([broadcast channel])'],
  ['an escaped broadcast as somebody’s words', '&lt;!channel&gt;', 'lines(<!channel>)'],
  ['an escaped mention as somebody’s words', '&lt;@U123&gt;', 'lines(<@U123>)'],
  ['an escaped link as somebody’s words', '&lt;https://a.example|b&gt;', 'lines(<https://a.example|b>)'],
  ['a doubly escaped sign once', '&amp;lt;b&amp;gt;', 'lines(&lt;b&gt;)'],
  [
    'a link',
    '<https://a.example/?x=1&amp;y=2>',
    'lines([link https://a.example/?x=1&y=2 https://a.example/?x=1&y=2])',
  ],
  ['a link with a label', '<https://a.example|here>', 'lines([link https://a.example here])'],
  ['no link to a script', '<javascript:alert(1)|x>', 'lines(<javascript:alert(1)|x>)'],
  ['a date', '<!date^100^{time}|noon>', 'lines([date 100 {time} noon])'],
  ['code without styles in it', '`*a*`', 'lines([code *a*])'],
  ['an emoji', 'done :tada:', 'lines(done [emoji tada])'],
  ['a time as no emoji', 'at 10:30:15', 'lines(at 10[emoji 30]15)'],
  ['a quote', '&gt; a\n&gt; b\nc', 'quote(a↵b) lines(c)'],
  ['a quote to the end', '&gt;&gt;&gt;a\nb', 'quote(a↵b)'],
  ['a fence', 'a\n```\nx *y* &lt;\n```\nb', 'lines(a) pre(x *y* <) lines(b)'],
  ['a fence that nothing closes', '```a', 'lines(```a)'],
]

describe('mrkdwn', () => {
  for (const [name, source, expected] of TABLE) {
    it(`reads ${name}`, () => {
      expect(shown(source)).to.equal(expected)
    })
  }
})
