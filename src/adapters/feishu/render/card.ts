import type { Card, Element, Tone } from '../../../cards/card.js'
import type { Text } from '../../../cards/text.js'
import { LIMITS } from '../limits.js'
import { buttonOf, chunked, controlRows } from './controls.js'
import {
  bytesOf,
  type CardElement,
  componentsIn,
  type FeishuCard,
  halves,
  type Markdown,
  row,
  type Template,
} from './elements.js'
import { clipped, escaped, plain } from './escape.js'
import { safeUrl } from './links.js'
import { linked, markdown, QUOTED } from './markdown.js'

/** How much may be said; a card that is too large for Feishu is rendered again with less. */
interface Room {
  text: number
  options: number
}
const ROOMS: readonly Room[] = [
  { text: LIMITS.markdown, options: LIMITS.options },
  { text: 1200, options: 60 },
  { text: 500, options: 30 },
  { text: 200, options: 15 },
]
const TEMPLATES: Readonly<Record<Tone, Template>> = {
  neutral: 'grey',
  info: 'blue',
  good: 'green',
  warning: 'orange',
  danger: 'red',
}

/** A card as Card JSON 2.0. Whatever its size, the result is within Feishu's limits; its controls are kept longest. */
export function renderCard(card: Card, before: readonly CardElement[] = []): FeishuCard {
  let rendered = whole(card, [])
  for (const room of ROOMS) {
    rendered = whole(card, [...before, ...elementsOf(card, room)])
    if (fits(rendered)) return rendered
  }
  return shortened(rendered)
}

/** A card around elements; never without any, since Feishu refuses that. */
export function whole(card: Omit<Card, 'elements'>, elements: readonly CardElement[]): FeishuCard {
  const title = clipped(card.title, LIMITS.title)
  const isHeaded = card.compact !== true && title !== ''
  return {
    schema: '2.0',
    config: {
      update_multi: true,
      width_mode: 'fill',
      // forwarded, its buttons would stand where nobody knows the ticket
      enable_forward: false,
      summary: { content: clipped(card.summary, LIMITS.summary) || '–' },
    },
    ...(isHeaded ? { header: { title: plain(title, LIMITS.title), template: TEMPLATES[card.tone] } } : {}),
    body: { elements: elements.length > 0 ? [...elements] : [{ tag: 'markdown', content: '–' }] },
  }
}

export function fits(card: FeishuCard): boolean {
  return bytesOf(card) <= LIMITS.cardBytes && componentsIn(card) <= LIMITS.components
}

/** Fewer elements: what people read goes from the end, then what they press. */
function shortened(card: FeishuCard): FeishuCard {
  const kept = card.body.elements.map((element) => ({
    element,
    bytes: bytesOf(element) + 1,
    components: componentsIn(element),
  }))
  let bytes = bytesOf(card)
  let components = componentsIn(card)
  while (kept.length > 0 && (bytes > LIMITS.cardBytes || components > LIMITS.components)) {
    const last = kept.findLastIndex(({ element }) => !isPressed(element))
    const [gone] = kept.splice(last < 0 ? kept.length - 1 : last, 1)
    bytes -= gone?.bytes ?? 0
    components -= gone?.components ?? 0
  }
  return { ...card, body: { elements: kept.map(({ element }) => element) } }
}

/** A row of controls, as opposed to words that have a button beside them. */
function isPressed(element: CardElement): boolean {
  return element.tag === 'column_set' && element.flex_mode === 'flow'
}

function elementsOf(card: Card, room: Room): CardElement[] {
  return card.elements.flatMap((element) => elementOf(element, room, card.locale))
}

function elementOf(element: Element, room: Room, locale: string): CardElement[] {
  switch (element.kind) {
    case 'text':
      return words(markdown(element.text, room.text))
    case 'quote':
      return words(isBlank(element.text) ? '' : markdown(element.text, room.text, QUOTED))
    case 'small':
      return small(markdown(element.text, Math.min(room.text, LIMITS.smallText)))
    case 'divider':
      return [{ tag: 'hr' }]
    case 'facts':
      return factRows(element.facts, Math.min(room.text, LIMITS.factText))
    case 'files':
      return small(element.files.map((file) => fileLine(file, locale)).join('\n'))
    case 'controls':
      return controlRows(element.controls, room.options)
    case 'rows':
      return element.rows.map(({ text, control }) => {
        const said: Markdown = { tag: 'markdown', content: markdown(text, room.text) || '–' }
        const pressed = control === undefined ? undefined : buttonOf(control)
        return pressed === undefined ? said : row(said, pressed)
      })
    default:
      return element satisfies never
  }
}

function words(content: string): CardElement[] {
  return content.trim() === '' ? [] : [{ tag: 'markdown', content }]
}

function small(content: string): CardElement[] {
  return content.trim() === '' ? [] : [{ tag: 'markdown', content, text_size: 'notation' }]
}

function isBlank(text: Text): boolean {
  return text.every((inline) => typeof inline === 'string' && inline.trim() === '')
}

function factRows(facts: Extract<Element, { kind: 'facts' }>['facts'], max: number): CardElement[] {
  const fields = facts.map(({ label, value }): CardElement => {
    const name = `**${escaped(clipped(label, 100)) || '–'}**\n`
    return { tag: 'markdown', content: name + (markdown(value, max) || '–') }
  })
  return chunked(fields, 2).map(halves)
}

function fileLine(
  { name, bytes, url }: { name: string; bytes: number; url: string },
  locale: string,
): string {
  return `📎 ${linked(safeUrl(url), name.slice(0, 100))} · ${escaped(sizeOf(bytes, locale))}`
}

function sizeOf(bytes: number, locale: string): string {
  const [amount, unit] = bytes < 1024 ** 2 ? [bytes / 1024, 'kilobyte'] : [bytes / 1024 ** 2, 'megabyte']
  const digits = { maximumFractionDigits: amount < 10 ? 1 : 0 }
  return new Intl.NumberFormat(locale, { style: 'unit', unit, ...digits }).format(amount)
}
