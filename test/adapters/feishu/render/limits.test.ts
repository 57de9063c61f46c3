import { expect } from 'chai'
import { renderCard } from '../../../../src/adapters/feishu/render/card.js'
import { renderForm } from '../../../../src/adapters/feishu/render/form.js'
import { asCard } from '../../../../src/adapters/feishu/render/words.js'
import type { Card, Control, Element } from '../../../../src/cards/card.js'
import { LOCALES } from '../../../../src/i18n/t.js'
import type { Commit, Touch } from '../../../../src/models/ticket/events.js'
import { STATUSES } from '../../../../src/models/ticket/ticket.js'
import { cardProblems } from '../../../../src/sandbox/feishu/card-schema.js'
import { forRequesterEyes, forTeamEyes } from '../../../cards/gallery.js'
import { commit, contextFor, later, ticketIn, touch } from '../../../cards/sample.js'
import { everyField } from '../../../contract/samples.js'
import { elementsOf } from '../entities.js'

function cardOf(...elements: Element[]): Card {
  return { audience: 'team', locale: 'en', title: 'T', tone: 'info', summary: 'S', elements }
}
const controls = (...all: Control[]): Element => ({ kind: 'controls', controls: all })
const button = (label: string): Control => ({
  kind: 'button',
  label,
  action: { verb: 'claim', ticketId: 't' },
})
const people = (n: number): Control => ({
  kind: 'menu',
  label: 'Assign…',
  options: Array.from({ length: n }, (_, i) => ({
    label: `Person ${i}`,
    action: { verb: 'assign', ticketId: 't', arg: `p${i}` },
  })),
})
const problemsOf = (card: Card): string[] => cardProblems(renderCard(card))

describe('a card that is too large for Feishu', () => {
  it('keeps its buttons when texts must go', () => {
    const texts = Array.from(
      { length: 60 },
      (_, i): Element => ({ kind: 'text', text: ['界'.repeat(i * 20)] }),
    )
    const card = cardOf(...texts, controls(button('Last')))
    expect(problemsOf(card)).to.deep.equal([])
    expect(elementsOf(renderCard(card), 'button')).to.have.length(1)
  })

  it('shows as many of 500 rows as there is room for', () => {
    const rows = Array.from({ length: 500 }, (_, i) => ({ text: [`row ${i}`] }))
    expect(problemsOf(cardOf({ kind: 'rows', rows }))).to.deep.equal([])
    expect(elementsOf(renderCard(cardOf({ kind: 'rows', rows })), 'markdown').length).to.be.at.least(150)
  })

  it('is within the limits with 300 buttons and a menu of 3,000', () => {
    const many = Array.from({ length: 300 }, (_, i) => button(`B${i}`))
    expect(problemsOf(cardOf(controls(...many, people(3000))))).to.deep.equal([])
    expect(problemsOf(cardOf(controls(people(3000))))).to.deep.equal([])
    expect(problemsOf(cardOf(controls(people(60), people(60), people(60))))).to.deep.equal([])
  })

  it('leaves out controls that Feishu could not carry', () => {
    const long: Control = { kind: 'button', label: 'L', action: { verb: 'claim', arg: 'x'.repeat(1995) } }
    const fake: Control = { kind: 'link_button', label: 'F', url: 'javascript:alert(1)' }
    const empty: Control = { kind: 'menu', label: 'M', options: [] }
    expect(renderCard(cardOf(controls(long, fake, empty))).body.elements).to.deep.equal([
      { tag: 'markdown', content: '–' },
    ])
  })

  it('is within the limits when words stand above it', () => {
    const words = {
      text: ['界'.repeat(9000)],
      author: { name: 'N'.repeat(500) },
      card: cardOf(controls(button('B'))),
    }
    expect(cardProblems(JSON.parse(asCard(words).content))).to.deep.equal([])
  })
})

describe('a form', () => {
  it('keeps who is chosen among those it has room for', () => {
    const form = everyField('en', 250)
    const select = elementsOf(renderForm(form), 'select_static')[0] as
      | { options: unknown[]; initial_option: string }
      | undefined
    expect(select?.initial_option).to.equal('person-249')
    expect(JSON.stringify(select?.options)).to.contain('"person-249"')
    expect(select?.options.length).to.be.within(15, 100)
  })

  it('is never larger than Feishu takes, however many fields', () => {
    const one = everyField('zh-CN', 250)
    const fields = [1, 2, 3].flatMap((n) =>
      one.fields.map((f) => ('name' in f ? { ...f, name: `${f.name}${n}` } : f)),
    )
    expect(cardProblems(renderForm({ ...one, fields }))).to.deep.equal([])
  })

  it('can be put away when it only shows something', () => {
    const card = renderForm({
      verb: 'why',
      locale: 'en',
      title: 'Why',
      cancel: 'Close',
      fields: [{ kind: 'say', text: ['x'] }],
    })
    expect(cardProblems(card)).to.deep.equal([])
    expect(elementsOf(card, 'form')).to.deep.equal([])
    expect(elementsOf(card, 'button')).to.have.length(1)
  })

  it('can be sent when it has nothing to fill in', () => {
    const card = renderForm({ ...everyField('en', 1), fields: [] })
    expect(cardProblems(card)).to.deep.equal([])
    expect(elementsOf(card, 'button')).to.have.length(2)
  })
})

describe('everything that the desk shows', () => {
  const LONG = '打印机卡纸了 the printer is jammed. '.repeat(150)
  const touches: readonly Touch[] = [touch(), touch({ id: 'a', side: 'team', authorId: 'bo', text: LONG })]
  const commits: readonly Commit[] = Array.from({ length: 15 }, (_, i) =>
    commit([{ type: 'touch.added', touch: touch({ id: `x${i}`, text: LONG }) }], 'ann', later(i)),
  )
  for (const locale of LOCALES) {
    it(`is taken by Feishu (${locale})`, () => {
      for (const status of STATUSES) {
        for (const more of [{}, { title: LONG.slice(0, 300), excerpt: LONG }]) {
          const ticket = ticketIn(status, more)
          const ctx = contextFor(locale, {})
          for (const eyes of [forRequesterEyes, forTeamEyes]) {
            const { cards, forms } = eyes(ticket, commits, touches, ctx)
            for (const card of cards) expect(problemsOf(card), `${status} ${card.title}`).to.deep.equal([])
            for (const form of forms)
              expect(cardProblems(renderForm(form)), `${status} ${form.title}`).to.deep.equal([])
          }
        }
      }
    }).timeout(30_000)
  }
})
