import type { Card, Element, Tone } from '../../../cards/card.js'
import type { Text } from '../../../cards/text.js'
import { encodeAction } from '../action-codec.js'
import { LIMITS } from '../limits.js'
import { buttonOf, controlElements, type Making, type Shown } from './controls.js'
import { type AcElement, type AcTextBlock, type AdaptiveCard, adaptiveCard } from './elements.js'
import { escaped, plain } from './escape.js'
import { linked, type Mentions, markdown } from './markdown.js'

/** How much may be said; a card that is too large for Teams is rendered again with less. */
interface Room {
  text: number
  options: number
}
const ROOMS: readonly Room[] = [
  { text: LIMITS.text, options: LIMITS.choices },
  { text: 1200, options: 100 },
  { text: 500, options: 40 },
  { text: 200, options: 15 },
]
const TONES: Readonly<Record<Tone, string>> = {
  neutral: '',
  info: '🔵 ',
  good: '🟢 ',
  warning: '🟠 ',
  danger: '🔴 ',
}

/**
 * A card as an Adaptive Card. Whatever its size, the result is within 25 KB; its controls are kept longest. `viewers`:
 * people's names on Teams (`29:…`) for whom it has a view of their own.
 */
export function renderCard(
  card: Card,
  shown: Shown = 'message',
  viewers: readonly string[] = [],
): AdaptiveCard {
  const refresh = refreshOf(card, viewers)
  for (const room of ROOMS) {
    const made = { ...cardOf(card, room, shown), ...refresh }
    if (fits(made)) return made
  }
  return shortened({ ...cardOf(card, ROOMS.at(-1) ?? { text: 200, options: 15 }, shown), ...refresh })
}

/** Without names everybody's client would ask, each time. */
function refreshOf({ ownView }: Card, viewers: readonly string[]): Pick<AdaptiveCard, 'refresh'> {
  const a = ownView && encodeAction(ownView.action)
  if (ownView === undefined || a === undefined || viewers.length === 0) return {}
  const action = { type: 'Action.Execute', verb: ownView.action.verb, data: { a } } as const
  return { refresh: { action, userIds: viewers.slice(0, LIMITS.viewers) } }
}

function fits(card: AdaptiveCard): boolean {
  return Buffer.byteLength(JSON.stringify(card)) <= LIMITS.cardJsonBytes
}

/** Fewer elements: what people read goes from the end, then what they press. */
function shortened(card: AdaptiveCard): AdaptiveCard {
  let body = card.body
  while (body.length > 0 && !fits({ ...card, body })) {
    const last = body.findLastIndex(({ type }) => type !== 'ActionSet')
    body = body.toSpliced(last < 0 ? -1 : last, 1)
  }
  return withMentionsOf({ ...card, body })
}

/** Teams refuses an entity whose text the card does not show. */
function withMentionsOf(card: AdaptiveCard): AdaptiveCard {
  const entities = card.msteams?.entities
  if (entities === undefined) return card
  const said = JSON.stringify(card.body)
  const kept = entities.filter(({ text }) => said.includes(JSON.stringify(text).slice(1, -1)))
  return { ...card, msteams: { width: 'full', ...(kept.length === 0 ? {} : { entities: kept }) } }
}

function cardOf(card: Card, room: Room, shown: Shown): AdaptiveCard {
  const mentions: Mentions = new Map()
  const making: Making = { shown, maxOptions: room.options, nextMenu: 0 }
  const title = card.compact === true || shown === 'dialog' ? '' : card.title.trim()
  const head: AcTextBlock[] =
    title === ''
      ? []
      : [
          {
            type: 'TextBlock',
            text: TONES[card.tone] + escaped(title, 300),
            wrap: true,
            size: 'Medium',
            weight: 'Bolder',
            style: 'heading',
          },
        ]
  const elements = card.elements.flatMap((element) => {
    const made = elementsOf(element, { making, room, mentions, locale: card.locale })
    making.nextMenu += 1
    return made
  })
  const body = separated([...head, ...elements])
  const summary = plain(card.summary, LIMITS.summary)
  const said: AcElement[] = body.length > 0 ? body : [textBlock(escaped(card.summary, room.text) || '–')]
  const entities = [...mentions.values()]
  const made = adaptiveCard(summary, said, {
    width: 'full',
    ...(entities.length === 0 ? {} : { entities }),
  })
  return withMentionsOf(made)
}

/** Stands for a line between elements until it is one's `separator`. */
const DIVIDER = 'divider'

function separated(elements: readonly (AcElement | typeof DIVIDER)[]): AcElement[] {
  const out: AcElement[] = []
  let isDue = false
  for (const element of elements) {
    if (element === DIVIDER) isDue = true
    else {
      out.push(isDue ? { ...element, separator: true } : element)
      isDue = false
    }
  }
  return out
}

interface Around {
  making: Making
  room: Room
  mentions: Mentions
  locale: string
}

function elementsOf(element: Element, around: Around): (AcElement | typeof DIVIDER)[] {
  const { making, room, mentions, locale } = around
  const said = (text: Text, max = room.text): string => markdown(text, max, mentions)
  switch (element.kind) {
    case 'text':
      return blocks(said(element.text))
    case 'quote': {
      const items = blocks(said(element.text))
      return items.length === 0 ? [] : [{ type: 'Container', style: 'emphasis', items }]
    }
    case 'small':
      return blocks(said(element.text), { size: 'Small', isSubtle: true })
    case 'divider':
      return [DIVIDER]
    case 'facts': {
      const facts = element.facts.map(({ label, value }) => ({
        title: escaped(label, 100) || '–',
        value: said(value, Math.min(room.text, 1000)) || '–',
      }))
      return facts.length === 0 ? [] : [{ type: 'FactSet', facts }]
    }
    case 'files':
      return element.files.flatMap((file) => blocks(fileLine(file, locale)))
    case 'controls':
      return controlElements(element.controls, making)
    case 'rows':
      return element.rows.map(({ text, control }): AcElement => {
        const words = textBlock(said(text) || '–')
        const actions = control === undefined ? [] : buttonOf(control, making.shown)
        if (actions.length === 0) return words
        return {
          type: 'ColumnSet',
          columns: [
            { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [words] },
            { type: 'Column', width: 'auto', items: [{ type: 'ActionSet', actions }] },
          ],
        }
      })
    default:
      return element satisfies never
  }
}

export function textBlock(text: string, more: Partial<AcTextBlock> = {}): AcTextBlock {
  return { type: 'TextBlock', text, wrap: true, ...more }
}

function blocks(text: string, more: Partial<AcTextBlock> = {}): AcTextBlock[] {
  return text === '' ? [] : [textBlock(text, more)]
}

function fileLine(
  { name, bytes, url }: { name: string; bytes: number; url: string },
  locale: string,
): string {
  return `📎 ${linked(url, name.slice(0, 100))} · ${sizeOf(bytes, locale)}`
}

export function sizeOf(bytes: number, locale: string): string {
  const [amount, unit] = bytes < 1024 ** 2 ? [bytes / 1024, 'kilobyte'] : [bytes / 1024 ** 2, 'megabyte']
  const digits = { maximumFractionDigits: amount < 10 ? 1 : 0 }
  return new Intl.NumberFormat(locale, { style: 'unit', unit, ...digits }).format(amount)
}
