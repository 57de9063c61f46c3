import { expect } from 'chai'
import fc from 'fast-check'
import type { Card, Form } from '../../../src/cards/card.js'
import type { Words } from '../../../src/delivery/messenger.js'
import { RENDERERS } from './all-samples.js'
import { type Found, objectsIn, type Renderer } from './renderer.js'

/** What means something to one of the three, alone or beside others. */
const SIGNS = [
  ...['<', '>', '&', '|', '!', '@', '#', '*', '**', '_', '__', '~', '~~', '`', '```', '[', ']', '(', ')'],
  ...[
    '{',
    '}',
    '\\',
    '$',
    ':',
    '-',
    '+',
    '=',
    '1.',
    '---',
    '# ',
    '> ',
    '- ',
    '* ',
    '    ',
    '\t',
    '\n',
    '\n\n',
  ],
  ...[
    'lt;',
    'amp;',
    '&#42;',
    '&lt;',
    '"',
    "'",
    '=',
    '/',
    '。',
    '（',
    '字',
    'b',
    ' ',
    '👍',
    '\u200D',
    '\u00A0',
  ],
  ...['<!channel>', '<!here|x>', '<@U0EVE>', '<#C1|x>', '<!date^1^{date}|x>', '@channel', ':smile:', ':OK:'],
  ...[
    '<at>Eve</at>',
    '<at id=all></at>',
    '<at id=ou_eve></at>',
    "<font color='red'>",
    '</font>',
    '<person id=x>',
  ],
  ...[
    '**bold**',
    '*bold*',
    '_it_',
    '~gone~',
    '`code`',
    '[x](y)',
    '![x](y)',
    '[x](javascript:alert)',
    '<b>x</b>',
  ],
  ...[
    '{{DATE(2026-01-01T00:00:00Z)}}',
    '<img src=x>',
    '<script>',
    '<a href="x">x</a>',
    '<br>',
    '"}]}',
    '{"tag":"hr"}',
  ],
  ...['\u202E', '\u200B', '\u2066', '\uFEFF', '\u2028', '\r', '$$x$$', '| a | b |', '~~~', '===', '\u0000'],
]
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u
const nasty = fc
  .oneof(
    fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 12 }).map((signs) => signs.join('')),
    fc.string({ unit: 'grapheme', maxLength: 24 }),
  )
  .filter((text) => SEEN.test(text))
/** The same card with words that mean nothing shows what our own marks are. */
const CALM = 'calm'
/** What was once shown as more than words. */
const KNOWN: [string][] = [['\u00A0# x'], ['see!'], ['_'], ['**bold**<'], ['↚'], ['⚠️（急）'], ['⁦<b⁦'], ['𐊀']]
const RUNS = 200

for (const renderer of RENDERERS) {
  describe(`what people write, on ${renderer.name}`, function () {
    this.timeout(120_000)

    it('becomes no mention, link, style, tag or element of its own on a card', () => {
      holds(renderer, (words) => renderer.card(cardOf(words)))
    })
    it('becomes none in a form', () => {
      holds(renderer, (words) => renderer.form(formOf(words)))
    })
    it('becomes none beside a button in words', () => {
      holds(
        renderer,
        (words) => renderer.words({ ...wordsOf(words), card: cardOf(words) }),
        typedStyles(renderer),
      )
    })
    it('becomes none in words', () => {
      holds(renderer, (words) => renderer.words(wordsOf(words)), typedStyles(renderer))
    })
    it('never changes what a button does or a field is called', () => {
      fc.assert(
        fc.property(nasty, (words) => {
          const pressed = (text: string) =>
            renderer.pressables(renderer.card(cardOf(text))).map(({ action }) => action)
          const asked = (text: string) => renderer.inputs(renderer.form(formOf(text))).map(({ name }) => name)
          expect(pressed(words)).to.deep.equal(pressed(CALM))
          expect(asked(words)).to.deep.equal(asked(CALM))
        }),
        { numRuns: RUNS, examples: KNOWN },
      )
    })
    it('is read as it was written', () => {
      fc.assert(
        fc.property(nasty, (words) => {
          const text = [words]
          const card: Card = { ...cardOf(CALM), compact: true, elements: [{ kind: 'text', text }] }
          expect(bare(renderer.read(renderer.card(card)).shown)).to.equal(bare(words))
        }),
        { numRuns: RUNS, examples: KNOWN },
      )
    })
  })
}

/** The same marks and the same elements, whatever the words. */
function holds(
  renderer: Renderer,
  make: (words: string) => unknown,
  but: ReadonlySet<string> = new Set(),
): void {
  const calm = make(CALM)
  const marks = (sent: unknown): string[] => renderer.read(sent).marks.filter((mark) => !but.has(mark))
  fc.assert(
    fc.property(nasty, (words) => {
      const sent = make(words)
      expect(without(marks(sent), marks(calm)), 'marks of their own').to.deep.equal([])
      // Slack cannot be made to style words that end with one of its marks
      if (renderer.name !== 'slack') expect(marks(sent)).to.deep.equal(marks(calm))
      expect(kindsIn(sent)).to.deep.equal(kindsIn(calm))
    }),
    { numRuns: RUNS, examples: KNOWN },
  )
}

/** What is left of `all` when each of `some` is taken away once. */
function without(all: readonly string[], some: readonly string[]): string[] {
  const left = [...some]
  return all.filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function typedStyles({ keepsTypedStyles }: Renderer): ReadonlySet<string> {
  return new Set(keepsTypedStyles ? ['bold', 'italic', 'struck', 'code', 'code block'] : [])
}

/** A message of several lines is several texts on Feishu. */
const kindsIn = (sent: unknown): string[] =>
  objectsIn(sent, ({ type, tag }: Found) => typeof (type ?? tag) === 'string')
    .map(({ type, tag }) => String(type ?? tag))
    .filter((kind) => kind !== 'text')

/** Without what shows nothing; lines and blanks are the messenger's. */
function bare(text: string): string {
  return text
    .replace(/[\p{Cc}\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\s]/gu, '')
    .replaceAll('\u200D', '')
}

/** Somebody's words wherever a card has room for any. */
function cardOf(words: string): Card {
  const strong = { kind: 'strong', text: words } as const
  const action = { verb: 'assign', ticketId: 't1', arg: 'a' } as const
  const person = {
    kind: 'person',
    id: 'p',
    name: words,
    userIds: { slack: 'U1', teams: '29:x', feishu: 'ou_1' },
  } as const
  const confirm = { title: words, text: words, yes: words, no: words }
  return {
    audience: 'team',
    locale: 'en',
    title: words,
    tone: 'info',
    summary: words,
    elements: [
      { kind: 'text', text: [words] },
      { kind: 'text', text: [words, strong, words, strong] },
      {
        kind: 'text',
        text: [strong, ' ', { kind: 'quiet', text: words }, '\n', { kind: 'code', text: '//' }, words],
      },
      {
        kind: 'text',
        text: [person, words, { kind: 'link', text: words, url: 'https://desk.example/t' }, words],
      },
      { kind: 'quote', text: [words] },
      { kind: 'small', text: [words, ' · ', words] },
      {
        kind: 'facts',
        facts: [
          { label: words, value: [words] },
          { label: 'x', value: [person, ' · ', words] },
        ],
      },
      { kind: 'files', files: [{ name: words, bytes: 1, url: 'https://desk.example/f' }] },
      { kind: 'rows', rows: [{ text: [words], control: { kind: 'button', label: words, action } }] },
      {
        kind: 'controls',
        controls: [
          { kind: 'button', label: words, action, style: 'danger', confirm },
          {
            kind: 'menu',
            label: words,
            options: [
              { label: words, action },
              { label: words, action },
            ],
          },
          { kind: 'link_button', label: words, url: 'https://desk.example/t' },
        ],
      },
    ],
  }
}

function formOf(words: string): Form {
  return {
    verb: 'assign',
    ticketId: 't1',
    locale: 'en',
    title: words,
    submit: words,
    cancel: words,
    fields: [
      { kind: 'say', text: [words, { kind: 'strong', text: words }] },
      {
        kind: 'text',
        name: 'a',
        label: words,
        hint: words,
        lines: 'many',
        required: true,
        maxLength: 99,
        value: words,
      },
      {
        kind: 'choice',
        name: 'b',
        label: words,
        hint: words,
        required: true,
        options: [{ label: words, value: 'v' }],
      },
      { kind: 'files', name: 'c', label: words, required: false, maxFiles: 2 },
    ],
  }
}

function wordsOf(words: string): Words {
  const files = [{ name: words, bytes: 1, mediaType: 'image/png', read: async () => Buffer.alloc(0) }]
  return { text: [words, ' ', { kind: 'strong', text: words }, '\n', words], author: { name: words }, files }
}
