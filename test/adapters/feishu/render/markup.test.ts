import { expect } from 'chai'
import fc from 'fast-check'
import { escaped } from '../../../../src/adapters/feishu/render/escape.js'
import { safeUrl } from '../../../../src/adapters/feishu/render/links.js'
import { markdown, QUOTED } from '../../../../src/adapters/feishu/render/markdown.js'
import { renderPost } from '../../../../src/adapters/feishu/render/post.js'
import type { Inline, Text } from '../../../../src/cards/text.js'
import { readMarkup } from '../entities.js'

const AT = new Date('2026-11-20T08:00:00Z')
const instant = (style: 'time' | 'date' | 'date_time', locale = 'en'): Inline => ({
  kind: 'instant',
  at: AT,
  style,
  zone: 'Asia/Shanghai',
  locale,
})
const ann: Inline = {
  kind: 'person',
  id: 'p1',
  name: 'Ann <Lee>',
  notify: true,
  userIds: { feishu: 'ou_ann' },
}
const place = (conversation: string, platform = 'feishu'): Inline => ({
  kind: 'place',
  text: 'the card',
  address: { platform, conversation },
})

const TABLE: [name: string, text: Text, expected: string][] = [
  [
    'escapes what would be markup',
    ['*a* _b_ ~c~ `d` [e] <f> & | $ \\'],
    '&#42;a&#42; &#95;b&#95; &#126;c&#126; &#96;d&#96; &#91;e&#93; &#60;f&#62; &#38; &#124; &#36; &#92;',
  ],
  [
    'escapes what begins a line',
    ['# a\n- b\n+ c\n=== \n1. d\na - b'],
    '&#35; a\n&#45; b\n&#43; c\n&#61;== \n1&#46; d\na - b',
  ],
  [
    'makes no link of an address',
    ['https://a.example and www.b.example'],
    'https&#58;//a.example and www&#46;b.example',
  ],
  ['makes no picture of a word between colons', ['at 10:30 :OK: done'], 'at 10:30 &#58;OK: done'],
  ['makes no block of code of spaces', ['    a'], '\u00A0\u00A0\u00A0\u00A0a'],
  ['removes marks that turn text around', ['a\u202Eb\u2066c\u2069\u200Fd'], 'abcd'],
  ['writes strong words', [{ kind: 'strong', text: 'a*b\nc' }], '**a&#42;b c**'],
  ['writes nothing for strong nothing', [{ kind: 'strong', text: ' ' }], ''],
  [
    'sets strong words beside letters',
    ['工单', { kind: 'strong', text: 'T1' }, '已解决'],
    '工单**T1**已解决',
  ],
  [
    'sets strong signs apart from letters',
    ['工单', { kind: 'strong', text: '（急）' }, '已解决'],
    '工单 **（急）** 已解决',
  ],
  ['writes quiet words', [{ kind: 'quiet', text: 'x' }], "<font color='grey'>x</font>"],
  ['writes code', [{ kind: 'code', text: 'a`b <at id=all></at>' }], '`aˋb ＜at id=all＞＜/at＞`'],
  ['pings a person', [ann], '<at id=ou_ann></at>'],
  ['names a person only', [{ ...ann, notify: false }], 'Ann &#60;Lee&#62;'],
  ['names a person who is not on Feishu', [{ ...ann, userIds: { slack: 'U1' } }], 'Ann &#60;Lee&#62;'],
  ['never pings everybody', [{ ...ann, userIds: { feishu: 'all' } }], 'Ann &#60;Lee&#62;'],
  [
    'does not trust a user id that is none',
    [{ ...ann, userIds: { feishu: 'x></at><at id=all' } }],
    'Ann &#60;Lee&#62;',
  ],
  [
    'writes a link',
    [{ kind: 'link', text: 'a] <c>', url: 'https://x.example/a(1)?b=1&c=2' }],
    '[a&#93; &#60;c&#62;](https://x.example/a%281%29?b=1&c=2)',
  ],
  [
    'writes only the words of a link that runs code',
    [{ kind: 'link', text: 'x', url: 'javascript:alert(1)' }],
    'x',
  ],
  [
    'links to a group',
    [place('oc_1')],
    '[the card](https://applink.feishu.cn/client/chat/open?openChatId=oc_1)',
  ],
  ['names somebody’s own chat only', [place('open_id:ou_1')], 'the card'],
  ['names a place on another messenger', [place('C0IT', 'slack')], 'the card'],
  ['writes an instant in its zone, named', [instant('date_time')], 'Nov 20, 16:00 GMT+8'],
  ['writes a Chinese instant', [instant('date_time', 'zh-CN')], '11月20日 16:00 GMT+8'],
  ['writes a date', [instant('date', 'zh-CN')], '11月20日'],
]

describe('markdown of Feishu', () => {
  for (const [name, text, expected] of TABLE) {
    it(name, () => {
      expect(markdown(text, 3000)).to.equal(expected)
    })
  }

  it('quotes every line', () => {
    expect(markdown(['a\n\nb > c'], 3000, QUOTED)).to.equal('> a\n> \n> b &#62; c')
  })

  it('cuts between signs, never inside one', () => {
    expect(markdown(['a<<<<'], 12)).to.equal('a&#60;&#60;…')
    expect(markdown(['👍👍👍'], 5)).to.equal('👍👍…')
    expect(markdown(['hello ', ann], 12)).to.equal('hello …')
  })

  const nasty = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          '<at id=all></at>',
          '<at',
          '>',
          '[a](https://x.example)',
          '](',
          ':',
          'OK',
          '**',
          '`',
          '&#60;',
          '&',
          '\n',
          ' ',
          'https://',
          'www.',
          '<font color=red>',
          '\u202E',
          '界',
        ),
      )
      .map((parts) => parts.join('')),
  )

  it('makes no mention, link, picture or tag of anything that somebody typed', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 60 }), (typed, max) => {
        expect(readMarkup(markdown([typed], 3000)).entities).to.deep.equal([])
        expect(readMarkup(markdown([typed], max)).entities).to.deep.equal([])
      }),
    )
  })

  it('never exceeds what it may, and shows what it has', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 60 }), (typed, max) => {
        expect(escaped(typed, max).length).to.be.at.most(max)
        const seen = (text: string): string => text.replace(/\s+/g, '')
        const invisible = /[\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\u200D]/gu
        expect(seen(readMarkup(escaped(typed)).shown)).to.equal(seen(typed.replace(invisible, '')))
      }),
    )
  })
})

describe('safeUrl', () => {
  it('knows web and mail addresses only, and leaves nothing that could end a link', () => {
    expect(safeUrl('https://x.example/(a)[b]')).to.equal('https://x.example/%28a%29%5Bb%5D')
    expect(safeUrl('mailto:a@b.example')).to.equal('mailto:a@b.example')
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'x',
      `https://x.example/${'a'.repeat(2000)}`,
    ])
      expect(safeUrl(url)).to.equal(undefined)
  })
})

describe('a post', () => {
  it('is within thirty kilobytes however long the words are', () => {
    for (const word of ['wort ', '界', '👍', '"\\\n'])
      expect(Buffer.byteLength(JSON.stringify(renderPost({ text: [word.repeat(30_000)] })))).to.be.below(
        30_000,
      )
  })

  it('is never empty', () => {
    const file = { name: '<x>.png', bytes: 1, mediaType: 'image/png', read: async () => Buffer.alloc(1) }
    const tags = (words: Parameters<typeof renderPost>[0]): unknown => renderPost(words).zh_cn.content
    expect(tags({ text: [] })).to.deep.equal([[{ tag: 'text', text: '–' }]])
    expect(tags({ text: [], files: [file] })).to.deep.equal([[{ tag: 'text', text: '📎 <x>.png' }]])
  })

  it('pings whom it names and nobody else', () => {
    const [line] = renderPost({ text: ['@all <at user_id="all"></at> ', ann] }).zh_cn.content
    expect(line).to.deep.equal([
      { tag: 'text', text: '@all <at user_id="all"></at> ' },
      { tag: 'at', user_id: 'ou_ann' },
    ])
  })
})
