import type { KnownBlock } from '@slack/types'
import type { Words } from '../../../delivery/messenger.js'
import { LIMITS } from '../limits.js'
import { mrkdwnObject, type Rendered, renderCard } from './card.js'
import { escaped } from './escape.js'
import { mrkdwn, mrkdwnParts, TYPED } from './mrkdwn.js'

/** A long message is shown in so many sections; with the line for notifications it stays within one post. */
const MAX_PARTS = 3

/** Somebody's words as a message. They stand in blocks, where Slack can be told to make no links of its own. */
export function renderWords({ text, card, files }: Words): Rendered {
  const max = card === undefined ? LIMITS.sectionText : LIMITS.sectionText / 2
  const parts = mrkdwnParts(text, max, card === undefined ? MAX_PARTS : 1)
  const names = (files ?? []).map((file) => `📎 ${escaped(file.name, 100)}`).join('\n')
  const words = parts.length > 0 || card !== undefined ? parts : [names || '–']
  const blocks: KnownBlock[] = words.map((part) => ({ type: 'section', text: mrkdwnObject(part) }))
  const line = mrkdwn(text, LIMITS.fallbackText, TYPED).trim()
  if (card === undefined) return { blocks, text: line || names || '–' }
  const rendered = renderCard(card, blocks)
  return { blocks: rendered.blocks, text: line || rendered.text }
}

/** In whose name a message is shown. */
export function renderAuthor(author: Words['author']): { username?: string; icon_url?: string } {
  if (author === undefined) return {}
  const username = escaped(author.name, LIMITS.authorName)
  return {
    ...(username === '' ? {} : { username }),
    ...(author.pictureUrl === undefined ? {} : { icon_url: author.pictureUrl }),
  }
}
