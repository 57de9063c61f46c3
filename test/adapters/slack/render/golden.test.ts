import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { renderCard } from '../../../../src/adapters/slack/render/card.js'
import { renderForm, renderMessageView } from '../../../../src/adapters/slack/render/form.js'
import { renderWords } from '../../../../src/adapters/slack/render/words.js'
import { EVERYTHING, everyField } from '../../../contract/samples.js'
import { GOLDEN } from '../fixtures.js'

const write = process.env.PAIDAN_GOLDEN === 'write'
const ORIGIN = { channel: 'C0IT', thread: '1795161600.000500' }
const WORDS = {
  text: ['VPN <b> & *mail* are down.\nSee https://wiki.acme.example'],
  author: { name: '李梅 <Mei>' },
}

const SAMPLES: [name: string, render: () => unknown][] = [
  ['card-en', () => renderCard(EVERYTHING.en)],
  ['card-zh-cn', () => renderCard(EVERYTHING['zh-CN'])],
  [
    'card-compact',
    () => renderCard({ ...EVERYTHING.en, compact: true, elements: EVERYTHING.en.elements.slice(3, 5) }),
  ],
  ['form-en', () => renderForm(everyField('en', 3), ORIGIN)],
  ['form-zh-cn', () => renderForm(everyField('zh-CN', 3), ORIGIN)],
  [
    'form-of-many',
    () => renderForm({ ...everyField('en', 205), fields: everyField('en', 205).fields.slice(3, 4) }),
  ],
  [
    'message-view',
    () => renderMessageView({ ...EVERYTHING.en, elements: EVERYTHING.en.elements.slice(0, 1) }),
  ],
  ['words', () => renderWords(WORDS)],
  [
    'words-with-card',
    () =>
      renderWords({
        ...WORDS,
        card: { ...EVERYTHING.en, compact: true, elements: EVERYTHING.en.elements.slice(6, 7) },
      }),
  ],
]

describe('what the renderer makes', () => {
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
