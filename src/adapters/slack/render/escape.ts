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
