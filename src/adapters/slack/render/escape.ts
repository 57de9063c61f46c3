import type { PlainTextElement } from '@slack/types'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
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

/** `text` as Slack must receive it to show it as it is. */
export function escapedText(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign)
}

/** `text` as plain words in Slack's markup, at most `max` UTF-16 units after escaping, with an ellipsis where cut. */
export function escaped(text: string, max: number = Number.POSITIVE_INFINITY): string {
  const seen = visible(beginning(text, max))
  const whole = escapedText(seen)
  return whole.length <= max ? whole : fitted([...seen].map(escapedText), max)
}

/** As much of a text as can matter when `max` units of it are shown, what cannot be seen included. */
export function beginning(text: string, max: number): string {
  return text.length > 4 * max ? text.slice(0, 4 * max) : text
}

/** A plain text object; never empty, since Slack refuses that. */
export function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: escaped(oneLine(beginning(text, max)), max) || '–', emoji: true }
}

function oneLine(text: string): string {
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

/** `text` in at most `max` UTF-16 units, not escaped: for values that Slack hands back as they are. */
export function cut(text: string, max: number): string {
  return fitted([...text], max)
}
