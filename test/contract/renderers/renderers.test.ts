import { expect } from 'chai'
import type { Card, Control, Form } from '../../../src/cards/card.js'
import { LOCALES } from '../../../src/i18n/t.js'
import { labelsOf } from '../../cards/sample.js'
import { kindOf, RENDERERS, SAMPLES, sentBy } from './all-samples.js'
import { fileOf, golden, goldenViews } from './golden.js'
import { strangers, viewsInSource } from './inventory.js'
import type { Renderer } from './renderer.js'
import { isCard, isForm, present } from './shown.js'
import { showing } from './story.js'

describe('the views of the desk', () => {
  it('are all shown by a sample', () => {
    expect(Object.keys(SAMPLES).sort()).to.deep.equal(viewsInSource())
  })
  it('have names of their own', () => {
    expect(new Set(Object.keys(SAMPLES).map(fileOf)).size).to.equal(Object.keys(SAMPLES).length)
  })
  it('are told apart from what are parts of them', () => {
    expect(strangers()).to.deep.equal([])
  })
})

for (const renderer of RENDERERS) {
  describe(`what ${renderer.name} shows`, () => {
    for (const locale of LOCALES) {
      for (const [view, samples] of Object.entries(SAMPLES)) {
        const shown = Object.entries(samples).map(
          ([name, make]) => [name, present(make(showing(locale)))] as const,
        )
        it(`of ${view} is as it was reviewed (${locale})`, () => {
          const made = Object.fromEntries(shown.map(([name, one]) => [name, sentBy(renderer, one)]))
          expect(made).to.deep.equal(golden(renderer.name, locale, view, made))
        })
        it(`of ${view} is taken by the messenger (${locale})`, () => {
          for (const [name, one] of shown) {
            expect(renderer.problems(sentBy(renderer, one), kindOf(one)), name).to.deep.equal([])
          }
        })
        it(`of ${view} can be pressed and filled in like everywhere (${locale})`, () => {
          for (const [name, one] of shown) {
            if (isForm(one)) fillsIn(renderer, one, name)
            else presses(renderer, isCard(one) ? one : one.card, sentBy(renderer, one), name)
          }
        })
      }

      it(`was reviewed for these views and no others (${locale})`, () => {
        expect(goldenViews(renderer.name, locale)).to.deep.equal(Object.keys(SAMPLES).map(fileOf).sort())
      })
    }
  })
}

/** Every button in its order, with its verb and argument, the question it asks, and whether it is the likeliest. */
function presses(renderer: Renderer, card: Card | undefined, sent: unknown, name: string): void {
  const expected = (card ? controlsIn(card) : []).flatMap((control) => {
    if (control.kind === 'link_button') return []
    if (control.kind === 'menu')
      return control.options.map(({ label, action }) => ({
        label,
        action,
        primary: false,
        asks: [] as string[],
      }))
    const { label, action, style } = control
    return [{ label, action, primary: style === 'primary', asks: labelsOf(control).slice(1) }]
  })
  const found = renderer.pressables(sent)
  expect(
    found.map(({ label, action, primary }) => ({ label, action, primary })),
    name,
  ).to.deep.equal(expected.map(({ label, action, primary }) => ({ label, action, primary })))
  found.forEach(({ asks = [] }, i) => {
    const words = expected[i]?.asks ?? []
    // Feishu names the two buttons of a question itself
    expect(asks, name).to.deep.equal(renderer.name === 'feishu' ? words.slice(0, 2) : words)
  })
}

function controlsIn(card: Card): Control[] {
  return card.elements.flatMap((element): Control[] => {
    if (element.kind === 'controls') return element.controls
    return element.kind === 'rows' ? element.rows.flatMap(({ control }) => control ?? []) : []
  })
}

/** Every field under its name, with its choices and what stands in it; and all of it comes back. */
function fillsIn(renderer: Renderer, form: Form, name: string): void {
  const sent = renderer.form(form)
  const fields = form.fields.flatMap((field) =>
    field.kind === 'say' || (field.kind === 'files' && !renderer.asksForFiles) ? [] : [field],
  )
  const inputs = renderer.inputs(sent)
  expect(inputs, name).to.deep.equal(
    fields.map((field) => ({
      name: field.name,
      label: field.label,
      required: field.required,
      kind: field.kind,
      ...('value' in field && field.value ? { value: field.value } : {}),
      ...(field.kind === 'choice' ? { options: field.options } : {}),
    })),
  )
  if (form.submit === undefined) return
  const values = Object.fromEntries(
    inputs.flatMap(({ name: field, kind, options }) =>
      kind === 'files' ? [] : [[field, options?.at(-1)?.value ?? `${field}: “<b>” & 字`]],
    ),
  )
  const { verb, ticketId, arg } = form
  const action = {
    verb,
    ...(ticketId === undefined ? {} : { ticketId }),
    ...(arg === undefined ? {} : { arg }),
  }
  expect(renderer.submitted(sent, values), name).to.deep.equal({ action, values })
}
