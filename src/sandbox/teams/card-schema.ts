import { createRequire } from 'node:module'
import type * as AdaptiveCards from 'adaptivecards'
import { ACTIONS, ELEMENTS, type Kind, PARTS, type PlainKind, type Shape } from './card-elements.js'
import { actionsOf } from './card-walk.js'
import { type Fields, fieldsIn, isFields, textIn } from './fields.js'

/** Teams lets cards of connectors have so much; a bot's message may have more, but not by much when it is mirrored. */
export const MAX_CARD_BYTES = 28 * 1024
export const MAX_VISIBLE_ACTIONS = 6
export const MAX_REFRESH_USERS = 60
const VERSIONS = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5']
/** The official parser calls a people picker without choices empty; Teams does not. */
const PEOPLE_PICKER_ALARM = /Choices? *Set|choices/i

const require = createRequire(import.meta.url)
let official: typeof AdaptiveCards | undefined

/**
 * What is wrong with an Adaptive Card for a Teams bot: unknown and missing properties, wrong values, too many buttons,
 * too many people in `refresh`, too large, and what the official parser objects to. Returns an empty list for a good one.
 */
export function cardProblems(card: unknown): string[] {
  if (!isFields(card)) return ['/: a card is an object']
  const bytes = Buffer.byteLength(JSON.stringify(card))
  const problems = [
    ...headProblems(card),
    ...objectProblems(card, 'AdaptiveCard', ''),
    ...actionListProblems(card, ''),
    ...refreshProblems(card),
    ...mentionProblems(card),
    ...(bytes > MAX_CARD_BYTES ? [`/: ${bytes} bytes are more than ${MAX_CARD_BYTES}`] : []),
  ]
  return problems.length > 0 ? problems : parserProblems(card)
}

/** The same for a card in a dialog, where only Action.Submit and Action.OpenUrl reach anybody. */
export function dialogCardProblems(card: unknown): string[] {
  const found = cardProblems(card)
  if (found.length > 0 || !isFields(card)) return found
  const executing = actionsOf(card).some((action) => action.type === 'Action.Execute')
  return executing ? ['/actions: a dialog has no Action.Execute'] : []
}

function headProblems(card: Fields): string[] {
  const isCard = card.type === 'AdaptiveCard' ? [] : ['/type: must be AdaptiveCard']
  const version = textIn(card, 'version') ?? ''
  const isKnown = VERSIONS.includes(version) ? [] : ['/version: must be 1.0 to 1.5']
  const isEmpty = fieldsIn(card.body).length === 0 && fieldsIn(card.actions).length === 0
  return [...isCard, ...isKnown, ...(isEmpty ? ['/: neither body nor actions'] : [])]
}

function shapeFor(kind: string, value: Fields): Shape | undefined {
  const type = textIn(value, 'type') ?? ''
  const known = (shapes: { readonly [type: string]: Shape }): Shape | undefined =>
    Object.hasOwn(shapes, type) ? shapes[type] : undefined
  switch (kind) {
    case 'element':
      return known(ELEMENTS)
    case 'action':
      return known(ACTIONS)
    case 'inline':
      return type === 'TextRun' ? PARTS.TextRun : undefined
    case 'Image':
      return type === 'Image' ? ELEMENTS.Image : undefined
    default:
      return PARTS[kind]
  }
}

function objectProblems(value: Fields, kind: string, at: string): string[] {
  const shape = shapeFor(kind, value)
  if (!shape) return [`${at}/type: unknown ${kind} ${String(value.type).slice(0, 40)}`]
  const missing = shape.required.filter(
    (name) => value[name] === undefined && !(name === 'title' && isTitleless(at)),
  )
  const wrong = Object.entries(value).flatMap(([name, given]) => {
    const expected = Object.hasOwn(shape.properties, name) ? shape.properties[name] : undefined
    if (expected === undefined) return [`${at}/${name}: unknown property`]
    return valueProblems(given, expected, `${at}/${name}`)
  })
  return [
    ...missing.map((name) => `${at}/${name}: missing`),
    ...wrong,
    ...(kind === 'action' ? [] : actionListProblems(value, at, kind === 'AdaptiveCard')),
    ...choiceProblems(value, at),
  ]
}

/** Where an action is no button, it needs no words. */
function isTitleless(at: string): boolean {
  return /\/(selectAction|refresh\/action|inlineAction)$/.test(at)
}

function valueProblems(value: unknown, kind: Kind, at: string): string[] {
  if (typeof kind === 'string') return fits(value, kind) ? [] : [`${at}: must be ${kind}`]
  if ('oneOf' in kind) {
    const isOne =
      typeof value === 'string' && kind.oneOf.some((each) => each.toLowerCase() === value.toLowerCase())
    return isOne ? [] : [`${at}: must be one of ${kind.oneOf.join(', ')}`]
  }
  if ('any' in kind) {
    const outcomes = kind.any.map((each) => valueProblems(value, each, at))
    if (outcomes.some((problems) => problems.length === 0)) return []
    return (isFields(value) ? outcomes.at(-1) : outcomes[0]) ?? []
  }
  if ('is' in kind) return isFields(value) ? objectProblems(value, kind.is, at) : [`${at}: must be an object`]
  if (!Array.isArray(value)) return [`${at}: must be a list`]
  return value.flatMap((each, i) =>
    isFields(each) ? objectProblems(each, kind.list, `${at}/${i}`) : [`${at}/${i}: must be an object`],
  )
}

function fits(value: unknown, kind: PlainKind): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string'
    case 'flag':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number'
    case 'data':
      return isFields(value)
    case 'texts':
      return Array.isArray(value) && value.every((each) => typeof each === 'string')
    case 'url':
      return typeof value === 'string' && /^(https?:\/\/|data:image\/|mailto:|tel:)/.test(value)
    case 'pixels':
      return typeof value === 'string' && /^\d+px$/.test(value)
    default:
      return kind satisfies never
  }
}

/** More buttons than six are dropped without a word, unless they are told to stand in the menu. */
function actionListProblems(value: Fields, at: string, isDone = false): string[] {
  if (isDone || !Array.isArray(value.actions)) return []
  const visible = fieldsIn(value.actions).filter((action) => action.mode !== 'secondary')
  return visible.length > MAX_VISIBLE_ACTIONS
    ? [`${at}/actions: ${visible.length} visible actions are more than ${MAX_VISIBLE_ACTIONS}`]
    : []
}

function choiceProblems(value: Fields, at: string): string[] {
  if (value.type !== 'Input.ChoiceSet') return []
  const hasChoices = fieldsIn(value.choices).length > 0 || isFields(value['choices.data'])
  return hasChoices ? [] : [`${at}/choices: missing`]
}

function refreshProblems(card: Fields): string[] {
  if (!isFields(card.refresh)) return []
  const { action, userIds } = card.refresh
  const executes = isFields(action) && action.type === 'Action.Execute'
  const ids = Array.isArray(userIds) ? userIds : []
  return [
    ...(executes ? [] : ['/refresh/action: must be Action.Execute']),
    ...(ids.length > MAX_REFRESH_USERS
      ? [`/refresh/userIds: ${ids.length} are more than ${MAX_REFRESH_USERS}`]
      : []),
    ...(ids.every((id) => String(id).startsWith('29:')) ? [] : ['/refresh/userIds: must be 29:… ids']),
  ]
}

function mentionProblems(card: Fields): string[] {
  const { msteams, ...rest } = card
  const said = JSON.stringify(rest)
  return fieldsIn(isFields(msteams) ? msteams.entities : undefined).flatMap((entity, i) => {
    const text = JSON.stringify(textIn(entity, 'text') ?? '').slice(1, -1)
    return said.includes(text) ? [] : [`/msteams/entities/${i}/text: does not occur in the card`]
  })
}

function parserProblems(card: Fields): string[] {
  official ??= require('adaptivecards/dist/adaptivecards.js') as typeof AdaptiveCards
  const context = new official.SerializationContext(official.Versions.v1_5)
  const parsed = new official.AdaptiveCard()
  // The parser counts buttons in the menu too, and stops at five; the visible ones are counted above.
  parsed.hostConfig = new official.HostConfig({ actions: { maxActions: 100 } })
  parsed.parse(structuredClone(card), context)
  const events = Array.from({ length: context.eventCount }, (_none, i) => context.getEventAt(i))
  const hasPicker = JSON.stringify(card).includes('"choices.data"')
  return [...events, ...parsed.validateProperties().validationEvents]
    .filter((event) => !(hasPicker && PEOPLE_PICKER_ALARM.test(event.message)))
    .map((event) => `/: ${event.message}`)
}
