import type { Field, Form } from '../../../cards/card.js'
import { localeOf, t } from '../../../i18n/t.js'
import { cut } from '../../../lib/shown-text.js'
import { encodeCancel, encodeSubmit } from '../action-codec.js'
import { LIMITS } from '../limits.js'
import { fits, whole } from './card.js'
import {
  type CardButton,
  type CardElement,
  type FeishuCard,
  flow,
  type Input,
  type Select,
} from './elements.js'
import { clipped, escaped, plain } from './escape.js'
import { markdown } from './markdown.js'

/** So many choices a menu, so much said: a form that is too large for Feishu is rendered again with less. */
const ROOMS = [
  { choices: LIMITS.options, text: LIMITS.markdown },
  { choices: LIMITS.options, text: 800 },
  { choices: 60, text: 800 },
  { choices: 30, text: 400 },
  { choices: 15, text: 200 },
] as const
type Room = { choices: number; text: number }

/** A form as a card for the one who fills it in: Feishu has no dialogs. */
export function renderForm(form: Form): FeishuCard {
  let card = formCard(form, ROOMS[0])
  for (const room of ROOMS.slice(1)) {
    if (fits(card)) break
    card = formCard(form, room)
  }
  return card
}

/** What stands where a form was. */
export function renderEnded(title: string, text: string): FeishuCard {
  const said = clipped(text, LIMITS.summary)
  const head = { audience: 'requester', locale: 'en', title, tone: 'neutral', summary: said } as const
  return whole(head, [{ tag: 'markdown', content: escaped(said) || '–' }])
}

function formCard(form: Form, room: Room): FeishuCard {
  const { verb, ticketId, arg, locale } = form
  const title = clipped(form.title, LIMITS.title)
  const action = {
    verb,
    ...(ticketId === undefined ? {} : { ticketId }),
    ...(arg === undefined ? {} : { arg }),
  }
  const fields = form.fields.flatMap((field) => fieldElements(field, room, locale))
  const hasInput = fields.some((element) => element.tag === 'input' || element.tag === 'select_static')
  const cancel = button(form.cancel, {
    behaviors: [{ type: 'callback', value: encodeCancel(locale, title) }],
  })
  const head = { audience: 'requester', locale, title, tone: 'info', summary: title } as const
  if (form.submit === undefined && !hasInput) return whole(head, [...fields, flow([cancel])])
  const value = encodeSubmit({ action, locale, title })
  const submit = button(form.submit ?? 'OK', { type: 'primary', behaviors: [{ type: 'callback', value }] })
  if (!hasInput) return whole(head, [...fields, flow([submit, cancel])])
  const sent: CardButton = { ...submit, name: 'submit', form_action_type: 'submit' }
  return whole(head, [{ tag: 'form', name: 'form', elements: [...fields, sent] }, flow([cancel])])
}

function button(label: string, rest: Partial<CardButton> & Pick<CardButton, 'behaviors'>): CardButton {
  return { tag: 'button', text: plain(label, LIMITS.buttonText), type: 'default', ...rest }
}

type Of<K extends Field['kind']> = Extract<Field, { kind: K }>

function fieldElements(field: Field, room: Room, locale: string): CardElement[] {
  switch (field.kind) {
    case 'text':
      return [textInput(field), ...hintBelow(field)]
    case 'choice':
      return [...choiceInput(field, room), ...hintBelow(field)]
    case 'files':
      return [
        {
          tag: 'markdown',
          content: `**${escaped(clipped(field.label, LIMITS.inputLabel))}**\n${escaped(t(localeOf(locale), 'form.no_files'))}`,
        },
      ]
    case 'say': {
      const content = markdown(field.text, room.text)
      return content.trim() === '' ? [] : [{ tag: 'markdown', content }]
    }
    default:
      return field satisfies never
  }
}

/** A placeholder would go away with the first letter, and is cut on a phone. */
function hintBelow({ hint }: Of<'text' | 'choice'>): CardElement[] {
  const content = escaped(clipped(hint ?? '', LIMITS.inputLabel))
  return content === '' ? [] : [{ tag: 'markdown', content, text_size: 'notation' }]
}

function textInput(field: Of<'text'>): Input {
  const maxLength = Math.max(1, Math.min(field.maxLength, LIMITS.inputText))
  return {
    tag: 'input',
    name: field.name,
    label: plain(field.label, LIMITS.inputLabel),
    label_position: 'top',
    required: field.required,
    max_length: maxLength,
    width: 'fill',
    ...(field.value === undefined || field.value === ''
      ? {}
      : { default_value: cut(field.value, maxLength) }),
    ...(field.lines === 'many' ? { input_type: 'multiline_text', rows: 4 } : {}),
  }
}

/** A menu has no label of its own: it stands above. */
function choiceInput(field: Of<'choice'>, room: Room): CardElement[] {
  const label = escaped(clipped(field.label, LIMITS.inputLabel))
  const options = field.options
    .filter(({ value }) => value.length > 0 && value.length <= LIMITS.optionValue)
    .map(({ label: text, value }) => ({ text: plain(text, LIMITS.optionText), value }))
  if (options.length === 0) return [{ tag: 'markdown', content: `**${label}**\n–` }]
  const chosen = options.find((option) => option.value === field.value)
  const shown = options.slice(0, room.choices)
  // what is chosen already must be among what is shown
  if (chosen !== undefined && !shown.includes(chosen)) shown.splice(-1, 1, chosen)
  const select: Select = {
    tag: 'select_static',
    name: field.name,
    placeholder: plain(field.label, LIMITS.placeholder),
    required: field.required,
    width: 'fill',
    options: shown,
    ...(chosen === undefined ? {} : { initial_option: chosen.value }),
  }
  return [{ tag: 'markdown', content: `**${label}**` }, select]
}
