import type { PlainTextElement } from '@slack/types'
import { beginning, fitted, oneLine, visible } from '../../../lib/shown-text.js'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

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

/** A plain text object; never empty, since Slack refuses that. */
export function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: escaped(oneLine(beginning(text, max)), max) || '–', emoji: true }
}

/** A mark that may open a style: at the edge of a word, with something behind it. */
const OPENING = /(?<![\p{L}\p{N}])([*_~`])(?=\S|$)/gu

/**
 * Words in which Slack sees no bold, italics or code. It has no escape for these marks; a space without width behind
 * the first of two keeps it from opening anything. `any`: also the marks that have no mate on their line, but may find
 * one in what follows.
 */
export function literal(text: string, any = false): string {
  const lines = text
    .split('\n')
    .map((line) =>
      line.replace(OPENING, (mark, _mark, at: number) =>
        any || at < line.lastIndexOf(mark) ? `${mark}\u200B` : mark,
      ),
    )
  return lines.join('\n')
}
