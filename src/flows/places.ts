import type { Address } from '../models/ids.js'
import type { Place, Ticket } from '../models/ticket/ticket.js'
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
    ...(message.conversation.kind === 'direct' ? { isDirect: true } : {}),
  }
}

/** Where a direct message of the requester goes in their ticket; `adding` when the ticket comes to that messenger by it. */
export interface PlaceOfMessage {
  placeId: string
  adding?: Place
}

/**
 * The place of this conversation, else one on the same messenger; from another messenger the conversation becomes a
 * further place of the ticket. Undefined when the requester has no place on the ticket any more.
 */
export function placeFor(message: WrittenMessage, ticket: Ticket): PlaceOfMessage | undefined {
  const open = ticket.places.filter((one) => one.audience === 'requester' && !one.retiredAt)
  const there = open.filter(({ address }) => address.platform === message.platform)
  const here = there.find(({ address }) => address.conversation === message.conversation.id) ?? there[0]
  if (here) return { placeId: here.id }
  const adding = requesterPlace(message)
  return open.length > 0 ? { placeId: adding.id, adding } : undefined
}
