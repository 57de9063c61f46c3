import { expect } from 'chai'
import type { Button, Card, Form } from '../../src/cards/card.js'
import { plain } from '../../src/cards/format.js'
import { LOCALES } from '../../src/i18n/t.js'
import type { Commit, Touch } from '../../src/models/ticket/events.js'
import { STATUSES, type Ticket } from '../../src/models/ticket/ticket.js'
import { withTeam } from '../support/desk-fixture.js'
import { forRequesterEyes, forTeamEyes } from './gallery.js'
import { buttonsOf, cardWords, commit, contextFor, formWords, later, ticketIn, touch } from './sample.js'

const DESK_WITH_REASONS = withTeam({
  reasonsFor: ['release', 'reassign', 'priority', 'dismiss', 'withdraw', 'reopen'],
})
/** As long as a chat lets people write, in both scripts. */
const LONG = '打印机卡纸了 the printer is jammed. '.repeat(800)
const ENDLESS: Partial<Ticket> = {
  title: LONG.slice(0, 300),
  excerpt: LONG,
  urges: { count: 123, lastAt: later(-5) },
  reopenCount: 7,
  resolution: { text: LONG, cause: LONG, prevention: LONG, byId: 'bo', at: later(-5) },
}
const TOUCHES: readonly Touch[] = [
  touch(),
  touch({ id: 'a', side: 'team', authorId: 'bo', text: '请重启' }),
  touch({ id: 'b', side: 'team', authorId: 'cy', visibility: 'internal' }),
  touch({ id: 'c', side: 'team', authorId: 'bo', visibility: 'note' }),
]
const COMMITS: readonly Commit[] = Array.from({ length: 90 }, (_, i) =>
  commit([{ type: 'touch.added', touch: touch({ id: `x${i}`, text: LONG }) }], 'ann', later(i)),
)

function everything(): { name: string; cards: Card[]; forms: Form[] }[] {
  return LOCALES.flatMap((locale) =>
    STATUSES.flatMap((status) =>
      [{}, ENDLESS].flatMap((more) => {
        const ctx = contextFor(locale, { desk: DESK_WITH_REASONS })
        const ticket = ticketIn(status, more)
        const name = `${locale} ${status}${more === ENDLESS ? ' endless' : ''}`
        return [
          forRequesterEyes(ticket, COMMITS, TOUCHES, ctx),
          forTeamEyes(ticket, COMMITS, TOUCHES, ctx),
        ].map(({ cards, forms }) => ({ name, cards, forms }))
      }),
    ),
  )
}

describe('what every messenger can show', () => {
  const all = everything()
  const cards = all.flatMap(({ name, cards: list }) => list.map((card) => ({ name, card })))
  const forms = all.flatMap(({ name, forms: list }) => list.map((form) => ({ name, form })))

  it('has buttons of at most 30 characters, and questions that fit', () => {
    for (const { name, card } of cards) {
      for (const button of buttonsOf(card)) {
        expect([...button.label].length, `${name} ${button.label}`).to.be.within(1, 30)
        confirmFits(button, name)
      }
    }
  })
  it('has at most five buttons in a row, and one menu', () => {
    for (const { name, card } of cards) {
      for (const element of card.elements) {
        if (element.kind !== 'controls') continue
        const menus = element.controls.filter((control) => control.kind === 'menu')
        expect(element.controls.length - menus.length, name).to.be.at.most(5)
        expect(menus.length, name).to.be.at.most(1)
        for (const menu of menus)
          for (const { label } of menu.options) expect(label.length, name).to.be.at.most(75)
      }
    }
  })
  it('has one ticket in each menu', () => {
    for (const { card } of cards) {
      for (const element of card.elements) {
        if (element.kind !== 'controls') continue
        for (const control of element.controls) {
          if (control.kind !== 'menu') continue
          expect(new Set(control.options.map((option) => option.action.ticketId)).size).to.equal(1)
        }
      }
    }
  })
  it('has titles of at most 150 characters and a summary in words', () => {
    for (const { name, card } of cards) {
      expect([...card.title].length, name).to.be.within(1, 150)
      expect(card.summary.trim(), name).to.not.equal('')
    }
  })
  it('has form titles and buttons of at most 24 characters', () => {
    for (const { form } of forms) {
      expect(form.title.length, form.title).to.be.within(1, 24)
      expect(form.cancel.length).to.be.within(1, 24)
      if (form.submit !== undefined) expect(form.submit.length, form.submit).to.be.within(1, 24)
    }
  })
  it('has form texts of at most 3000 characters and choices that fit', () => {
    for (const { name, form } of forms) {
      expect(form.fields.length, name).to.be.at.most(50)
      for (const field of form.fields) {
        if (field.kind === 'say')
          expect(plain(field.text).length, `${name} ${form.title}`).to.be.at.most(3000)
        if (field.kind === 'text') expect(field.maxLength).to.be.at.most(3000)
        if (field.kind === 'choice')
          for (const { label } of field.options) expect(label.length).to.be.within(1, 75)
      }
    }
  })
  it('names each field of a form once', () => {
    for (const { form } of forms) {
      const names = form.fields.flatMap((field) => ('name' in field ? [field.name] : []))
      expect(new Set(names).size).to.equal(names.length)
    }
  })
  it('leaves no placeholder unfilled', () => {
    for (const { name, card } of cards) expect(cardWords(card), name).to.not.match(/\{\w+\}/)
    for (const { name, form } of forms) expect(formWords(form), name).to.not.match(/\{\w+\}/)
  })
})

function confirmFits({ confirm }: Button, name: string): void {
  if (!confirm) return
  expect(confirm.title.length, name).to.be.within(1, 100)
  expect(confirm.text.length, name).to.be.within(1, 300)
  expect(confirm.yes.length, name).to.be.within(1, 30)
  expect(confirm.no.length, name).to.be.within(1, 30)
}

describe('a Chinese desk', () => {
  const ctx = contextFor('zh-CN', { desk: DESK_WITH_REASONS })
  for (const status of STATUSES) {
    it(`speaks no English while a ticket is ${status}`, () => {
      const ticket = ticketIn(status)
      const commits = [commit([{ type: 'touch.added', touch: touch() }], 'ann')]
      for (const { cards, forms, lines } of [
        forRequesterEyes(ticket, commits, TOUCHES, ctx),
        forTeamEyes(ticket, commits, TOUCHES, ctx),
      ]) {
        for (const card of cards) expect(latin(cardWords(card)), card.title).to.deep.equal([])
        for (const form of forms) expect(latin(formWords(form)), form.title).to.deep.equal([])
        for (const line of lines) expect(latin(plain(line.text)), plain(line.text)).to.deep.equal([])
      }
    })
  }
})

function latin(words: string): string[] {
  return (words.match(/[A-Za-z]+/g) ?? []).filter((word) => word !== 'MB')
}
