import type { ReactNode } from 'react'
import { TypedText } from './feishu-text.js'
import { SafeHtml } from './safe-html.js'
import { messageHtml } from './teams-markdown.js'

type Props = { text: string; html?: string; bot: boolean }

/** A message of Teams: formatted as its author's client did, or, of a bot, by its markdown. */
export function TeamsText({ text, html, bot }: Props): ReactNode {
  if (html !== undefined) return <SafeHtml html={html} />
  if (bot) return <SafeHtml html={withMentions(messageHtml(text))} />
  return <TypedText text={text} />
}

/** `<at>Name</at>` is the one element that a bot's text may hold. */
function withMentions(html: string): string {
  return html.replace(/&lt;at(?: [^&]*?)?&gt;(.*?)&lt;\/at&gt;/g, '<at>$1</at>')
}
