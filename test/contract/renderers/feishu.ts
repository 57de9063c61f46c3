import { parseCallback } from '../../../src/adapters/feishu/parse-callback.js'
import { renderCard } from '../../../src/adapters/feishu/render/card.js'
import { renderForm } from '../../../src/adapters/feishu/render/form.js'
import { renderWords } from '../../../src/adapters/feishu/render/words.js'
import { cardProblems } from '../../../src/sandbox/feishu/card-schema.js'
import { markdownTexts } from '../../adapters/feishu/entities.js'
import { readFeishu } from './feishu-markup.js'
import {
  type Found,
  type Input,
  objectsIn,
  type Pressable,
  plainJson,
  type Renderer,
  textAt,
} from './renderer.js'

const MAX_POST_BYTES = 30 * 1024

export const FEISHU: Renderer = {
  name: 'feishu',
  keepsTypedStyles: false,
  asksForFiles: false,
  card: (card) => plainJson(renderCard(card)),
  form: (form) => plainJson(renderForm(form)),
  words: (words) => {
    const { msg_type, content } = renderWords(words)
    return { msg_type, content: JSON.parse(content) }
  },
  problems(sent, as) {
    if (as !== 'words') return cardProblems(sent)
    const { msg_type, content } = sent as { msg_type: string; content: unknown }
    if (msg_type === 'interactive') return cardProblems(content)
    const bytes = Buffer.byteLength(JSON.stringify(content))
    return [...(bytes > MAX_POST_BYTES ? [`${bytes} bytes`] : []), ...postProblems(content)]
  },
  pressables: (sent) =>
    objectsIn(sent, ({ tag, behaviors }) => (tag === 'button' || tag === 'select_static') && !!behaviors)
      .filter((one) => !callbackOf(one)?.f && !callbackOf(one)?.c && linkOf(one) === '')
      .flatMap(pressed),
  links: (sent) =>
    objectsIn(sent, ({ behaviors }) => !!behaviors)
      .map(linkOf)
      .filter((url) => url !== ''),
  inputs: (form) => {
    const isField = ({ tag, name }: Found) => (tag === 'input' || tag === 'select_static') && !!name
    // a menu's label stands in the text above it
    const texts = objectsIn(form, (one) => isField(one) || one.tag === 'markdown')
    return texts.flatMap((one, i) => (isField(one) ? [inputOf(one, texts[i - 1])] : []))
  },
  submitted(form, values) {
    const [submit] = objectsIn(form, (one) => one.tag === 'button' && !!callbackOf(one)?.f)
    return callback({ value: submit && callbackOf(submit), form_value: values })
  },
  read(sent) {
    const found = [...markdownTexts(sent).map(readFeishu), ...postTexts(sent)]
    return { shown: found.map(({ shown }) => shown).join('\n'), marks: found.flatMap(({ marks }) => marks) }
  },
  plainly: (sent) => [
    ...objectsIn(sent, ({ tag }) => tag === 'plain_text').map((text) => textAt(text, 'content')),
    textAt(sent, 'config', 'summary', 'content'),
  ],
}

/** The value that comes back when the element is pressed. */
function callbackOf({ behaviors }: Found): Found | undefined {
  const [callbacks] = objectsIn(behaviors, ({ type }) => type === 'callback')
  return callbacks?.value as Found | undefined
}

function linkOf({ behaviors }: Found): string {
  return textAt(objectsIn(behaviors, ({ type }) => type === 'open_url')[0], 'default_url')
}

function callback(
  action: object,
): { action: NonNullable<Pressable['action']>; values: Record<string, string> } | undefined {
  const header = { event_id: 'ev', event_type: 'card.action.trigger', tenant_key: 'tenant' }
  const event = {
    operator: { open_id: 'ou_1' },
    action,
    context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
  }
  const read = parseCallback({ schema: '2.0', header, event }, new Date(0))
  if (read.kind !== 'click') return undefined
  return { action: read.click.action, values: read.click.kind === 'submit' ? { ...read.click.values } : {} }
}

function pressed(element: Found): Pressable[] {
  const value = callbackOf(element)
  const primary = element.type === 'primary'
  if (element.tag === 'button') {
    const asks = objectsIn(element.confirm, ({ tag }) => tag === 'plain_text').map((text) =>
      textAt(text, 'content'),
    )
    const label = textAt(element, 'text', 'content')
    return [{ label, primary, action: callback({ value })?.action, ...(asks.length > 0 ? { asks } : {}) }]
  }
  return optionsOf(element).map(({ label, value: option }) => ({
    label,
    primary,
    action: callback({ value, option })?.action,
  }))
}

function optionsOf({ options }: Found): { label: string; value: string }[] {
  return (Array.isArray(options) ? (options as Found[]) : []).map((option) => ({
    label: textAt(option, 'text', 'content'),
    value: textAt(option, 'value'),
  }))
}

function inputOf(input: Found, before: Found | undefined): Input {
  const isChoice = input.tag === 'select_static'
  const value = textAt(input, 'default_value') || textAt(input, 'initial_option')
  return {
    name: textAt(input, 'name'),
    label: isChoice ? readFeishu(textAt(before, 'content')).shown : textAt(input, 'label', 'content'),
    required: input.required === true,
    kind: isChoice ? 'choice' : 'text',
    ...(value === '' ? {} : { value }),
    ...(isChoice ? { options: optionsOf(input) } : {}),
  }
}

const POST_TAGS = ['text', 'a', 'at']
function postProblems(content: unknown): string[] {
  return objectsIn(content, ({ tag }) => tag !== undefined).flatMap(({ tag }) =>
    POST_TAGS.includes(String(tag)) ? [] : [`unknown tag ${String(tag)}`],
  )
}

/** A post's words are shown as they are; only its tags are more. */
function postTexts(sent: unknown): { shown: string; marks: string[] }[] {
  return objectsIn(sent, ({ tag }) => POST_TAGS.includes(String(tag))).map((piece) => {
    const style = Array.isArray(piece.style) ? piece.style.map(String) : []
    const marks =
      piece.tag === 'a'
        ? [`link:${textAt(piece, 'href')}`]
        : piece.tag === 'at'
          ? [`mention:${textAt(piece, 'user_id')}`]
          : style
    return { shown: textAt(piece, 'text'), marks }
  })
}
