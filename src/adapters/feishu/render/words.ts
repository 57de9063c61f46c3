import type { Words } from '../../../delivery/messenger.js'
import { LIMITS } from '../limits.js'
import { renderCard } from './card.js'
import type { CardElement } from './elements.js'
import { clipped, escaped } from './escape.js'
import { markdown } from './markdown.js'
import { renderPost } from './post.js'

/** A message as Feishu takes it: what kind, and its content as JSON text. */
export interface Rendered {
  msg_type: 'interactive' | 'post'
  content: string
}

/** Somebody's words: a rich message, or a card where buttons come with them. */
export function renderWords(words: Words): Rendered {
  return words.card === undefined
    ? { msg_type: 'post', content: JSON.stringify(renderPost(words)) }
    : asCard(words)
}

/** The same as a card, for a message that has been one. */
export function asCard({ text, author, card }: Words): Rendered {
  const name = clipped(author?.name ?? '', LIMITS.authorName)
  const said = markdown(text, LIMITS.markdown / 2)
  const before: CardElement[] = [
    ...(name === '' ? [] : [`**${escaped(name)}**`]),
    ...(said.trim() === '' ? [] : [said]),
  ].map((content) => ({ tag: 'markdown', content }))
  const summary = clipped(`${name} ${text.filter((one) => typeof one === 'string').join('')}`, LIMITS.summary)
  const around = card ?? {
    audience: 'requester',
    locale: 'en',
    title: '',
    tone: 'neutral',
    summary,
    elements: [],
  }
  return cardMessage(renderCard({ ...around, summary: summary || around.summary }, before))
}

export function cardMessage(card: unknown): Rendered {
  return { msg_type: 'interactive', content: JSON.stringify(card) }
}
