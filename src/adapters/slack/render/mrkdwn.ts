import type { Inline, Text } from '../../../cards/text.js'
import { beginning, fitted, oneLine, visible } from '../../../lib/shown-text.js'
import { LIMITS } from '../limits.js'
import { escaped, escapedText, literal } from './escape.js'
import { instant } from './instant.js'

/** How lines begin: a quotation sets a mark before each. */
export interface Lines {
  start: string
  newline: string
  /** `*bold*` that somebody typed in a message is bold where it is shown again; on a card it is six signs. */
  keepsStyles?: true
}
const PLAIN_LINES: Lines = { start: '', newline: '\n' }
export const TYPED: Lines = { ...PLAIN_LINES, keepsStyles: true }
export const QUOTED: Lines = { start: '> ', newline: '\n> ' }

const USER_ID = /^[UW][A-Z0-9]{2,}$/
const CHANNEL_ID = /^[CGD][A-Z0-9]{2,}$/
const MAX_NAME = 200
const ENDS_WORD = /[\p{L}\p{N}]$/u
const STARTS_WORD = /^[\p{L}\p{N}]/u

/** `text` in Slack's markup, at most `max` UTF-16 units, with an ellipsis where cut. */
export function mrkdwn(text: Text, max: number, lines: Lines = PLAIN_LINES): string {
  const whole = lines.start + atomsOf(text, lines, max, 'runs').join('')
  return whole.length <= max ? whole : fitted([lines.start, ...atomsOf(text, lines, max, 'points')], max)
}

/** A message's `text` in at most `maxParts` pieces of at most `max` units each; an ellipsis ends the last where there was more. */
export function mrkdwnParts(text: Text, max: number, maxParts: number): string[] {
  const atoms = atomsOf(text, TYPED, max * maxParts, 'points')
  const parts: string[] = []
  let from = 0
  while (from < atoms.length && parts.length < maxParts - 1) {
    const to = partEnd(atoms, from, max)
    parts.push(atoms.slice(from, to).join('').trim())
    from = to
  }
  parts.push(fitted(atoms.slice(from), max).trim())
  return parts.filter((part) => part !== '')
}

/** Where a part that begins at `from` ends: after the last line or word that fits. */
function partEnd(atoms: readonly string[], from: number, max: number): number {
  let length = 0
  let to = from
  for (let atom = atoms[to]; atom !== undefined && length + atom.length <= max; atom = atoms[to]) {
    length += atom.length
    to++
  }
  if (to === atoms.length) return to
  if (to === from) return from + 1
  const line = atoms.lastIndexOf('\n', to)
  const word = atoms.lastIndexOf(' ', to)
  const half = from + (to - from) / 2
  return line > half ? line + 1 : word > half ? word + 1 : to
}

/**
 * The pieces that may be separated: plain words in `runs` or by code `points`, markup as a whole. Not many more than
 * `enough` units are made, however long the text.
 */
function atomsOf(text: Text, lines: Lines, enough: number, words: 'runs' | 'points'): string[] {
  const atoms: string[] = []
  const hasMore = text.length > 1
  for (const inline of text) {
    // Every atom but the space after a style has a length of one at least.
    if (atoms.length > 2 * enough) break
    if (typeof inline === 'string') {
      const typed = visible(beginning(inline, enough))
      const seen = lines.keepsStyles ? typed : literal(typed, hasMore)
      for (const part of words === 'runs' && seen !== '' ? [seen] : seen) {
        atoms.push(escapedText(part).replaceAll('\n', lines.newline))
      }
      continue
    }
    const markup = markupOf(inline)
    if (markup === '') continue
    // Slack does not read `*bold*` that touches a letter.
    if (isStyled(inline) && ENDS_WORD.test(atoms.at(-1) ?? '')) atoms.push(' ')
    atoms.push(markup)
    if (isStyled(inline)) atoms.push(AFTER_STYLE)
  }
  return atoms.flatMap((atom, i) => {
    if (atom !== AFTER_STYLE) return [atom]
    return STARTS_WORD.test(atoms[i + 1] ?? '') ? [' '] : []
  })
}

/** Holds the place where a space is needed if a letter follows. Private use, and never sent. */
const AFTER_STYLE = '\uE001'

function isStyled(inline: Exclude<Inline, string>): boolean {
  return inline.kind === 'strong' || inline.kind === 'quiet' || inline.kind === 'code'
}

function markupOf(inline: Exclude<Inline, string>): string {
  switch (inline.kind) {
    case 'strong':
      return styled(inline.text, '*', '∗')
    case 'quiet':
      return styled(inline.text, '_', '＿')
    case 'code':
      return styled(inline.text, '`', 'ˋ')
    case 'instant':
      return instant(inline)
    case 'person':
      return person(inline)
    case 'link':
      return linked(inline.url, inline.text)
    case 'place':
      return linked(placeUrl(inline), inline.text)
    default:
      return inline satisfies never
  }
}

/** The mark would end early at its own sign, and does not reach over a line's end. */
function styled(text: string, mark: string, standIn: string): string {
  const line = oneLine(beginning(text, LIMITS.sectionFieldText)).replaceAll(mark, standIn)
  const inner = literal(escaped(line, LIMITS.sectionFieldText / 2), true)
  return inner === '' ? '' : `${mark}${inner}${mark}`
}

function person({ userIds, notify, name }: Extract<Inline, { kind: 'person' }>): string {
  const userId = userIds.slack
  return notify === true && userId !== undefined && USER_ID.test(userId)
    ? `<@${userId}>`
    : literal(escaped(name, MAX_NAME), true)
}

/** A link with its words; only the words where the address is none that a browser opens. */
export function linked(url: string | undefined, words: string): string {
  const label = literal(escaped(words.replace(/\s+/g, ' ').trim(), 300).replaceAll('|', '¦'), true)
  const target = safeUrl(url)
  return target === undefined ? label : `<${target}|${label || '…'}>`
}

/** `url` as Slack takes it, or nothing when it is not a web or mail address or is too long. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:' && protocol !== 'mailto:') return undefined
  const safe = href.replace(/[<>|\s]/g, encodeURIComponent)
  return safe.length <= LIMITS.url / 2 ? safe : undefined
}

function placeUrl({ address, messageId }: Extract<Inline, { kind: 'place' }>): string | undefined {
  const { platform, conversation, thread } = address
  if (platform !== 'slack' || !CHANNEL_ID.test(conversation)) return undefined
  const message = messageId ?? thread
  const base = `https://slack.com/archives/${conversation}`
  if (message === undefined) return base
  const inThread =
    thread === undefined || thread === message ? '' : `?thread_ts=${thread}&cid=${conversation}`
  return `${base}/p${message.replace('.', '')}${inThread}`
}
