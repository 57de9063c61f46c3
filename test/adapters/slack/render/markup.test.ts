import { expect } from 'chai'
import fc from 'fast-check'
import { escaped, plain } from '../../../../src/adapters/slack/render/escape.js'
import { mrkdwn, mrkdwnParts, QUOTED, TYPED } from '../../../../src/adapters/slack/render/mrkdwn.js'
import type { Inline, Text } from '../../../../src/cards/text.js'
import { readMarkup } from '../entities.js'

const AT = new Date('2026-11-20T08:00:00Z')
const instant = (style: 'time' | 'date' | 'date_time', locale = 'en', zone = 'Asia/Shanghai'): Inline => ({
  kind: 'instant',
  at: AT,
  style,
  zone,
  locale,
})
const ann: Inline = {
  kind: 'person',
  id: 'p1',
  name: 'Ann <&> Lee',
  notify: true,
  userIds: { slack: 'U0ANN' },
}
const place = (more: object): Inline =>
  ({
    kind: 'place',
    text: 'the card',
    address: { platform: 'slack', conversation: 'C0IT' },
    ...more,
  }) as Inline

const TABLE: [name: string, text: Text, expected: string][] = [
  ['escapes the three signs', ['a & b < c > d &lt;'], 'a &amp; b &lt; c &gt; d &amp;lt;'],
  [
    'shows marks as they were typed',
    ['*x* _y_ ~z~ `c` 2*3*4'],
    '*\u200Bx* _\u200By_ ~\u200Bz~ `\u200Bc` 2*3*4',
  ],
  ['leaves a mark alone that has no mate', ['*x _y ~/z'], '*x _y ~/z'],
  ['makes one line end of all', ['a\r\nb\rc\u2028d'], 'a\nb\nc\nd'],
  ['removes marks that turn text around', ['a\u202Eb\u2066c\u2069\u200Fd'], 'abcd'],
  ['removes what has no width', ['a\u200Bb\uFEFFc\u2060d\u200De'], 'abcde'],
  ['keeps an emoji family together', ['👨‍👩‍👧 ❤️‍🔥'], '👨‍👩‍👧 ❤️‍🔥'],
  ['writes strong words', [{ kind: 'strong', text: 'a<b' }], '*a&lt;b*'],
  ['keeps strong words strong whatever they hold', [{ kind: 'strong', text: 'a*b\nc' }], '*a∗b c*'],
  ['writes nothing for strong nothing', [{ kind: 'strong', text: ' ' }], ''],
  [
    'sets strong words apart from letters',
    ['工单', { kind: 'strong', text: 'T1' }, '已解决'],
    '工单 *T1* 已解决',
  ],
  ['sets strong words beside signs', ['“', { kind: 'strong', text: 'T1' }, '”'], '“*T1*”'],
  ['writes quiet words', [{ kind: 'quiet', text: 'x' }], '_x_'],
  ['writes code', [{ kind: 'code', text: 'a`b <c>' }], '`aˋb &lt;c&gt;`'],
  ['names a person to ping', [ann], '<@U0ANN>'],
  ['names a person only', [{ ...ann, notify: false }], 'Ann &lt;&amp;&gt; Lee'],
  ['names a person who is not on Slack', [{ ...ann, userIds: { teams: '29:x' } }], 'Ann &lt;&amp;&gt; Lee'],
  [
    'does not trust a user id that is none',
    [{ ...ann, userIds: { slack: 'U1> <!channel' } }],
    'Ann &lt;&amp;&gt; Lee',
  ],
  [
    'writes a link',
    [{ kind: 'link', text: 'a|b <c>', url: 'https://x.example/a?b=1&c=<2>|3' }],
    '<https://x.example/a?b=1&c=%3C2%3E%7C3|a¦b &lt;c&gt;>',
  ],
  [
    'writes only the words of a link that runs code',
    [{ kind: 'link', text: 'x', url: 'javascript:alert(1)' }],
    'x',
  ],
  ['writes only the words of a link that is none', [{ kind: 'link', text: 'x', url: '!channel' }], 'x'],
  ['links to a channel', [place({})], '<https://slack.com/archives/C0IT|the card>'],
  [
    'links to a message',
    [place({ messageId: '1795161600.000500' })],
    '<https://slack.com/archives/C0IT/p1795161600000500|the card>',
  ],
  [
    'links to a message in a thread',
    [
      place({
        address: { platform: 'slack', conversation: 'C0IT', thread: '1.000001' },
        messageId: '2.000002',
      }),
    ],
    '<https://slack.com/archives/C0IT/p2000002?thread_ts=1.000001&cid=C0IT|the card>',
  ],
  [
    'names a place on another messenger',
    [place({ address: { platform: 'teams', conversation: '19:x' } })],
    'the card',
  ],
  [
    'writes an instant for the reader’s zone',
    [instant('date_time')],
    '<!date^1795161600^{date_short_pretty} {time}|Nov 20, 16:00 GMT+8>',
  ],
  ['writes a time', [instant('time', 'zh-CN')], '<!date^1795161600^{time}|16:00 GMT+8>'],
  ['writes an English time', [instant('time')], '<!date^1795161600^{time}|16:00 GMT+8>'],
  [
    'writes a Chinese instant with the zone behind it',
    [instant('date_time', 'zh-CN')],
    '<!date^1795161600^{date_short_pretty} {time}|11月20日 16:00 GMT+8>',
  ],
  ['writes a date', [instant('date', 'zh-CN')], '<!date^1795161600^{date_short_pretty}|11月20日>'],
]

describe('mrkdwn', () => {
  for (const [name, text, expected] of TABLE) {
    it(name, () => {
      expect(mrkdwn(text, 3000)).to.equal(expected)
    })
  }

  it('quotes every line', () => {
    expect(mrkdwn(['a\n\nb > c'], 3000, QUOTED)).to.equal('> a\n> \n> b &gt; c')
  })

  it('cuts between signs, never inside one', () => {
    expect(mrkdwn(['a<<<<'], 10)).to.equal('a&lt;&lt;…')
    expect(mrkdwn(['👍👍👍'], 5)).to.equal('👍👍…')
    expect(mrkdwn(['hello ', ann], 12)).to.equal('hello …')
  })
})

/** Controls but tab and line end, marks and joiners: what shows nothing. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu

/** Strings made of what breaks markup, and of anything. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '|',
        '!',
        '@',
        '#',
        '*',
        '_',
        '`',
        '\n',
        ' ',
        'lt;',
        'amp;',
        '!channel',
        '@U0EVE',
        'https://evil.example',
        '\u202E',
        '\u200B',
        '界',
        '🔥',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
)
const inline: fc.Arbitrary<Inline> = fc.oneof(
  nasty,
  nasty.map((text) => ({ kind: 'strong', text }) as const),
  nasty.map((text) => ({ kind: 'quiet', text }) as const),
  nasty.map((text) => ({ kind: 'code', text }) as const),
  nasty.map((name) => ({ kind: 'person', id: 'p', name, userIds: { slack: 'U0ANN' } }) as const),
  nasty.map(
    (name) => ({ kind: 'person', id: 'p', name, notify: true, userIds: { slack: 'U0ANN' } }) as const,
  ),
  nasty.map(
    (userId) => ({ kind: 'person', id: 'p', name: 'Eve', notify: true, userIds: { slack: userId } }) as const,
  ),
  fc.tuple(nasty, nasty).map(([text, url]) => ({ kind: 'link', text, url }) as const),
  nasty.map((text) => ({ kind: 'link', text, url: 'https://desk.example/1' }) as const),
  fc.constant(instant('date_time')),
)

/** What may be found in the output: that which the builder put in. */
function allowed(text: Text): Set<string> {
  const entities = new Set<string>()
  for (const part of text) {
    if (typeof part === 'string') continue
    if (part.kind === 'person' && part.notify) entities.add('mention:U0ANN')
    if (part.kind === 'instant') entities.add('date:1795161600')
    if (part.kind === 'link' && /^(https?|mailto):/i.test(part.url.trim())) {
      entities.add(`link:${URL.canParse(part.url) ? new URL(part.url).href : ''}`)
    }
  }
  return entities
}

describe('mrkdwn of anything', () => {
  it('holds only the entities that the builder put in, and no more than it may', () => {
    fc.assert(
      fc.property(fc.array(inline, { maxLength: 8 }), fc.integer({ min: 20, max: 400 }), (text, max) => {
        const out = mrkdwn(text, max)
        expect(out.length).to.be.at.most(max)
        const mayHold = allowed(text)
        const links = readMarkup(out).entities.filter((entity) => !mayHold.has(entity))
        // A link's address may be percent-encoded further than URL does.
        expect(links.filter((entity) => !entity.startsWith('link:') || mayHold.size === 0)).to.deep.equal([])
        expect(links).to.satisfy((all: string[]) =>
          all.every((entity) => !entity.includes('evil') || [...mayHold].some((m) => m.includes('evil'))),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('shows plain words as written, what cannot be seen apart', () => {
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 5 }), (words) => {
        const { shown, entities } = readMarkup(mrkdwn(words, 1e6, TYPED))
        expect(entities).to.deep.equal([])
        const seen = words.join('').replace(/\r\n?|[\u2028\u2029]/g, '\n')
        expect(shown.replace(/\u200D/g, '')).to.equal(seen.replace(INVISIBLE, ''))
      }),
      { numRuns: 500 },
    )
  })

  it('loses nothing between parts but the spaces at their ends', () => {
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 6 }), (words) => {
        const parts = mrkdwnParts(words, 40, 1000)
        for (const part of parts) expect(part.length).to.be.at.most(40)
        const squeezed = (text: string): string => text.replace(/\s+/g, '')
        expect(squeezed(parts.join(''))).to.equal(squeezed(mrkdwn(words, 1e6, TYPED)))
      }),
      { numRuns: 300 },
    )
  })
})

describe('escaped and plain', () => {
  it('hold no bracket and are no longer than they may be', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 100 }), (text, max) => {
        expect(escaped(text, max).length).to.be.at.most(max)
        expect(escaped(text, max)).to.not.match(/[<>]/)
        const object = plain(text, max)
        expect(object.text.length).to.be.within(1, max)
        expect(readMarkup(object.text).entities).to.deep.equal([])
        expect(object.text.replace(/&(amp|lt|gt);/g, '')).to.not.contain('&')
      }),
    )
  })

  it('is a dash when there is nothing to say, since Slack refuses empty text', () => {
    expect(plain(' \u200B\n', 24).text).to.equal('–')
  })
})
