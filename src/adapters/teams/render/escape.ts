/** C0 and C1 controls (tab and line feed excepted), directional marks and overrides, zero-width characters, BOM. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu
/** A zero-width joiner holds an emoji family together; anywhere else it only hides. */
const JOINER =
  /(?<!\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu
const ELLIPSIS = '…'
/** Signs that mean something to Teams' Markdown, to its `{{DATE()}}` or to its mentions, wherever they stand. */
const ALWAYS = new Set('\\`*_~[]<>|&{')
/** Signs that mean something at the beginning of a line only: lists, headings, underlines of headings. */
const AT_START = new Set('-+#=')
const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** `text` without what cannot be seen: nobody's words may turn around or hide the words beside them. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(JOINER, '')
}

/** As much of a text as can matter when `max` units of it are shown, what cannot be seen included. */
export function beginning(text: string, max: number): string {
  return text.length > 4 * max ? text.slice(0, 4 * max) : text
}

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
    if (head === '' && (point === ' ' || point === '\t')) {
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

export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim()
}

/** The pieces joined, whole ones only, within `max`. */
export function fitted(pieces: readonly string[], max: number): string {
  const whole = pieces.join('')
  if (whole.length <= max) return whole
  let out = ''
  for (const piece of pieces) {
    if (out.length + piece.length > max - ELLIPSIS.length) break
    out += piece
  }
  return out + ELLIPSIS
}

/** `text` in at most `max` UTF-16 units, as it is. */
export function cut(text: string, max: number): string {
  return fitted([...text], max)
}
