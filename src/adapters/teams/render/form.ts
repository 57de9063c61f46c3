import type { Card, Field, Form } from '../../../cards/card.js'
import { localeOf, t } from '../../../i18n/t.js'
import { cut } from '../../../lib/shown-text.js'
import { encodeAction, type Question } from '../action-codec.js'
import { LIMITS } from '../limits.js'
import { renderCard, textBlock } from './card.js'
import { type AcElement, type AcInput, type AdaptiveCard, adaptiveCard } from './elements.js'
import { escaped, plain } from './escape.js'
import { markdown } from './markdown.js'

/** A dialog as Teams opens it. */
export interface DialogInfo {
  title: string
  height: 'small' | 'medium' | 'large'
  width: 'small' | 'medium' | 'large'
  card: { contentType: 'application/vnd.microsoft.card.adaptive'; content: AdaptiveCard }
}
/** What somebody had filled in when it was sent back, and why. */
export interface Again {
  values: Readonly<Record<string, string>>
  errors: Readonly<Record<string, string>>
}

/** So many choices a menu, and so much to read; a form that is too large for Teams is rendered again with fewer. */
const ROOMS = [
  { choices: LIMITS.choices, title: LIMITS.choiceTitle, text: LIMITS.text },
  { choices: 300, title: 60, text: 1500 },
  { choices: 100, title: 50, text: 500 },
  { choices: 40, title: 40, text: 200 },
  { choices: 15, title: 30, text: 80 },
] as const
type Room = (typeof ROOMS)[number]

/** A form as a dialog. Its fields' names are the ids of the inputs. Files cannot be asked for, and the form says so. */
export function renderForm(form: Form, again?: Again): DialogInfo {
  let card = formCard(form, ROOMS[0], again)
  for (const room of ROOMS.slice(1)) {
    if (Buffer.byteLength(JSON.stringify(card)) <= LIMITS.cardJsonBytes) break
    card = formCard(form, room, again)
  }
  return dialogOf(form.title, card)
}

function dialogOf(title: string, content: AdaptiveCard): DialogInfo {
  return {
    title: plain(title, LIMITS.dialogTitle),
    height: content.body.length > 3 ? 'large' : 'medium',
    width: 'medium',
    card: { contentType: 'application/vnd.microsoft.card.adaptive', content },
  }
}

/** A card in place of the dialog somebody is in. */
export function renderCardDialog(card: Card): DialogInfo {
  return dialogOf(card.title.trim() === '' ? card.summary : card.title, renderCard(card, 'dialog'))
}

/** What is asked before a click counts. Closing the dialog is the answer no. */
export function renderQuestion({ title, text, yes }: Question, a: string): DialogInfo {
  const send = { type: 'Action.Submit', title: yes, data: { a }, associatedInputs: 'none' } as const
  const body: AcElement[] = [textBlock(escaped(text, LIMITS.text)), { type: 'ActionSet', actions: [send] }]
  return { ...dialogOf(title, adaptiveCard(plain(text, LIMITS.summary), body)), height: 'small' }
}

function formCard(form: Form, room: Room, again: Again | undefined): AdaptiveCard {
  const { verb, ticketId, arg, locale, submit } = form
  const a = encodeAction({
    verb,
    ...(ticketId === undefined ? {} : { ticketId }),
    ...(arg === undefined ? {} : { arg }),
  })
  const fields = form.fields.flatMap((field) => fieldElements(field, room, { locale, again }))
  const named = new Set(form.fields.flatMap((field) => ('name' in field ? [field.name] : [])))
  const elsewhere = Object.entries(again?.errors ?? {}).filter(([name]) => !named.has(name))
  const errors = elsewhere.map(([, text]) => problem(text))
  const body: AcElement[] = [...errors, ...fields]
  if (body.length === 0) body.push(textBlock(escaped(form.title, room.text) || '–'))
  if (submit !== undefined && a !== undefined) {
    body.push({
      type: 'ActionSet',
      actions: [
        {
          type: 'Action.Submit',
          title: plain(submit, LIMITS.actionTitle),
          style: 'positive',
          data: { a, form: locale },
          associatedInputs: 'auto',
        },
      ],
    })
  }
  return adaptiveCard(plain(form.title, LIMITS.summary), body)
}

function problem(text: string): AcElement {
  return textBlock(escaped(text, 500), { color: 'Attention', size: 'Small' })
}

interface Filling {
  locale: string
  again: Again | undefined
}

function fieldElements(field: Field, room: Room, filling: Filling): AcElement[] {
  if (field.kind === 'files') {
    const words = escaped(t(localeOf(filling.locale), 'form.without_files'), room.text)
    return [textBlock(words, { size: 'Small', isSubtle: true })]
  }
  if (field.kind === 'say') {
    const words = markdown(field.text, room.text, new Map())
    return words === '' ? [] : [textBlock(words)]
  }
  const error = filling.again?.errors[field.name]
  const made = field.kind === 'text' ? textInput(field, room, filling) : choiceInput(field, room, filling)
  // a placeholder would go away with the first letter
  const hint = escaped(field.hint ?? '', room.text)
  const below = hint === '' ? [] : [textBlock(hint, { size: 'Small', isSubtle: true })]
  return [...(error === undefined ? [] : [problem(error)]), made, ...below]
}

type Of<K extends Field['kind']> = Extract<Field, { kind: K }>

function textInput(field: Of<'text'>, room: Room, { locale, again }: Filling): AcInput {
  const maxLength = Math.max(1, Math.min(field.maxLength, LIMITS.inputText))
  const value = cut(again?.values[field.name] ?? field.value ?? '', maxLength)
  return {
    type: 'Input.Text',
    id: field.name,
    label: plain(field.label, Math.min(LIMITS.label, room.text)),
    ...(field.lines === 'many' ? { isMultiline: true } : {}),
    ...(field.required
      ? { isRequired: true, errorMessage: t(localeOf(locale), 'error.ticket.text_required') }
      : {}),
    maxLength,
    ...(value === '' ? {} : { value }),
  }
}

function choiceInput(field: Of<'choice'>, room: Room, { again }: Filling): AcElement {
  const label = plain(field.label, Math.min(LIMITS.label, room.text))
  const all = field.options.filter(({ value }) => value.length > 0 && value.length <= LIMITS.actionValue)
  const wanted = again?.values[field.name] ?? field.value
  const first = all.slice(0, room.choices)
  // what is chosen already stays among fewer choices
  const chosen = all.find(({ value }) => value === wanted)
  const kept = chosen === undefined || first.includes(chosen) ? first : [...first.slice(0, -1), chosen]
  if (kept.length === 0) return textBlock(`${escaped(field.label, 200)}: –`)
  return {
    type: 'Input.ChoiceSet',
    id: field.name,
    label,
    style: kept.length > 15 ? 'filtered' : 'compact',
    ...(field.required ? { isRequired: true, errorMessage: label } : {}),
    ...(chosen === undefined ? {} : { value: chosen.value }),
    choices: kept.map((option) => ({ title: plain(option.label, room.title), value: option.value })),
  }
}
