import type { ReactNode } from 'react'
import { TypedText } from './feishu-text.js'
import { SafeHtml } from './safe-html.js'
import { messageHtml } from './teams-markdown.js'

type Props = { text: string; html?: string; bot: boolean }

/** Bots write in markdown, or in a little XML: whichever it is shows in the text itself. */
const TAGS = /<\/?(?:a|at|b|blockquote|br|code|em|i|li|ol|p|pre|s|strong|u|ul)(?:\s[^>]*)?\/?>/i

/** A message of Teams: formatted as its author's client did, or, of a bot, as the bot did. */
export function TeamsText({ text, html, bot }: Props): ReactNode {
  if (html !== undefined) return <SafeHtml html={html} />
  if (!bot) return <TypedText text={text} />
  return <SafeHtml html={TAGS.test(text) ? text.replaceAll('\n', '<br>') : messageHtml(text)} />
}
