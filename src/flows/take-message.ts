import { isAccountCommand } from '../models/conversation/commands.js'
import { type Placement, placeOfMessage } from '../models/conversation/place-of-message.js'
import { understand } from '../models/conversation/understand.js'
import type { MessageRef } from '../models/ids.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { answeringCause, answerTicket } from './answer-ticket.js'
import { type Taken, taken, type WrittenMessage } from './arrival.js'
import { askWhich } from './ask-which.js'
import { discuss } from './discuss.js'
import { manageAccounts } from './manage-accounts.js'
import { openingCause, openTicket } from './open-ticket.js'
import { placeFor } from './places.js'
import type { Services } from './services.js'
import { speak } from './speak.js'

/** Somebody wrote: finds out where it belongs and hands it to the flow for that. */
export async function takeMessage(services: Services, message: WrittenMessage): Promise<Taken> {
  // what we posted ourselves comes back from some messengers: it is nobody's word
  if (await services.messages.isOurs(services.desk().id, refOf(message))) return taken()
  if (message.text.trim() === '' && message.files.length === 0) {
    return message.mentionsBot ? await speak(services, message, { kind: 'answer_greeting' }) : taken()
  }
  if (message.thread !== undefined) {
    const inThread = await takeInThread(services, message, message.thread)
    if (inThread) return inThread
  }
  if (message.conversation.kind === 'channel') {
    return message.mentionsBot ? await takeMention(services, message) : taken()
  }
  return await takeDirect(services, message)
}

const refOf = ({ platform, conversation, messageId }: WrittenMessage): MessageRef => ({
  platform,
  conversation: conversation.id,
  messageId,
})

/** In a ticket's thread the ticket is known; undefined when the thread is no ticket's. */
async function takeInThread(
  services: Services,
  message: WrittenMessage,
  root: string,
): Promise<Taken | undefined> {
  const deskId = services.desk().id
  const ref = { platform: message.platform, conversation: message.conversation.id, messageId: root }
  const look = async () =>
    (await services.messages.cardAt(deskId, ref)) ?? (await services.messages.byRef(deskId, ref))
  let known = await look()
  if (!known) {
    // a post of ours whose id we have not noted yet: the answer to it was faster
    const { threadIsOurs = await services.messages.isCardAwaited(deskId, ref) } = message
    if (threadIsOurs) return message.lastTry ? undefined : { kind: 'later', reason: 'thread' }
    // it may have been noted between the two questions
    known = message.threadIsOurs === undefined ? await look() : undefined
  }
  if (!known) return undefined
  const ticket = await services.tickets.load(known.ticketId)
  if (!ticket) return undefined
  const place = ticket.places.find((one) => one.id === known.placeId)
  return place?.audience === 'requester'
    ? await answerTicket(services, message, ticket, place.id)
    : await discuss(services, message, ticket, known.placeId)
}

async function takeMention(services: Services, message: WrittenMessage): Promise<Taken> {
  const understanding = understand(message.text)
  if (message.files.length === 0) {
    if (understanding.kind === 'thanks') return taken()
    if (understanding.kind === 'greeting') return await speak(services, message, { kind: 'answer_greeting' })
    // somebody's own list is nothing for a channel: help says where to ask for it
    if (understanding.kind === 'command') {
      return await speak(services, message, { kind: 'command', name: 'help' })
    }
  }
  return await openTicket(services, message)
}

async function takeDirect(services: Services, message: WrittenMessage): Promise<Taken> {
  const deskId = services.desk().id
  const own = await services.tickets.ofRequester(deskId, message.person.id, 20)
  const placement = placeOfMessage({
    understanding: understand(message.text),
    hasFiles: message.files.length > 0,
    candidates: own.map((ticket) => ({
      ticketId: ticket.id,
      status: ticket.status,
      openedAt: ticket.openedAt,
      lastRequesterTouchAt: ticket.lastRequesterTouchAt,
      ...(ticket.lastAgentReplyAt ? { lastAgentReplyAt: ticket.lastAgentReplyAt } : {}),
      ...(ticket.resolution ? { resolvedAt: ticket.resolution.at } : {}),
    })),
    now: services.now(),
  })
  if (own.length > 0 && PLACED.includes(placement.kind)) {
    const again = await goOn(services, message)
    if (again) return again
  }
  switch (placement.kind) {
    case 'open':
      return await openTicket(services, message)
    case 'join': {
      const ticket = own.find((one) => one.id === placement.ticketId)
      return (ticket && (await addTo(services, message, ticket))) ?? (await openTicket(services, message))
    }
    case 'choose':
      return await askWhich(
        services,
        message,
        own.filter((one) => placement.ticketIds.includes(one.id)),
      )
    case 'ask_reopen':
      return await askWhich(
        services,
        message,
        own.filter((one) => one.id === placement.ticketId),
        'reopen',
      )
    case 'ignore':
      return taken()
    case 'answer_greeting':
      return await speak(services, message, placement)
    case 'command':
      return isAccountCommand(placement)
        ? await manageAccounts(services, message, placement)
        : await speak(services, message, placement)
    default:
      return placement satisfies never
  }
}

const PLACED: readonly Placement['kind'][] = ['open', 'join', 'choose', 'ask_reopen']

/**
 * An earlier try of this very message may have come as far as its commit and no further. What it decided holds,
 * although things look different by now: the ticket it opened would be one that it could join.
 */
async function goOn(services: Services, message: WrittenMessage): Promise<Taken | undefined> {
  const { tickets } = services
  const deskId = services.desk().id
  if (await tickets.byCause(deskId, openingCause(message))) return await openTicket(services, message)
  const answered = await tickets.byCause(deskId, answeringCause(message))
  const ticket = answered && (await tickets.repair(answered.ticketId))
  return ticket ? await addTo(services, message, ticket) : undefined
}

/** Undefined when the requester has no place on the ticket any more. */
async function addTo(
  services: Services,
  message: WrittenMessage,
  ticket: Ticket,
): Promise<Taken | undefined> {
  const place = placeFor(message, ticket)
  if (!place) return undefined
  const { placeId, adding } = place
  return await answerTicket(services, message, ticket, placeId, { sayWhere: true, adding })
}
