import { beginning, fitted, oneLine, visible } from '../../../lib/shown-text.js'

/** Signs that mean something to Teams' Markdown, to its `{{DATE()}}` or to its mentions, wherever they stand. */
const ALWAYS = new Set('\\`*_~[]<>|&{')
/** Signs that mean something at the beginning of a line only: lists, headings, underlines of headings. */
const AT_START = new Set('-+#=')
const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The pieces of `text` as Teams' Markdown shows them as they are; `newLine`: the text begins a line. */
export function escapedPieces(text: string, newLine: boolean): string[] {
  const pieces: string[] = []
  // what stands since the line began, while that is digits only: `1.` would begin a list
  let head: string | undefined = newLine ? '' : undefined
  for (const point of visible(text)) {
    if (point === '\n') {
      // one line feed is a blank to Markdown; a paragraph is the line that all clients break
      pieces.push('\n\n')
      head = ''
      continue
    }
    if (head === '' && /\s/.test(point)) {
      // four blanks would make it code
      pieces.push('\u00A0')
      continue
    }
    const isList = head !== undefined && head !== '' && (point === '.' || point === ')')
    const isMark = ALWAYS.has(point) || (head === '' && AT_START.has(point)) || isList
    pieces.push(isMark ? `\\${point}` : point)
    head = head !== undefined && /^\d$/.test(point) && head.length < 9 ? head + point : undefined
  }
  return pieces
}

/** `text` in one line as Teams' Markdown shows it as it is, at most `max` units, with an ellipsis where cut. */
export function escaped(text: string, max: number): string {
  return fitted(escapedPieces(oneLine(beginning(text, max)), true), max)
}

/** Plain words in one line, at most `max` units: for what is no Markdown (titles of buttons, labels, choices). */
export function plain(text: string, max: number): string {
  return fitted([...oneLine(beginning(text, max))], max) || '–'
}

/** `text` as HTML shows it as it is. */
export function escapedHtml(text: string): string {
  return visible(text)
    .replace(/[&<>"]/g, (sign) => HTML[sign] ?? sign)
    .replaceAll('\n', '<br>')
}
