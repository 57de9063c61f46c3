import { beginning, fitted, oneLine, visible } from '../../../lib/shown-text.js'

/** Signs that mean something to Feishu's markdown wherever they stand. */
const ALWAYS = new Set('&<>*_~[]`\\|$@')
/** Signs that mean something where a line begins. */
const AT_START = new Set('#-+=')
const NO_BREAK_SPACE = '\u00A0'

const entity = (sign: string): string => `&#${sign.charCodeAt(0)};`

/**
 * `text` in the pieces that may be separated, each as Feishu's markdown must have it to show it as it is: signs as
 * numeric entities, which it decodes after it has looked for marks. Addresses are no links unless a card says so.
 */
export function escapedPieces(text: string): string[] {
  const points = [...visible(text)]
  let atStart = true
  let onlyDigits = false
  return points.map((point, i) => {
    const piece = pieceOf(points, i, atStart, onlyDigits)
    if (point === '\n') [atStart, onlyDigits] = [true, false]
    else if (!atStart || !/\s/.test(point)) {
      onlyDigits = (atStart || onlyDigits) && point >= '0' && point <= '9'
      atStart = false
    }
    return piece
  })
}

function pieceOf(points: readonly string[], i: number, atStart: boolean, onlyDigits: boolean): string {
  const point = points[i] ?? ''
  if (ALWAYS.has(point)) return entity(point)
  if (atStart && AT_START.has(point)) return entity(point)
  // four spaces would make a block of code
  if (atStart && point !== '\n' && /\s/.test(point)) return NO_BREAK_SPACE
  // `1.` would begin a list, and lists are numbered anew
  if (onlyDigits && (point === '.' || point === ')')) return entity(point)
  // `https://` and `:OK:`
  if (point === ':' && /[A-Za-z_/+-]/.test(points[i + 1] ?? '')) return entity(point)
  if (point === '.' && i >= 3 && /^www$/i.test(points.slice(i - 3, i).join(''))) return entity(point)
  return point
}

/** `text` as plain words in markdown, at most `max` UTF-16 units after escaping, with an ellipsis where cut. */
export function escaped(text: string, max: number = Number.POSITIVE_INFINITY): string {
  return fitted(escapedPieces(beginning(text, max)), max)
}

/** One line without marks, as titles, labels and toasts have it: they know no markup. */
export function clipped(text: string, max: number): string {
  return fitted([...oneLine(beginning(text, max))], max)
}

export interface PlainText {
  tag: 'plain_text'
  content: string
}

/** A plain text element; never empty. */
export function plain(text: string, max: number): PlainText {
  return { tag: 'plain_text', content: clipped(text, max) || '–' }
}
