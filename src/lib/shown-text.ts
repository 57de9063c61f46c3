/** C0 and C1 controls (tab and line feed excepted), directional marks and overrides, zero-width characters, BOM. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200C\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu
/** A zero-width joiner holds an emoji family together; anywhere else it only hides. */
const JOINER =
  /(?<!\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu
const ELLIPSIS = '…'

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

/** `text` in one line: whatever separates its words is one blank. */
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
