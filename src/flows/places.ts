import type { Address } from '../models/ids.js'
import type { Place } from '../models/ticket/ticket.js'
import type { WrittenMessage } from './arrival.js'

/** Where a message was written: in its thread, or the thread it starts. */
export function addressOf({ platform, conversation, messageId, thread }: WrittenMessage): Address {
  return { platform, conversation: conversation.id, thread: thread ?? messageId }
}

/** The requester's side of a ticket that begins with this message. */
export function requesterPlace(message: WrittenMessage): Place {
  const address = addressOf(message)
  return {
    id: `requester:${address.platform}:${address.conversation}:${address.thread}`,
    audience: 'requester',
    address,
  }
}
