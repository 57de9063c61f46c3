import { howToBegin } from '../cards/chat/greeting.js'
import { refuse } from '../lib/errors.js'
import { touchesOf } from '../models/ticket/touches.js'
import { refused } from './act.js'
import { NOTHING } from './answer.js'
import type { WrittenMessage } from './arrival.js'
import { catchUp } from './catch-up.js'
import { changeTicket } from './change-ticket.js'
import type { Click, ClickFlow } from './click.js'
import { openTicket } from './open-ticket.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

/**
 * *New ticket instead*: a message that was added to a ticket, or that we asked about, becomes a ticket of its own. Where
 * there is no message yet, the person is told to write one.
 */
export const openInstead: ClickFlow = async (services, click) => {
  if (click.action.arg === undefined && click.action.ticketId === undefined) {
    return { kind: 'private', card: howToBegin(await viewFor(services, click.person)) }
  }
  const message = click.action.arg ? await services.arrival(click.action.arg) : undefined
  if (!message || message.person.id !== click.person.id) {
    return await refused(services, click, refuse('ticket.not_found'))
  }
  if (message.deleted) return await refused(services, click, refuse('touch.deleted'))
  if (click.action.ticketId) await takeAway(services, click, click.action.ticketId, message)
  await openTicket(services, { ...message, lastTry: true })
  await catchUp(services, message)
  return NOTHING
}

/** What had been added to the other ticket is taken away there, and its message is free to belong to the new one. */
async function takeAway(
  services: Services,
  click: Click,
  ticketId: string,
  message: WrittenMessage,
): Promise<void> {
  const touch = [...touchesOf(await services.tickets.history(ticketId)).values()].find(
    (one) => one.source?.messageId === message.messageId,
  )
  if (!touch) return
  if (!touch.deletedAt) {
    await changeTicket(services, {
      ticketId,
      actor: { kind: 'person', id: click.person.id },
      cause: `instead:${message.id}`,
      command: { verb: 'delete', touchId: touch.id, by: touch },
      flow: 'flows/open-instead.ts',
    })
  }
  const ref = {
    platform: message.platform,
    conversation: message.conversation.id,
    messageId: message.messageId,
  }
  const known = await services.messages.byRef(services.desk().id, ref)
  // a second click finds it with the new ticket already
  if (known?.ticketId === ticketId) await services.messages.remove(ref)
}
