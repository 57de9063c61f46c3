import type { PlaceView } from '../messenger.js'
import type { Fields } from '../slack/types.js'
import { actionsOf } from '../teams/card-walk.js'
import { headOf, numberIn, textsWithin, verbIn } from './card-words.js'
import type { LiveAction, Place } from './post.js'

const TEXTS = ['text', 'title', 'value', 'label']

/** A chat or channel of Teams. */
export function teamsPlace({ messages, ...place }: PlaceView): Place {
  return {
    platform: 'teams',
    ...place,
    posts: messages.map((message) => {
      const { card } = message
      const texts = card ? textsWithin(card.body, TEXTS, (each) => !isAction(each)) : [message.text ?? '']
      const number = card ? numberIn(texts[0]) : undefined
      const shown = texts.join('\n')
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

function isAction(fields: Fields): boolean {
  return String(fields.type).startsWith('Action.')
}

function liveActions(card: Fields, at: string): LiveAction[] {
  return actionsOf(card).flatMap((fields, action) => {
    const verb = verbIn([fields.verb, fields.data])
    return verb === undefined ? [] : [{ on: 'other', verb, action, spot: `${at} ${action}` }]
  })
}
