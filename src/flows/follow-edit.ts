import { isInside } from '../models/conversation/inside.js'
import type { MessageItem } from '../models/ticket/effects.js'
import { type DeletedMessage, type EditedMessage, type Taken, taken } from './arrival.js'
import { changeTicket } from './change-ticket.js'
import { named } from './named.js'
import type { Services } from './services.js'

/** Somebody changed what they had written: it changes wherever it is shown. An edit never makes a note public. */
export async function followEdit(services: Services, edit: EditedMessage): Promise<Taken> {
  const message = await messageOf(services, edit)
  if (message === 'later') return { kind: 'later', reason: 'message' }
  if (!message) return taken()
  const { inside, text } = message.side === 'team' ? isInside(edit.text) : { inside: false, text: edit.text }
  const words = await named(services, edit.platform, text)
  const base = {
    ticketId: message.ticketId,
    actor: { kind: 'person', id: edit.person.id },
    flow: 'flows/follow-edit.ts',
  } as const
  if (inside && message.visibility === 'public') {
    // a reply that is turned into a note is taken back first; if it cannot be, the note goes nowhere
    const takenBack = await changeTicket(services, {
      ...base,
      cause: `retract:${edit.id}`,
      command: { verb: 'retract', touchId: message.touchId, by: message },
    })
    if (takenBack.kind === 'refused') return taken(message.ticketId)
  }
  await changeTicket(services, {
    ...base,
    cause: `edit:${edit.id}`,
    command: { verb: 'edit', touchId: message.touchId, text: words, by: message },
  })
  return taken(message.ticketId)
}

/** Somebody deleted what they had written. */
export async function followDeletion(services: Services, deletion: DeletedMessage): Promise<Taken> {
  const message = await messageOf(services, deletion)
  if (message === 'later') return { kind: 'later', reason: 'message' }
  if (!message) return taken()
  await changeTicket(services, {
    ticketId: message.ticketId,
    actor: { kind: 'person', id: message.authorId },
    cause: `delete:${deletion.id}`,
    command: { verb: 'delete', touchId: message.touchId, by: message },
    flow: 'flows/follow-edit.ts',
  })
  return taken(message.ticketId)
}

/** The message it is about. It may not have arrived yet; one that never became a touch is nobody's concern. */
async function messageOf(
  services: Services,
  { platform, conversation, messageId, lastTry }: EditedMessage | DeletedMessage,
): Promise<MessageItem | undefined | 'later'> {
  const ref = { platform, conversation: conversation.id, messageId }
  const message = await services.messages.byRef(services.desk().id, ref)
  if (message) return message.direction === 'in' ? message : undefined
  return lastTry || (await services.dealtWith(ref)) ? undefined : 'later'
}
