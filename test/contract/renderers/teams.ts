import { parseInvoke } from '../../../src/adapters/teams/parse-interaction.js'
import { renderCard } from '../../../src/adapters/teams/render/card.js'
import type { AdaptiveCard } from '../../../src/adapters/teams/render/elements.js'
import { renderForm } from '../../../src/adapters/teams/render/form.js'
import { renderWords } from '../../../src/adapters/teams/render/words.js'
import type { Activity } from '../../../src/adapters/teams/wire.js'
import { cardProblems, dialogCardProblems } from '../../../src/sandbox/teams/card-schema.js'
import { markdownTexts, readMarkup } from '../../adapters/teams/entities.js'
import {
  type Found,
  type Input,
  objectsIn,
  type Pressable,
  plainJson,
  type Renderer,
  textAt,
} from './renderer.js'
import { readHtml } from './teams-html.js'

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive'
const MAX_WORDS_BYTES = 80_000
const MAX_TITLE = 80
const CONTEXT = { aadOf: new Map<string, string>(), at: new Date(0) }
const ACTIVITY: Activity = {
  type: 'invoke',
  serviceUrl: 'https://smba.example',
  from: { id: '29:x', aadObjectId: 'aad-x' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'tenant' },
  channelData: { tenant: { id: 'tenant' } },
  replyToId: 'm1',
  entities: [],
}

export const TEAMS: Renderer = {
  name: 'teams',
  keepsTypedStyles: false,
  asksForFiles: false,
  card: (card) => plainJson(renderCard(card)),
  form: (form) => plainJson(renderForm(form)),
  words: (words) => plainJson(renderWords(words)),
  problems(sent, as) {
    if (as === 'card') return cardProblems(sent)
    if (as === 'form') {
      const title = textAt(sent, 'title')
      const titled =
        title !== '' && title.length <= MAX_TITLE ? [] : [`the title has ${title.length} characters`]
      return [...dialogCardProblems(cardIn(sent)), ...titled]
    }
    const bytes = Buffer.byteLength(JSON.stringify(sent))
    const card = cardIn(sent)
    return [...(bytes > MAX_WORDS_BYTES ? [`${bytes} bytes`] : []), ...(card ? cardProblems(card) : [])]
  },
  pressables: (sent) => {
    const card = cardIn(sent)
    return objectsIn(card?.body, ({ type }) => type === 'Action.Execute' || type === 'Action.Submit')
      .filter(({ data }) => textAt(data, 'form') === '')
      .flatMap((action) => pressed(action, card))
  },
  links: (sent) =>
    objectsIn(cardIn(sent), ({ type }) => type === 'Action.OpenUrl').map(({ url }) => String(url)),
  inputs: (form) => objectsIn(cardIn(form), isInput).map(inputOf),
  submitted(form, values) {
    const [submit] = objectsIn(
      cardIn(form),
      ({ type, data }) => type === 'Action.Submit' && textAt(data, 'form') !== '',
    )
    const data = { ...(submit?.data as object | undefined), ...values }
    const read = parseInvoke({ ...ACTIVITY, name: 'task/submit', value: { data } }, CONTEXT)
    return read.kind === 'submit' ? { action: read.click.action, values: read.click.values } : undefined
  },
  read(sent) {
    const card = cardIn(sent)
    const found = card === undefined ? [] : markdownTexts(card).map((text) => readMarkup(text, card))
    const html = readHtml(textAt(sent, 'text'))
    return {
      shown: [html.shown, ...found.map(({ shown }) => shown)].join('\n').trim(),
      marks: [...html.marks, ...found.flatMap(({ entities }) => entities)],
    }
  },
  plainly: (sent) => [
    ...['title', 'summary', 'fallbackText', 'speak'].map((name) => textAt(sent, name)),
    ...['fallbackText', 'speak'].map((name) => textAt(cardIn(sent), name)),
    ...objectsIn(cardIn(sent), () => true).flatMap(({ type, title, label, placeholder }) =>
      type === 'TextBlock' ? [] : [title, label, placeholder].filter((text) => typeof text === 'string'),
    ),
  ],
}

/** The card itself, the card of a dialog, or the card that comes with a message. */
function cardIn(sent: unknown): AdaptiveCard | undefined {
  const { type, card, attachments } = sent as {
    type?: string
    card?: { content: AdaptiveCard }
    attachments?: Found[]
  }
  if (type === 'AdaptiveCard') return sent as AdaptiveCard
  if (card !== undefined) return card.content
  const found = attachments?.find(({ contentType }) => contentType === CARD_TYPE)
  return found?.content as AdaptiveCard | undefined
}

const isInput = ({ type }: Found): boolean => type === 'Input.Text' || type === 'Input.ChoiceSet'

/** A click on a card or in a dialog; for a drop-down, each of its choices. */
function pressed(action: Found, card: unknown): Pressable[] {
  const data = action.data as Found
  const primary = action.style === 'positive'
  if (typeof data.menu !== 'string') {
    const asks = typeof data.ask === 'object' ? Object.values(data.ask as object).map(String) : undefined
    const label = textAt(action, 'title')
    return [{ label, primary, action: click(action, {}), ...(asks === undefined ? {} : { asks }) }]
  }
  const { menu } = data
  const [input] = objectsIn(card, (one) => one.id === menu && isInput(one))
  return (
    (input ? inputOf(input).options : undefined)?.map(({ label, value }) => ({
      label,
      primary,
      action: click(action, { [menu]: value }),
    })) ?? []
  )
}

function click(action: Found, chosen: Found): Pressable['action'] {
  const data = { ...(action.data as Found), ...chosen }
  const opens = objectsIn(data.msteams, ({ type }) => type === 'task/fetch').length > 0
  const invoke =
    action.type === 'Action.Execute'
      ? { name: 'adaptiveCard/action', value: { action: { type: action.type, verb: action.verb, data } } }
      : { name: opens ? 'task/fetch' : 'task/submit', value: { data } }
  const read = parseInvoke({ ...ACTIVITY, ...invoke }, CONTEXT)
  return read.kind === 'action' ? read.click.action : undefined
}

function inputOf(input: Found): Input {
  const isChoice = input.type === 'Input.ChoiceSet'
  const choices = Array.isArray(input.choices) ? (input.choices as Found[]) : []
  const options = choices.map((choice) => ({
    label: textAt(choice, 'title'),
    value: textAt(choice, 'value'),
  }))
  const value = textAt(input, 'value')
  return {
    name: textAt(input, 'id'),
    label: textAt(input, 'label'),
    required: input.isRequired === true,
    kind: isChoice ? 'choice' : 'text',
    ...(value === '' ? {} : { value }),
    ...(isChoice ? { options } : {}),
  }
}
