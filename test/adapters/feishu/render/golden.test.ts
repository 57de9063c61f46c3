import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { renderCard } from '../../../../src/adapters/feishu/render/card.js'
import { renderEnded, renderForm } from '../../../../src/adapters/feishu/render/form.js'
import { renderPost } from '../../../../src/adapters/feishu/render/post.js'
import { asCard } from '../../../../src/adapters/feishu/render/words.js'
import { EVERYTHING, everyField } from '../../../contract/samples.js'

const GOLDEN = new URL('../../../fixtures/feishu/golden/', import.meta.url)
const write = process.env.PAIDAN_GOLDEN === 'write'
const WORDS = {
  text: ['VPN <b> & *mail* are down.\nSee https://wiki.acme.example'],
  author: { name: '李梅 <Mei>' },
}
const BUTTONS = { ...EVERYTHING.en, compact: true as const, elements: EVERYTHING.en.elements.slice(6, 7) }

const SAMPLES: [name: string, render: () => unknown][] = [
  ['card-en', () => renderCard(EVERYTHING.en)],
  ['card-zh-cn', () => renderCard(EVERYTHING['zh-CN'])],
  ['card-compact', () => renderCard({ ...BUTTONS, elements: EVERYTHING.en.elements.slice(3, 5) })],
  ['form-en', () => renderForm(everyField('en', 3))],
  ['form-zh-cn', () => renderForm(everyField('zh-CN', 3))],
  ['form-ended', () => renderEnded('Resolve <it>', 'Done.')],
  ['words', () => renderPost(WORDS)],
  ['words-with-card', () => JSON.parse(asCard({ ...WORDS, card: BUTTONS }).content)],
]

describe('what the renderer of Feishu makes', () => {
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
