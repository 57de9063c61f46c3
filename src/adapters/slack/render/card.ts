import type { KnownBlock } from '@slack/types'
import type { Card, Element, Tone } from '../../../cards/card.js'
import type { Text } from '../../../cards/text.js'
import { LIMITS } from '../limits.js'
import { buttonOf, type ControlIds, chunked, controlBlocks } from './controls.js'
import { escaped, literal, plain } from './escape.js'
import { linked, mrkdwn, QUOTED } from './mrkdwn.js'

/** What Slack shows: blocks, and one line for notifications and screen readers. */
export interface Rendered {
  blocks: KnownBlock[]
  text: string
}

/** How much may be said; a card that is too large for Slack is rendered again with less. */
interface Room {
  text: number
  options: number
}
const ROOMS: readonly Room[] = [
  { text: LIMITS.sectionText, options: LIMITS.options * LIMITS.optionGroups },
  { text: 1200, options: LIMITS.options },
  { text: 500, options: 40 },
  { text: 200, options: 15 },
]
/** How much a surface holds, in blocks and in UTF-16 units of their JSON. */
interface Most {
  blocks: number
  json: number
}
const MESSAGE: Most = { blocks: LIMITS.messageBlocks, json: LIMITS.messageJson }
const TONES: Readonly<Record<Tone, string>> = {
  neutral: '',
  info: '🔵 ',
  good: '🟢 ',
  warning: '🟠 ',
  danger: '🔴 ',
}

/** A card as a message. Whatever its size, the result is within Slack's limits; its controls are kept longest. */
export function renderCard(card: Card, before: readonly KnownBlock[] = [], most = MESSAGE): Rendered {
  return { blocks: withinLimits(card, before, most), text: escaped(card.summary, LIMITS.fallbackText) || '–' }
}

function withinLimits(card: Card, before: readonly KnownBlock[], most: Most): KnownBlock[] {
  let blocks: KnownBlock[] = []
  for (const room of ROOMS) {
    blocks = [...before, ...blocksOf(card, room)]
    if (fits(blocks, most)) return blocks
  }
  return shortened(blocks, most)
}

/** Fewer blocks: what people read goes from the end, then what they press. */
function shortened(blocks: readonly KnownBlock[], most: Most): KnownBlock[] {
  const kept = blocks.map((block) => ({ block, length: JSON.stringify(block).length + 1 }))
  let length = kept.reduce((sum, each) => sum + each.length, 1)
  while (kept.length > most.blocks || length > most.json) {
    const last = kept.findLastIndex(({ block }) => block.type !== 'actions')
    const [gone] = kept.splice(last < 0 ? kept.length - 1 : last, 1)
    length -= gone?.length ?? 0
  }
  return kept.map(({ block }) => block)
}

function fits(blocks: readonly KnownBlock[], most: Most): boolean {
  return blocks.length <= most.blocks && JSON.stringify(blocks).length <= most.json
}

function blocksOf(card: Card, room: Room): KnownBlock[] {
  const ids: ControlIds = { next: 0 }
  const head: KnownBlock[] =
    card.compact === true || card.title.trim() === ''
      ? []
      : [{ type: 'header', text: plain(TONES[card.tone] + card.title, LIMITS.headerText) }]
  return [...head, ...card.elements.flatMap((element) => elementBlocks(element, { ids, room, card }))]
}

interface Making {
  ids: ControlIds
  room: Room
  card: Card
}

function elementBlocks(element: Element, { ids, room, card }: Making): KnownBlock[] {
  switch (element.kind) {
    case 'text':
      return section(mrkdwn(element.text, room.text))
    case 'quote':
      return section(isBlank(element.text) ? '' : mrkdwn(element.text, room.text, QUOTED))
    case 'small':
      return context(mrkdwn(element.text, Math.min(room.text, LIMITS.contextText)))
    case 'divider':
      return [{ type: 'divider' }]
    case 'facts':
      return factBlocks(element.facts, Math.min(room.text, LIMITS.sectionFieldText))
    case 'files':
      return packed(element.files.map((file) => fileLine(file, card.locale))).flatMap(context)
    case 'controls':
      return controlBlocks(element.controls, ids, room.options)
    case 'rows':
      return rowBlocks(element.rows, ids, room)
    default:
      return element satisfies never
  }
}

/** Words as Slack must take them: `verbatim`, so that it makes no links and mentions of its own. */
export function mrkdwnObject(text: string): { type: 'mrkdwn'; text: string; verbatim: true } {
  return { type: 'mrkdwn', text, verbatim: true }
}

function section(text: string): KnownBlock[] {
  return text.trim() === '' ? [] : [{ type: 'section', text: mrkdwnObject(text) }]
}

function context(text: string): KnownBlock[] {
  return text.trim() === '' ? [] : [{ type: 'context', elements: [mrkdwnObject(text)] }]
}

function isBlank(text: Text): boolean {
  return text.every((inline) => typeof inline === 'string' && inline.trim() === '')
}

function factBlocks(facts: Extract<Element, { kind: 'facts' }>['facts'], max: number): KnownBlock[] {
  const fields = facts.map(({ label, value }) => {
    const name = `*${literal(escaped(label.replaceAll('*', '∗'), 100))}*\n`
    return mrkdwnObject(name + (mrkdwn(value, max - name.length) || '–'))
  })
  return chunked(fields, LIMITS.sectionFields).map((chunk) => ({ type: 'section', fields: chunk }))
}

function fileLine(
  { name, bytes, url }: { name: string; bytes: number; url: string },
  locale: string,
): string {
  return `📎 ${linked(url, name.slice(0, 100))} · ${sizeOf(bytes, locale)}`
}

/** Lines put together as far as one text may hold them. */
function packed(lines: readonly string[]): string[] {
  const texts: string[] = []
  for (const line of lines) {
    const last = texts.at(-1)
    if (last !== undefined && last.length + 1 + line.length <= LIMITS.contextText)
      texts.push(`${texts.pop()}\n${line}`)
    else texts.push(line)
  }
  return texts
}

function sizeOf(bytes: number, locale: string): string {
  const [amount, unit] = bytes < 1024 ** 2 ? [bytes / 1024, 'kilobyte'] : [bytes / 1024 ** 2, 'megabyte']
  const digits = { maximumFractionDigits: amount < 10 ? 1 : 0 }
  return new Intl.NumberFormat(locale, { style: 'unit', unit, ...digits }).format(amount)
}

function rowBlocks(
  rows: Extract<Element, { kind: 'rows' }>['rows'],
  ids: ControlIds,
  room: Room,
): KnownBlock[] {
  return rows.flatMap(({ text, control }) => {
    const words = mrkdwn(text, room.text) || '–'
    const accessory = control === undefined ? undefined : buttonOf(control, ids)
    return [{ type: 'section', text: mrkdwnObject(words), ...(accessory === undefined ? {} : { accessory }) }]
  })
}
