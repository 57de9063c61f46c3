import { expect } from 'chai'
import { LOCALES } from '../../../src/i18n/t.js'
import { everySample, kindOf, RENDERERS, sentBy } from './all-samples.js'
import { isForm, type Shown } from './shown.js'
import type { Twist } from './story.js'

const of = (words: Twist['words'], more: Partial<Twist> = {}): Twist => ({
  words,
  files: 1,
  members: 0,
  ...more,
})
const to = (length: number, filler: string) => (words: string) =>
  `${words} ${filler.repeat(Math.ceil(length / filler.length))}`.slice(0, length)

/** What people do to a desk. */
const WORST: [name: string, twist: Twist][] = [
  ['titles of 300 characters', of(to(300, '打印机卡纸了 the printer is jammed, '))],
  ['words as long as a message may be', of(to(8000, '打印机卡纸了 the printer is jammed. '))],
  ['words of one letter', of(() => 'x')],
  ['signs that all have to be escaped', of(to(3000, '<&>*_[`'))],
  ['fifty files', of((words) => words, { files: 50 })],
  ['a hundred people to choose from', of((words) => words, { members: 98 })],
  ['a hundred people with long names', of(to(90, '欧阳司马上官 <Donaudampfschifffahrt> '), { members: 98 })],
  ['names in brackets', of((words) => `[${words}](<@U0EVE>) {${words}} (${words})`)],
  ['letters from right to left', of((words) => `\u202E${words}\u202C שלום עולם مرحبا`)],
  ['emoji of many parts', of((words) => `${'👨‍👩‍👧‍👦🏳️‍🌈👍🏽'.repeat(20)}${words}`)],
  ['a thousand lines', of((words) => `${words}\n`.repeat(1000))],
]

for (const renderer of RENDERERS) {
  describe(`what ${renderer.name} shows at its worst`, function () {
    // every view at its largest, on a machine that may be slow
    this.timeout(120_000)

    for (const [name, twist] of WORST) {
      for (const locale of LOCALES) {
        it(`is taken by the messenger and can be used with ${name} (${locale})`, () => {
          const calm = everySample(
            locale,
            of((words) => words, { members: twist.members }),
          )
          everySample(locale, twist).forEach(({ name: view, shown }, i) => {
            const sent = sentBy(renderer, shown)
            expect(renderer.problems(sent, kindOf(shown)), view).to.deep.equal([])
            const expected = calm[i]?.shown
            if (expected === undefined) throw new Error(`no calm ${view}`)
            expect(usable(renderer, shown, sent), view).to.deep.equal(
              usable(renderer, expected, sentBy(renderer, expected)),
            )
          })
        })
      }
    }
  })
}

/** What can be pressed and filled in, by what it means. */
function usable(renderer: (typeof RENDERERS)[number], shown: Shown, sent: unknown): unknown[] {
  if (!isForm(shown)) return renderer.pressables(sent).map(({ action }) => action)
  return renderer.inputs(sent).map(({ name, kind, required }) => ({ name, kind, required }))
}
