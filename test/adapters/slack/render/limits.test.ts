import { expect } from 'chai'
import { decodeAction, decodeChoice } from '../../../../src/adapters/slack/action-codec.js'
import { renderCard } from '../../../../src/adapters/slack/render/card.js'
import { renderForm, renderMessageView } from '../../../../src/adapters/slack/render/form.js'
import { renderAuthor, renderWords } from '../../../../src/adapters/slack/render/words.js'
import type { Card, Control, Element, Form } from '../../../../src/cards/card.js'
import { blockProblems, blocksTooLong, viewProblems } from '../../../../src/sandbox/slack/block-kit.js'
import { everyField, longCard } from '../../../contract/samples.js'
import { textObjects } from '../entities.js'

const TICKET = '01hzy3v7k2m4n6p8q0r2s4t6v8'
const PERSON = '01hzy3v7k2m4n6p8q0r2s4t6v9'

function cardOf(...elements: Element[]): Card {
  return { audience: 'team', locale: 'en', title: 'T', tone: 'info', summary: 'S', elements }
}
const controls = (...all: Control[]): Element => ({ kind: 'controls', controls: all })
const button = (label: string): Control => ({
  kind: 'button',
  label,
  action: { verb: 'claim', ticketId: TICKET },
})
const people = (n: number): Control => ({
  kind: 'menu',
  label: 'Assign…',
  options: Array.from({ length: n }, (_, i) => ({
    label: `Person ${i}`,
    action: { verb: 'relocate', ticketId: TICKET, arg: `${PERSON}${i}` },
  })),
})

interface Found {
  action_id: string
  value?: string
  options?: { value: string }[]
  option_groups?: { label: { text: string }; options: { value: string }[] }[]
}
function elementsOf(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(elementsOf)
  if (typeof value !== 'object' || value === null) return []
  const own = 'action_id' in value ? [value as Found] : []
  return [...own, ...Object.values(value).flatMap(elementsOf)]
}
const problemsOf = (card: Card): string[] => {
  const { blocks } = renderCard(card)
  return [...blockProblems(blocks, 'message'), ...(blocksTooLong(blocks) ? ['msg_blocks_too_long'] : [])]
}

describe('a card that is too large for Slack', () => {
  it('keeps its buttons when texts must go', () => {
    const texts = Array.from(
      { length: 60 },
      (_, i): Element => ({ kind: 'text', text: ['wort '.repeat(i * 9)] }),
    )
    const card = cardOf(...texts, controls(button('Last')))
    expect(problemsOf(card)).to.deep.equal([])
    const actions = renderCard(card)
    expect(JSON.stringify(actions.blocks)).to.contain('Last')
  })

  it('shows as many of 500 rows as there is room for', () => {
    const rows = Array.from({ length: 500 }, (_, i) => ({ text: [`row ${i}`] }))
    const card = cardOf({ kind: 'rows', rows })
    expect(problemsOf(card)).to.deep.equal([])
    expect(renderCard(card).blocks).to.have.length(50)
  })

  it('is within the limits with 300 buttons and a menu of 3,000', () => {
    const card = cardOf(controls(...Array.from({ length: 300 }, (_, i) => button(`B${i}`)), people(3000)))
    expect(problemsOf(card)).to.deep.equal([])
  })

  it('is within the limits with ten files whose addresses are long', () => {
    const files = Array.from({ length: 10 }, (_, i) => ({
      name: 'n'.repeat(300),
      bytes: i,
      url: `https://x.example/${'p'.repeat(1400)}`,
    }))
    expect(problemsOf(cardOf({ kind: 'files', files }))).to.deep.equal([])
    expect(
      JSON.stringify(renderCard(cardOf({ kind: 'files', files: files.slice(0, 3) })).blocks).match(/📎/gu),
    ).to.have.length(3)
  })

  it('is one line long for notifications', () => {
    expect(renderCard({ ...cardOf(), summary: '界'.repeat(50_000) }).text.length).to.be.at.most(4000)
  })
})

describe('controls', () => {
  it('have an action_id each, all different, that begins with the verb', () => {
    const rows: Element = { kind: 'rows', rows: [{ text: ['r'], control: button('Z') as never }] }
    const found = elementsOf(renderCard(cardOf(controls(button('A'), button('B'), people(3)), rows)).blocks)
    expect(found.map((element) => element.action_id)).to.deep.equal([
      'claim:0',
      'claim:1',
      `relocate:2:${TICKET}`,
      'claim:3',
    ])
  })

  it('carry a ticket and an argument in a menu, where an option has room for 75 characters', () => {
    const [menu] = elementsOf(renderCard(cardOf(controls(people(3)))).blocks)
    const value = menu?.options?.[2]?.value ?? ''
    expect(value.length).to.be.at.most(75)
    expect(decodeChoice(menu?.action_id ?? '', value)).to.deep.equal({
      verb: 'relocate',
      ticketId: TICKET,
      arg: `${PERSON}2`,
    })
  })

  it('are left out when Slack could not carry them', () => {
    const long: Control = { kind: 'button', label: 'L', action: { verb: 'claim', arg: 'x'.repeat(1995) } }
    const fake: Control = { kind: 'link_button', label: 'F', url: 'javascript:alert(1)' }
    const empty: Control = { kind: 'menu', label: 'M', options: [] }
    expect(renderCard(cardOf(controls(long, fake, empty))).blocks).to.have.length(1)
  })

  it('decode to nothing when they were forged', () => {
    for (const value of [
      '',
      'null',
      '7',
      '[]',
      '{}',
      '{"verb":"root"}',
      '{"verb":"claim","role":"admin"}',
      '{"verb":"toString"}',
      '{"verb":"claim","ticketId":7}',
    ]) {
      expect(decodeAction(value), value).to.equal(undefined)
    }
    for (const value of ['', '[]', '["root"]', '["claim","a","b"]', '{"verb":"claim"}', '["claim",7]']) {
      expect(decodeChoice('claim:0:t', value), value).to.equal(undefined)
    }
  })
})

describe('a form', () => {
  it('groups more than a hundred choices, finds the one chosen, and names groups by their ends', () => {
    const view = renderForm(everyField('en', 250))
    expect(viewProblems(JSON.parse(JSON.stringify(view)))).to.deep.equal([])
    const [select] = elementsOf(view.blocks).filter((element) => element.option_groups !== undefined)
    expect(select?.option_groups?.map((group) => group.options.length)).to.deep.equal([100, 100, 50])
    expect(JSON.stringify(select)).to.contain('"initial_option"').and.contain('person-249')
  })

  it('is never larger than Slack takes, however many choices', () => {
    const many = everyField('zh-CN', 2500)
    const view = renderForm({
      ...many,
      fields: [...many.fields, ...many.fields.map((f) => ('name' in f ? { ...f, name: `${f.name}2` } : f))],
    })
    expect(Buffer.byteLength(JSON.stringify(view))).to.be.below(250_000)
    expect(viewProblems(JSON.parse(JSON.stringify(view)))).to.deep.equal([])
  })

  it('has a submit button when it has an input, since Slack refuses it otherwise', () => {
    const { submit: _none, ...form } = everyField('en', 1)
    expect(viewProblems(JSON.parse(JSON.stringify(renderForm(form))))).to.deep.equal([])
  })

  it('has none when it only shows something', () => {
    const form: Form = {
      verb: 'why',
      locale: 'en',
      title: 'Why',
      cancel: 'Close',
      fields: [{ kind: 'say', text: ['because'] }],
    }
    const view = renderForm(form)
    expect(view).to.not.have.property('submit')
    expect(viewProblems(JSON.parse(JSON.stringify(view)))).to.deep.equal([])
  })

  it('shows something even when it has nothing to show', () => {
    const form: Form = { verb: 'why', locale: 'en', title: '', cancel: '', fields: [] }
    expect(viewProblems(JSON.parse(JSON.stringify(renderForm(form))))).to.deep.equal([])
  })

  it('gives back a prefilled text as it is: Slack does not decode that', () => {
    const [first] = renderForm({
      ...everyField('en', 1),
      fields: [
        {
          kind: 'text',
          name: 'a',
          label: 'A',
          lines: 'one',
          required: true,
          maxLength: 20,
          value: 'a < b & c',
        },
      ],
    }).blocks
    expect(JSON.stringify(first)).to.contain('"initial_value":"a < b & c"')
  })

  it('is replaced by a message within the limits', () => {
    for (const card of [longCard('en', 9), longCard('zh-CN', 9), cardOf()]) {
      expect(viewProblems(JSON.parse(JSON.stringify(renderMessageView(card))))).to.deep.equal([])
    }
  })
})

describe('words', () => {
  it('are shown in full over several sections, then cut', () => {
    const { blocks } = renderWords({ text: ['wort '.repeat(1500)] })
    expect(blockProblems(blocks, 'message')).to.deep.equal([])
    expect(textObjects(blocks).map(({ text }) => text.length)).to.satisfy(
      (all: number[]) => all.length === 3 && all.every((n) => n <= 3000),
    )
    expect(JSON.stringify(renderWords({ text: ['wort '.repeat(9000)] }))).to.contain('…')
  })

  it('may be empty when files come with them', () => {
    const file = { name: '<x>.png', bytes: 1, mediaType: 'image/png', read: async () => Buffer.alloc(1) }
    const { blocks, text } = renderWords({ text: [], files: [file] })
    expect(text).to.equal('📎 &lt;x&gt;.png')
    expect(blockProblems(blocks, 'message')).to.deep.equal([])
  })

  it('are verbatim, so that Slack makes no links and mentions of its own', () => {
    for (const object of textObjects(renderWords({ text: ['@channel #general https://x.example'] }).blocks)) {
      expect(object).to.include({ type: 'mrkdwn', verbatim: true })
    }
  })

  it('are shown under a name without marks', () => {
    expect(renderAuthor({ name: '\u202EAnn <x>' })).to.deep.equal({ username: 'Ann &lt;x&gt;' })
    expect(renderAuthor(undefined)).to.deep.equal({})
    expect(renderAuthor({ name: 'n'.repeat(200) }).username?.length).to.be.at.most(80)
  })
})
