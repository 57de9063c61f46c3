import { parseAction, parseSubmit } from '../../../src/adapters/slack/parse-interaction.js'
import { renderCard } from '../../../src/adapters/slack/render/card.js'
import { renderForm } from '../../../src/adapters/slack/render/form.js'
import { renderWords } from '../../../src/adapters/slack/render/words.js'
import { blockProblems, blocksTooLong, viewProblems } from '../../../src/sandbox/slack/block-kit.js'
import { textObjects } from '../../adapters/slack/entities.js'
import {
  type Found,
  type Input,
  objectsIn,
  type Pressable,
  plainJson,
  type Renderer,
  textAt,
} from './renderer.js'
import { readSlack } from './slack-markup.js'

const WHO = { team: { id: 'T1' }, user: { id: 'U1' } }
const ORIGIN = { channel: 'C0IT' }
const MAX_TEXT = 4000

export const SLACK: Renderer = {
  name: 'slack',
  keepsTypedStyles: true,
  asksForFiles: true,
  card: (card) => plainJson(renderCard(card)),
  form: (form) => plainJson(renderForm(form, ORIGIN)),
  words: (words) => plainJson(renderWords(words)),
  problems(sent, as) {
    if (as === 'form') return viewProblems(sent as Found)
    const { blocks, text } = sent as { blocks: Found[]; text: string }
    return [
      ...blockProblems(blocks, 'message'),
      ...(blocksTooLong(blocks) ? ['msg_blocks_too_long'] : []),
      ...(text.length > MAX_TEXT || text === '' ? [`the text has ${text.length} characters`] : []),
    ]
  },
  pressables: (sent) =>
    objectsIn(sent, ({ type, url }) => (type === 'button' && !url) || type === 'static_select').flatMap(
      pressed,
    ),
  links: (sent) =>
    objectsIn(sent, ({ type, url }) => type === 'button' && !!url).map(({ url }) => String(url)),
  inputs: (form) => objectsIn(form, ({ type }) => type === 'input').map(inputOf),
  submitted(form, values) {
    const state = Object.fromEntries(
      objectsIn(form, ({ type }) => type === 'input').map((input) => [
        String(input.block_id),
        stateOf(input, values),
      ]),
    )
    const { private_metadata } = form as Found
    const view = { id: 'V1', hash: 'h', private_metadata, state: { values: state } }
    const read = parseSubmit({ ...WHO, type: 'view_submission', view }, new Date(0))
    return read.kind === 'submit' ? { action: read.click.action, values: read.click.values } : undefined
  },
  read(sent) {
    const found = textObjects(sent)
      .filter(({ type }) => type === 'mrkdwn')
      .map(({ text }) => readSlack(text))
    return { shown: found.map(({ shown }) => shown).join('\n'), marks: found.flatMap(({ marks }) => marks) }
  },
  plainly: (sent) => [
    ...textObjects(sent)
      .filter(({ type }) => type === 'plain_text')
      .map(({ text }) => readSlack(text).shown),
    readSlack(textAt(sent, 'text')).shown,
  ],
}

function pressed(element: Found): Pressable[] {
  const press = (value: object): Pressable['action'] => {
    const action = { type: element.type, action_id: element.action_id, action_ts: '1.000001', ...value }
    const read = parseAction({ ...WHO, type: 'block_actions', actions: [action] })
    return read.kind === 'action' ? read.click.action : undefined
  }
  const primary = element.style === 'primary'
  if (element.type === 'button') {
    const asks = textObjects(element.confirm).map(({ text }) => text)
    const label = textAt(element, 'text', 'text')
    return [{ label, primary, action: press({ value: element.value }), ...(asks.length > 0 ? { asks } : {}) }]
  }
  return optionsOf(element).map(({ label, value }) => ({
    label,
    primary,
    action: press({ selected_option: { value } }),
  }))
}

/** Up to a hundred options stand by themselves, more in groups. */
function optionsOf(element: unknown): { label: string; value: string }[] {
  const { options, option_groups } = element as Found
  return objectsIn([options, option_groups], (one) => typeof one.value === 'string').map((option) => ({
    label: textAt(option, 'text', 'text'),
    value: textAt(option, 'value'),
  }))
}

function inputOf(input: Found): Input {
  const type = textAt(input, 'element', 'type')
  const value =
    textAt(input, 'element', 'initial_value') || textAt(input, 'element', 'initial_option', 'value')
  const kind = type === 'file_input' ? 'files' : type === 'static_select' ? 'choice' : 'text'
  return {
    name: textAt(input, 'block_id'),
    label: textAt(input, 'label', 'text'),
    required: input.optional !== true,
    kind,
    ...(value === '' ? {} : { value }),
    ...(kind === 'choice' ? { options: optionsOf(input.element) } : {}),
  }
}

function stateOf(input: Found, values: Readonly<Record<string, string>>): Found {
  const { kind, name } = inputOf(input)
  const value = values[name]
  const held =
    kind === 'files'
      ? { files: [] }
      : kind === 'choice'
        ? { selected_option: value ? { value } : null }
        : { value }
  return { [textAt(input, 'element', 'action_id')]: { type: textAt(input, 'element', 'type'), ...held } }
}
