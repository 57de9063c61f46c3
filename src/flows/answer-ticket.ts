import { addedTo } from '../cards/chat/where-it-goes.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import { understand } from '../models/conversation/understand.js'
import type { TouchSource } from '../models/ticket/events.js'
import type { Place, Ticket } from '../models/ticket/ticket.js'
import { type Taken, taken, type WrittenMessage } from './arrival.js'
import { askWhich } from './ask-which.js'
import { changeTicket } from './change-ticket.js'
import { keepFiles, newTouch } from './keep-files.js'
import { named } from './named.js'
import { openTicket, sayRefused } from './open-ticket.js'
import { addressOf } from './places.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

export interface Answering {
  /** They did not name the ticket, so they are told. */
  sayWhere?: boolean
  cause?: string
  /** The place is new to the ticket. */
  adding?: Place | undefined
}

/**
 * The requester wrote on a ticket of theirs: it becomes a touch that the team sees. After *resolved* thanks mean
 * nothing, and anything else asks whether to reopen.
 */
export async function answerTicket(
  services: Services,
  message: WrittenMessage,
  ticket: Ticket,
  placeId: string,
  { sayWhere = false, cause = answeringCause(message), adding }: Answering = {},
): Promise<Taken> {
  const byRequester = ticket.requesterId === message.person.id
  const bare = message.files.length === 0
  if (bare && understand(message.text).kind === 'thanks') return taken(ticket.id)
  if (byRequester && ticket.status === 'resolved')
    return await askWhich(services, message, [ticket], 'reopen')
  const kept = await keepFiles(services, message.platform, message.files, message.lastTry)
  if (kept === 'later') return { kind: 'later', reason: 'file' }
  const text = await named(services, message.platform, message.text)
  const touch = { ...newTouch(text, kept.files), source: sourceOf(message, ticket, placeId) }
  const changed = await changeTicket(services, {
    ticketId: ticket.id,
    actor: { kind: 'person', id: message.person.id },
    cause,
    // in a channel's thread the team may answer on the spot; a bystander's words are nobody's touch
    command: byRequester
      ? { verb: 'answer', touch, ...(adding ? { place: adding } : {}) }
      : { verb: 'reply', touch },
    flow: 'flows/answer-ticket.ts',
  })
  if (changed.kind === 'refused') {
    if (!byRequester) return message.mentionsBot ? await openTicket(services, message) : taken(ticket.id)
    return await askWhich(services, message, [changed.ticket], 'reopen')
  }
  if (changed.kind === 'absent') return taken()
  if (kept.refused.length > 0) await sayRefused(services, message, changed.ticket, kept.refused)
  if (sayWhere) {
    const ctx = await viewFor(services, message.person, [changed.ticket])
    const card = addedTo(forRequester(changed.ticket), ctx, { message: message.id })
    await services.replies.say(changed.ticket.deskId, `added:${message.id}`, addressOf(message), card)
  }
  return taken(ticket.id)
}

export const answeringCause = (message: WrittenMessage): string => `answer:${message.id}`

/** Where the touch was written; a DM may be about a ticket whose place is a channel's thread. */
export function sourceOf(message: WrittenMessage, ticket: Ticket, placeId: string): TouchSource {
  const place = ticket.places.find((one) => one.id === placeId)
  const conversation = message.conversation.id
  const elsewhere = place !== undefined && place.address.conversation !== conversation
  return { placeId, messageId: message.messageId, ...(elsewhere ? { conversation } : {}) }
}
