import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IAdaptiveCard } from '@microsoft/teams.cards'
import { expect } from 'chai'
import { mayAsk } from '../../../../src/adapters/teams/action-codec.js'
import { renderCard } from '../../../../src/adapters/teams/render/card.js'
import type { AdaptiveCard } from '../../../../src/adapters/teams/render/elements.js'
import { renderCardDialog, renderForm, renderQuestion } from '../../../../src/adapters/teams/render/form.js'
import { renderWords } from '../../../../src/adapters/teams/render/words.js'
import { cardProblems, dialogCardProblems } from '../../../../src/sandbox/teams/card-schema.js'
import { EVERYTHING, everyField } from '../../../contract/samples.js'
import { VIEWS } from './gallery-of.js'

const GOLDEN = new URL('../../../fixtures/teams/golden/', import.meta.url)
const write = process.env.PAIDAN_GOLDEN === 'write'
const AUTHOR = { name: '李梅 <Mei>' }
const WORDS = { text: ['VPN <b> & *mail* are down.\nSee https://wiki.acme.example'], author: AUTHOR }

/** Microsoft's own types agree with ours: checked by the compiler, for every card there can be. */
const asMicrosoftSays = (card: AdaptiveCard): IAdaptiveCard => card satisfies IAdaptiveCard

const SAMPLES: [name: string, render: () => unknown][] = [
  ['card-en', () => asMicrosoftSays(renderCard(EVERYTHING.en))],
  ['card-zh-cn', () => asMicrosoftSays(renderCard(EVERYTHING['zh-CN']))],
  [
    'card-compact',
    () => renderCard({ ...EVERYTHING.en, compact: true, elements: EVERYTHING.en.elements.slice(3, 5) }),
  ],
  ['card-in-dialog', () => renderCardDialog(EVERYTHING.en)],
  ['form-en', () => renderForm(everyField('en', 3))],
  ['form-zh-cn', () => renderForm(everyField('zh-CN', 3))],
  [
    'form-again',
    () =>
      renderForm(everyField('en', 3), {
        values: { many: 'typed' },
        errors: { many: 'Too short.', x: 'No.' },
      }),
  ],
  [
    'question',
    () =>
      renderQuestion(
        { title: 'Sure?', text: '1. _It_ cannot be undone', yes: 'Yes', no: 'No' },
        '{"verb":"claim"}',
      ),
  ],
  ['words', () => renderWords(WORDS)],
  [
    'words-with-card',
    () =>
      renderWords({
        ...WORDS,
        files: [
          { name: 'a <b>.png', bytes: 3000, mediaType: 'image/png', read: async () => Buffer.alloc(0) },
        ],
        card: { ...EVERYTHING.en, compact: true, elements: EVERYTHING.en.elements.slice(6, 7) },
      }),
  ],
]

describe('what the renderer for Teams makes', () => {
  for (const [name, render] of SAMPLES) {
    it(`of ${name} is as it was reviewed`, () => {
      const made = `${JSON.stringify(render(), null, 2)}\n`
      const file = new URL(`${name}.json`, GOLDEN)
      if (write) {
        mkdirSync(GOLDEN, { recursive: true })
        writeFileSync(file, made)
      }
      expect(JSON.parse(made)).to.deep.equal(JSON.parse(readFileSync(file, 'utf8')))
    })
  }
})

describe('every view of the desk on Teams', () => {
  for (const { name, cards, forms } of VIEWS) {
    it(`is a card that Teams takes (${name})`, () => {
      expect(cards.length).to.be.greaterThan(20)
      expect(cards.flatMap((card) => cardProblems(plainly(renderCard(card))))).to.deep.equal([])
    })

    it(`is a form that Teams takes, behind a button that opens one (${name})`, () => {
      expect(forms.length).to.be.greaterThan(5)
      for (const form of forms) {
        expect(dialogCardProblems(plainly(renderForm(form).card.content))).to.deep.equal([])
        expect(mayAsk({ verb: form.verb }), form.verb).to.equal(true)
      }
    })
  }

  it('is a card that a dialog takes', () => {
    const [first] = VIEWS
    const problems = first?.cards.flatMap((card) => dialogCardProblems(plainly(renderCard(card, 'dialog'))))
    expect(problems).to.deep.equal([])
  })
})

function plainly(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
