import { checkpoint } from '../lib/crash.js'
import type { Logger } from '../lib/logger.js'
import { monotonicMs } from '../lib/now.js'
import type { Inbox } from '../models/mongo/inbox.js'
import type { InboundEvent, InboundPresence } from './inbound.js'

export type Opening = Extract<InboundPresence, { what: 'chat_opened' }>

export interface AcceptDeps {
  deskId: () => string
  inbox: Inbox<InboundEvent>
  /** Told which conversation has something to do. */
  woken: (conversation: string) => void
  /** Told who opened their chat with the bot; rejects when it could not be seen to. */
  opened: (opening: Opening) => Promise<void>
  logger: Logger
}

/**
 * Makes arrivals durable; when it returns they may be acknowledged. Throws while the database is away, and then nothing
 * may be: the messenger sends them again.
 */
export function createAccept({
  deskId,
  inbox,
  woken,
  opened,
  logger,
}: AcceptDeps): (events: InboundEvent[]) => Promise<void> {
  return async (events) => {
    for (const event of events) {
      if (event.kind === 'presence') {
        if (event.what === 'chat_opened') await opened(event)
        continue
      }
      const began = monotonicMs()
      checkpoint('before_inbox')
      const conversation = unitOf(event)
      const fresh = await inbox.add({
        deskId: deskId(),
        keys: keysOf(event),
        conversation,
        order: orderOf(event),
        event,
      })
      checkpoint('after_inbox')
      logger.info('event stored', {
        eventKey: event.keys[0],
        kind: event.kind,
        fresh,
        ms: Math.round((monotonicMs() - began) * 10) / 10,
      })
      if (fresh) woken(conversation)
    }
  }
}

type Written = Exclude<InboundEvent, { kind: 'presence' }>

/**
 * What is done in order, one at a time: a person's whole direct conversation, since two messages there may be halves of
 * one; in a channel each thread by itself.
 */
export function unitOf(event: Written): string {
  const { platform, conversation, thread, messageId } = event
  const unit = `${platform}:${conversation.id}`
  return conversation.kind === 'direct' ? unit : `${unit}:${thread ?? messageId}`
}

/** The names of an arrival: the messenger's, and ours by which it is found from its message. */
export function keysOf(event: Written): string[] {
  const own = event.kind === 'message' ? messageKeyOf(event) : `${changeKeyOf(event)}${event.keys[0] ?? ''}`
  return [...event.keys, own]
}

/** What our names for the changes of a message begin with. */
export function changeKeyOf(event: Pick<Written, 'platform' | 'conversation' | 'messageId'>): string {
  return `change:${event.platform}:${event.conversation.id}:${event.messageId}:`
}

/** Our own name for a message: the same whatever the messenger's envelope says. */
export function messageKeyOf(event: Pick<Written, 'platform' | 'conversation' | 'messageId'>): string {
  return `message:${event.platform}:${event.conversation.id}:${event.messageId}`
}

/** The messenger's own time first, then its name for the message; of one instant, a message before its changes. */
function orderOf(event: Written): string {
  const order = `${String(event.at.getTime()).padStart(15, '0')}:${event.messageId}`
  return event.kind === 'message' ? order : `${order}~`
}
