import { expect } from 'chai'
import { cardProblems, cardTable } from '../../../src/sandbox/feishu/card-schema.js'
import { button } from './support.js'

type Card = { [name: string]: unknown }
const plain = (content: string) => ({ tag: 'plain_text', content })
const of = (...elements: object[]): Card => ({
  schema: '2.0',
  config: { update_multi: true },
  body: { elements },
})
const markdown = (content = 'x') => ({ tag: 'markdown', content })
const columns = (...elements: object[]) => ({ tag: 'column_set', columns: [{ tag: 'column', elements }] })
const input = (name: string, more: object = {}) => ({ tag: 'input', name, ...more })
const submit = button('Send', { verb: 'send' }, { name: 'send', form_action_type: 'submit' })
const form = (...elements: object[]) => ({ tag: 'form', name: 'f', elements: [...elements, submit] })
const panel = (...elements: object[]) => ({
  tag: 'collapsible_panel',
  header: { title: plain('more') },
  elements,
})
const nested = (depth: number): object => (depth <= 1 ? markdown() : panel(nested(depth - 1)))
const option = (value: string) => ({ text: plain(value), value })
const select = (more: object = {}) => ({ tag: 'select_static', name: 's', options: [option('a')], ...more })

/** what, a card that passes, a card that does not, where the problem lies */
const RULES: [string, Card, Card, string][] = [
  ['the schema is 2.0', of(), { ...of(), schema: '1.0' }, '/schema'],
  [
    'an attribute must be known',
    of({ ...markdown() }),
    of({ ...markdown(), colour: 'red' }),
    '/body/elements/0/colour',
  ],
  ['an attribute of the card must be known', of(), { ...of(), i18n_elements: {} }, '/i18n_elements'],
  [
    'an attribute of a text must be known',
    of({ tag: 'div', text: plain('x') }),
    of({ tag: 'div', text: { ...plain('x'), bold: true } }),
    '/body/elements/0/text/bold',
  ],
  ['a component must be known', of(markdown()), of({ tag: 'note', elements: [] }), '/body/elements/0/tag'],
  [
    'buttons stand in no action block',
    of(button('a', {})),
    of({ tag: 'action', actions: [] }),
    '/body/elements/0/tag',
  ],
  ['what is required is there', of(markdown()), of({ tag: 'markdown' }), '/body/elements/0/content'],
  [
    'a column stands among columns',
    of(columns(markdown())),
    of({ tag: 'column', elements: [] }),
    '/body/elements/0/tag',
  ],
  ['a card is shared', of(), { ...of(), config: { update_multi: false } }, '/config/update_multi'],
  [
    'a header has a title',
    { ...of(), header: { title: plain('x') } },
    { ...of(), header: { template: 'red' } },
    '/header/title',
  ],
  [
    'a header’s colour is of the palette',
    { ...of(), header: { title: plain('x'), template: 'red' } },
    { ...of(), header: { title: plain('x'), template: 'pink' } },
    '/header/template',
  ],
  [
    'a button’s style is known',
    of(button('a', {}, { type: 'primary' })),
    of(button('a', {}, { type: 'warning' })),
    '/body/elements/0/type',
  ],
  [
    'a behaviour is known',
    of(button('a', {})),
    of({ tag: 'button', text: plain('a'), behaviors: [{ type: 'dance' }] }),
    '/body/elements/0/behaviors/0/type',
  ],
  [
    'a button has no value of its own',
    of(button('a', {})),
    of({ tag: 'button', text: plain('a'), value: {} }),
    '/body/elements/0/value',
  ],
  [
    'a link has an address',
    of({
      tag: 'button',
      text: plain('a'),
      behaviors: [{ type: 'open_url', default_url: 'https://a.example' }],
    }),
    of({ tag: 'button', text: plain('a'), behaviors: [{ type: 'open_url' }] }),
    '/body/elements/0/behaviors/0/default_url',
  ],
  ['a button shows something', of(button('a', {})), of({ tag: 'button', behaviors: [] }), '/body/elements/0'],
  [
    'a question before acting has a title',
    of(button('a', {}, { confirm: { title: plain('?'), text: plain('?') } })),
    of(button('a', {}, { confirm: { text: plain('?') } })),
    '/body/elements/0/confirm/title',
  ],
  [
    'a form stands at the root',
    of(form(input('a'))),
    of(columns(form(input('a')))),
    '/body/elements/0/columns/0/elements/0',
  ],
  ['a form holds no form', of(form(input('a'))), of(form(form(input('a')))), '/body/elements/0/elements/0'],
  [
    'a form holds no table',
    of({ tag: 'table', columns: [{ name: 'c' }] }),
    of(form({ tag: 'table', columns: [{ name: 'c' }] })),
    '/body/elements/0/elements/0',
  ],
  [
    'a form has a name',
    of(form(input('a'))),
    of({ tag: 'form', elements: [submit] }),
    '/body/elements/0/name',
  ],
  [
    'a form can be sent',
    of(form(input('a'))),
    of({ tag: 'form', name: 'f', elements: [input('a')] }),
    '/body/elements/0',
  ],
  [
    'an input in a form has a name',
    of(form(input('a'))),
    of(form({ tag: 'input' })),
    '/body/elements/0/elements/0',
  ],
  [
    'a button in a form has a name',
    of(form(input('a'))),
    of({ tag: 'form', name: 'f', elements: [submit, button('x', {})] }),
    '/body/elements/0/elements/1',
  ],
  ['only a form is sent', of(form()), of(submit), '/body/elements/0'],
  [
    'a name is taken once',
    of(form(input('a'), input('b'))),
    of(form(input('a'), input('a'))),
    '/body/elements/0/elements/1/name',
  ],
  [
    'an id is taken once',
    of({ ...markdown(), element_id: 'a' }),
    of({ ...markdown(), element_id: 'a' }, { ...markdown(), element_id: 'a' }),
    '/body/elements/1/element_id',
  ],
  [
    'an id begins with a letter',
    of({ ...markdown(), element_id: 'a1' }),
    of({ ...markdown(), element_id: '1a' }),
    '/body/elements/0/element_id',
  ],
  [
    'an id has 20 characters',
    of({ ...markdown(), element_id: 'a'.repeat(20) }),
    of({ ...markdown(), element_id: 'a'.repeat(21) }),
    '/body/elements/0/element_id',
  ],
  [
    'an input takes 1000 characters',
    of(form(input('a', { max_length: 1000 }))),
    of(form(input('a', { max_length: 1001 }))),
    '/body/elements/0/elements/0/max_length',
  ],
  ['a select has options', of(select()), of(select({ options: [] })), '/body/elements/0/options'],
  [
    'an option has a value',
    of(select()),
    of(select({ options: [{ text: plain('a') }] })),
    '/body/elements/0/options/0/value',
  ],
  [
    'five levels',
    of(nested(5)),
    of(nested(6)),
    '/body/elements/0/elements/0/elements/0/elements/0/elements/0/elements/0',
  ],
  [
    '200 components',
    of(...Array(200).fill(markdown())),
    of(...Array(201).fill(markdown())),
    '201 components',
  ],
  [
    'five charts',
    of(...Array(5).fill({ tag: 'chart', chart_spec: {} })),
    of(...Array(6).fill({ tag: 'chart', chart_spec: {} })),
    '6 charts',
  ],
  [
    'three tags in a header',
    {
      ...of(),
      header: { title: plain('x'), text_tag_list: Array(3).fill({ tag: 'text_tag', text: plain('x') }) },
    },
    {
      ...of(),
      header: { title: plain('x'), text_tag_list: Array(4).fill({ tag: 'text_tag', text: plain('x') }) },
    },
    '/header/text_tag_list',
  ],
  [
    'padding is in px',
    { ...of(), body: { padding: '12px 8px', elements: [] } },
    { ...of(), body: { padding: '1em', elements: [] } },
    '/body/padding',
  ],
]

describe('the Card 2.0 schema', () => {
  for (const [what, good, bad, where] of RULES) {
    it(`holds: ${what}`, () => {
      expect(cardProblems(good)).to.deep.equal([])
      const problems = cardProblems(bad)
      expect(problems.length).to.be.greaterThan(0)
      expect(
        problems.some((problem) => problem.startsWith(where)),
        problems.join('\n'),
      ).to.equal(true)
    })
  }

  it('holds: 30 KB, in bytes and not in characters', () => {
    const wrapping = Buffer.byteLength(JSON.stringify(of(markdown(''))))
    const fits = of(markdown('派'.repeat(Math.floor((30 * 1024 - wrapping) / 3))))
    expect(cardProblems(fits)).to.deep.equal([])
    const tooLong = of(markdown('派'.repeat(Math.floor((30 * 1024 - wrapping) / 3) + 1)))
    expect(cardProblems(tooLong)).to.have.length(1)
  })

  for (const nothing of [null, undefined, 'card', 7, [], {}]) {
    it(`answers a problem for ${JSON.stringify(nothing)}`, () => {
      expect(cardProblems(nothing)).to.have.length(1)
    })
  }

  it('does not look into what belongs to the app or to a chart', () => {
    const value = { tag: 'note', nested: [{ tag: 'form' }] }
    expect(
      cardProblems(of(button('a', value), { tag: 'chart', chart_spec: { tag: 'bar', data: [] } })),
    ).to.deep.equal([])
  })

  it('can be read as a table, the attributes of inherited names not among it', () => {
    const rows = cardTable()
    expect(rows.find(({ tag }) => tag === 'hr')).to.deep.equal({
      tag: 'hr',
      attributes: ['tag', 'element_id', 'margin'],
      required: ['tag'],
    })
    expect(new Set(rows.map(({ tag }) => tag)).size).to.equal(rows.length)
    expect(cardProblems(of({ tag: 'constructor' }))).to.have.length(1)
    expect(cardProblems(of({ ...markdown(), toString: 'x' }))).to.deep.equal([
      '/body/elements/0/toString is an unknown attribute',
    ])
  })
})
