import type { Inline, Text } from '../../../cards/text.js'
import { writtenOut } from '../../../cards/written-out.js'
import { beginning, fitted, oneLine } from '../../../lib/shown-text.js'
import { LIMITS } from '../limits.js'
import { clipped, escaped, escapedPieces } from './escape.js'
import { pinged, placeUrl, safeUrl } from './links.js'

/** How lines begin: a quotation sets a mark before each. */
export interface Lines {
  start: string
  newline: string
}
const PLAIN_LINES: Lines = { start: '', newline: '\n' }
export const QUOTED: Lines = { start: '> ', newline: '\n> ' }

/** What a mark does not open or close beside when a sign stands on its other side: neither blank nor sign. */
const STARTS = /^[^\s\p{P}\p{S}]/u
const ENDS = /[^\s\p{P}\p{S}]$/u

const MAX_NAME = 200

/** `text` in Feishu's markdown, at most `max` UTF-16 units, with an ellipsis where cut. */
export function markdown(text: Text, max: number, lines: Lines = PLAIN_LINES): string {
  return fitted([lines.start, ...piecesOf(text, lines, max)], max)
}

/** The pieces that may be separated: plain words by code points, markup as a whole. */
function piecesOf(text: Text, lines: Lines, enough: number): string[] {
  const pieces: string[] = []
  for (const inline of text) {
    if (pieces.length > 2 * enough) break
    if (typeof inline === 'string') {
      for (const piece of escapedPieces(beginning(inline, enough)))
        pieces.push(piece === '\n' ? lines.newline : piece)
      continue
    }
    const markup = markupOf(inline)
    if (markup === '') continue
    const isStrong = inline.kind === 'strong'
    // A mark does not open or close between a sign and a letter.
    if (isStrong && ENDS.test(pieces.at(-1) ?? '') && !STARTS.test(oneLine(inline.text))) pieces.push(' ')
    // `![words](address)` would be a picture
    if (markup.startsWith('[') && pieces.at(-1) === '!') pieces.splice(-1, 1, '&#33;')
    pieces.push(markup)
    if (isStrong && !ENDS.test(oneLine(inline.text))) pieces.push(AFTER_STRONG)
  }
  return pieces.flatMap((piece, i) => {
    if (piece !== AFTER_STRONG) return [piece]
    return STARTS.test(pieces[i + 1] ?? '') ? [' '] : []
  })
}

/** Holds the place where a space is needed if a letter follows. Private use, and never sent. */
const AFTER_STRONG = '\uE001'

function markupOf(inline: Exclude<Inline, string>): string {
  switch (inline.kind) {
    case 'strong':
      return wrapped(inline.text, '**', '**')
    case 'quiet':
      return wrapped(inline.text, "<font color='grey'>", '</font>')
    case 'code':
      return code(inline.text)
    case 'instant':
      return escaped(writtenOut(inline))
    case 'person': {
      const openId = pinged(inline)
      return openId === undefined ? escaped(clipped(inline.name, MAX_NAME)) : `<at id=${openId}></at>`
    }
    case 'link':
      return linked(safeUrl(inline.url), inline.text)
    case 'place':
      return linked(placeUrl(inline), inline.text)
    default:
      return inline satisfies never
  }
}

/** A mark does not reach over a line's end. */
function wrapped(text: string, open: string, close: string): string {
  const inner = escaped(clipped(text, LIMITS.markdown / 4))
  return inner === '' ? '' : open + inner + close
}

/** Entities stay as they are inside of code, so what could be markup there is written with signs that look alike. */
function code(text: string): string {
  const inner = clipped(text, 300).replaceAll('`', 'ˋ').replaceAll('<', '＜').replaceAll('>', '＞')
  return inner === '' ? '' : `\`${inner}\``
}

/** A link with its words; only the words where the address is none that a browser opens. */
export function linked(url: string | undefined, words: string): string {
  const label = escaped(clipped(words, 200)) || '…'
  return url === undefined ? label : `[${label}](${url})`
}
