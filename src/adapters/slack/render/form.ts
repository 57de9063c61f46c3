import type { HomeView, InputBlock, KnownBlock, ModalView } from '@slack/types'
import type { ActionValue, Card, Field, Form } from '../../../cards/card.js'
import { cut } from '../../../lib/shown-text.js'
import { encodeFormState, type Origin } from '../action-codec.js'
import { LIMITS } from '../limits.js'
import { mrkdwnObject, renderCard } from './card.js'
import { optionsOrGroups } from './controls.js'
import { plain } from './escape.js'
import { mrkdwn } from './mrkdwn.js'

/** Every input's `action_id`; the field's name is its block's. */
const INPUT_ID = 'value'
const PRODUCT = 'Paidan'

/** So many choices a menu; a form that is too large for Slack is rendered again with fewer. */
const CHOICES = [LIMITS.options * LIMITS.optionGroups, 1000, 300, LIMITS.options, 20] as const

/**
 * A form as a modal, within Slack's limits. `origin` is where it was opened from: the answer to its submission is said
 * there.
 */
export function renderForm(form: Form, origin?: Origin): ModalView {
  let view = modalOf(form, origin, CHOICES[0])
  for (const choices of CHOICES.slice(1)) {
    if (Buffer.byteLength(JSON.stringify(view)) <= LIMITS.viewJsonBytes) break
    view = modalOf(form, origin, choices)
  }
  return view
}

function modalOf(form: Form, origin: Origin | undefined, maxChoices: number): ModalView {
  const { verb, ticketId, arg, locale, submit } = form
  const action: ActionValue = {
    verb,
    ...(ticketId === undefined ? {} : { ticketId }),
    ...(arg === undefined ? {} : { arg }),
  }
  const fields = form.fields.flatMap((field) => fieldBlocks(field, maxChoices)).slice(0, LIMITS.modalBlocks)
  // Slack refuses a view without blocks.
  const blocks: KnownBlock[] =
    fields.length > 0 ? fields : [{ type: 'section', text: plain(form.title, LIMITS.sectionText) }]
  const hasInput = blocks.some((block) => block.type === 'input')
  return {
    type: 'modal',
    callback_id: verb,
    private_metadata: encodeFormState({ action, locale, ...(origin === undefined ? {} : { origin }) }),
    title: plain(form.title, LIMITS.viewTitle),
    close: plain(form.cancel, LIMITS.viewButton),
    // Slack refuses a view with inputs and no `submit`.
    ...(submit === undefined && !hasInput ? {} : { submit: plain(submit ?? 'OK', LIMITS.viewButton) }),
    blocks,
  }
}

/** A message in place of the modal somebody is in. */
export function renderMessageView(card: Card): ModalView {
  const { blocks } = renderCard({ ...card, title: '' })
  const title = plain(card.title.trim() === '' ? PRODUCT : card.title, LIMITS.viewTitle)
  const body: KnownBlock[] =
    blocks.length > 0 ? blocks : [{ type: 'section', text: mrkdwnObject(renderCard(card).text) }]
  return { type: 'modal', title, blocks: body }
}

/** A card as somebody's Home tab. */
export function renderHome(card: Card): HomeView {
  // a sign may take three bytes
  const most = { blocks: LIMITS.modalBlocks, json: Math.floor(LIMITS.viewJsonBytes / 3) }
  return { type: 'home', blocks: renderCard(card, [], most).blocks }
}

function fieldBlocks(field: Field, maxChoices: number): KnownBlock[] {
  switch (field.kind) {
    case 'text':
      return [textInput(field)]
    case 'choice':
      return choiceInput(field, maxChoices)
    case 'files':
      return [fileInput(field)]
    case 'say': {
      const words = mrkdwn(field.text, LIMITS.sectionText)
      return words.trim() === '' ? [] : [{ type: 'section', text: mrkdwnObject(words) }]
    }
    default:
      return field satisfies never
  }
}

type Of<K extends Field['kind']> = Extract<Field, { kind: K }>

function input(field: Of<'text' | 'choice' | 'files'>, element: InputBlock['element']): InputBlock {
  const hint = 'hint' in field ? field.hint : undefined
  return {
    type: 'input',
    block_id: field.name,
    label: plain(field.label, LIMITS.inputLabel),
    optional: !field.required,
    ...(hint === undefined || hint === '' ? {} : { hint: plain(hint, LIMITS.inputLabel) }),
    element,
  }
}

function textInput(field: Of<'text'>): InputBlock {
  const maxLength = Math.max(1, Math.min(field.maxLength, LIMITS.inputText))
  return input(field, {
    type: 'plain_text_input',
    action_id: INPUT_ID,
    multiline: field.lines === 'many',
    max_length: maxLength,
    ...(field.value === undefined || field.value === ''
      ? {}
      : { initial_value: cut(field.value, maxLength) }),
  })
}

function choiceInput(field: Of<'choice'>, maxChoices: number): KnownBlock[] {
  const options = field.options
    .filter(({ value }) => value.length > 0 && value.length <= LIMITS.optionValue)
    .slice(0, maxChoices)
    .map(({ label, value }) => ({ text: plain(label, LIMITS.optionText), value }))
  // Slack refuses a menu without options.
  if (options.length === 0) return [{ type: 'section', text: plain(`${field.label}: –`, LIMITS.sectionText) }]
  const chosen = options.find((option) => option.value === field.value)
  const element = {
    type: 'static_select',
    action_id: INPUT_ID,
    ...optionsOrGroups(options),
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  } as const
  return [input(field, element)]
}

function fileInput(field: Of<'files'>): InputBlock {
  const maxFiles = Math.max(1, Math.min(field.maxFiles, LIMITS.inputFiles))
  return input(field, { type: 'file_input', action_id: INPUT_ID, max_files: maxFiles })
}
