import { interactiveParts } from '../feishu/card-parts.js'
import type { PlaceView } from '../messenger.js'
import type { Fields } from '../slack/types.js'
import { object, string } from './block-fields.js'
import { headOf, numberIn, textsWithin, verbIn } from './card-words.js'
import type { LiveAction, Place } from './post.js'

const TEXTS = ['content', 'text']
const CLICKED = new Set(['button', 'overflow', 'select_static', 'select_person'])

/** A chat of Feishu. */
export function feishuPlace({ messages, ...place }: PlaceView): Place {
  return {
    platform: 'feishu',
    ...place,
    posts: messages.map((message) => {
      const card = message.card
      const number = numberIn(string(object(object(card?.header)?.title)?.content))
      const shown = card
        ? textsWithin([card.header, card.body], TEXTS, (each) => !isClicked(each)).join('\n')
        : (message.text ?? '')
      return {
        id: message.messageId,
        ...(message.thread === undefined || message.thread === message.messageId
          ? {}
          : { root: message.thread }),
        atMs: Date.parse(message.at),
        by: message.author.id,
        bot: message.author.isBot,
        words: card ? textsWithin(card, TEXTS).join('\n') : shown,
        shown,
        head: headOf(shown),
        ...(number === undefined || message.deleted ? {} : { number }),
        actions: card ? liveActions(card, `${place.id}:${message.messageId}`) : [],
      }
    }),
  }
}

function isClicked(fields: Fields): boolean {
  return CLICKED.has(String(fields.tag))
}

function liveActions(card: Fields, at: string): LiveAction[] {
  return interactiveParts(card).flatMap(({ element }) => {
    const verb = element.tag === 'button' ? verbIn([element.behaviors, element.value]) : undefined
    const action = feishuAction(card, element)
    return verb === undefined || action === undefined
      ? []
      : [{ on: 'other', verb, action, spot: `${at} ${action}` }]
  })
}

/** By what a click finds an element of a card again: a button by its number, anything else by what it is called. */
export function feishuAction(card: Fields, element: Fields): number | string | undefined {
  const buttons = interactiveParts(card).filter((part) => part.element.tag === 'button')
  if (element.tag === 'button') return buttons.findIndex((part) => part.element === element)
  return string(element.element_id) ?? string(element.name) ?? string(object(element.placeholder)?.content)
}
