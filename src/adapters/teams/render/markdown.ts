import type { Inline, Text } from '../../../cards/text.js'
import { beginning, fitted, oneLine } from '../../../lib/shown-text.js'
import type { AcMention } from './elements.js'
import { escaped, escapedPieces } from './escape.js'
import { instantFunctions } from './instant.js'
import { placeUrl, safeUrl } from './links.js'

/** Who is mentioned in one card: Teams wants them listed beside it. */
export type Mentions = Map<string, AcMention>

const USER_ID = /^[\w:.@-]{1,128}$/
/** What a mark does not open or close beside when a sign stands on its other side: neither blank nor sign. */
const STARTS = /^[^\s\p{P}\p{S}]/u
const ENDS = /[^\s\p{P}\p{S}]$/u
const STYLED_MAX = 600

/** `text` in the Markdown of Teams' cards, at most `max` UTF-16 units, with an ellipsis where cut. */
export function markdown(text: Text, max: number, mentions: Mentions): string {
  const pieces: string[] = []
  let length = 0
  for (const inline of text) {
    if (length > max) break
    const made = piecesOf(inline, { last: pieces.at(-1) ?? '\n', max, mentions })
    for (const piece of made) {
      // `**bold!**word` is no bold to Markdown: where a sign meets a letter it wants a blank
      if (closes(pieces.at(-1)) && STARTS.test(piece)) pieces.push(' ')
      // `![words](address)` would be a picture, fetched from anywhere
      if (piece.startsWith('[') && pieces.at(-1) === '!') pieces.splice(-1, 1, '\\!')
      pieces.push(piece)
      length += piece.length
    }
  }
  return fitted(pieces, max).trim()
}

function closes(piece: string | undefined): boolean {
  return piece !== undefined && /^\*.*[\p{P}\p{S}]\*$/u.test(piece)
}

interface Around {
  last: string
  max: number
  mentions: Mentions
}

function piecesOf(inline: Inline, { last, max, mentions }: Around): string[] {
  if (typeof inline === 'string') return escapedPieces(beginning(inline, max), /\n$/.test(last))
  switch (inline.kind) {
    case 'strong':
      return styled(inline.text, '**', last)
    case 'quiet':
      return styled(inline.text, '*', last)
    case 'code':
      // Teams has no code inside of lines; without a mark, a command would read as a part of the sentence
      return styled(inline.text, '**', last)
    case 'instant':
      return [instantFunctions(inline)]
    case 'person':
      return [person(inline, mentions)]
    case 'link':
      return [linked(inline.url, inline.text)]
    case 'place':
      return [linked(placeUrl(inline), inline.text)]
    default:
      return inline satisfies never
  }
}

function styled(text: string, mark: string, last: string): string[] {
  const inner = escaped(text, STYLED_MAX)
  if (inner === '') return []
  const marked = `${mark}${inner}${mark}`
  const meets = (ENDS.test(last) || last.endsWith('*')) && !STARTS.test(inner)
  return meets || last.endsWith('*') ? [' ', marked] : [marked]
}

/** Whoever is notified is mentioned; of two with one name only the first, since the text could not tell them apart. */
function person({ userIds, notify, name }: Extract<Inline, { kind: 'person' }>, mentions: Mentions): string {
  const id = userIds.teams
  const shown = oneLine(name).replace(/[<>&\\`*_~[\]{}|]/g, '')
  if (notify !== true || id === undefined || !USER_ID.test(id) || shown === '')
    return escaped(name, STYLED_MAX)
  const text = `<at>${shown}</at>`
  const known = mentions.get(text)
  if (known !== undefined && known.mentioned.id !== id) return escaped(name, STYLED_MAX)
  mentions.set(text, { type: 'mention', text, mentioned: { id, name: shown } })
  return text
}

/** A link with its words; only the words where the address is none that a browser opens. */
export function linked(url: string | undefined, words: string): string {
  const label = escaped(words, 300) || '…'
  const target = safeUrl(url)
  return target === undefined ? label : `[${label}](${target})`
}
