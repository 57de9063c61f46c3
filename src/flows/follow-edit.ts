import { isInside } from '../models/conversation/inside.js'
import type { TouchId } from '../models/ids.js'
import type { MessageItem } from '../models/ticket/effects.js'
import { isLive, sentOn, type Touches } from '../models/ticket/touches.js'
import { type DeletedMessage, type EditedMessage, type Taken, taken } from './arrival.js'
import { changeTicket } from './change-ticket.js'
import { named } from './named.js'
import { onTouches } from './on-touches.js'
import type { Services } from './services.js'

/** Somebody changed what they had written: it changes wherever it is shown. An edit never makes a note public. */
export async function followEdit(services: Services, edit: EditedMessage): Promise<Taken> {
  const message = await messageOf(services, edit)
  if (message === 'later') return { kind: 'later', reason: 'message' }
  if (!message || (await services.isOvertaken(edit))) return taken()
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
  const { ticketId, touchId } = message
  await onTouches(services, ticketId, (touches, asRead) =>
    changeTicket(services, {
      ...base,
      cause: `edit:${edit.id}`,
      command: asRead({
        verb: 'edit',
        touchId,
        text: words,
        by: touches.get(touchId) ?? message,
        copies: copiesOf(touches, touchId),
        asNote: inside,
      }),
    }),
  )
  return taken(message.ticketId)
}

/** Somebody deleted what they had written. */
export async function followDeletion(services: Services, deletion: DeletedMessage): Promise<Taken> {
  const message = await messageOf(services, deletion)
  if (message === 'later') return { kind: 'later', reason: 'message' }
  if (!message) return taken()
  const { ticketId, touchId } = message
  await onTouches(services, ticketId, (touches, asRead) =>
    changeTicket(services, {
      ticketId,
      actor: { kind: 'person', id: message.authorId },
      cause: `delete:${deletion.id}`,
      command: asRead({ verb: 'delete', touchId, by: message, copies: copiesOf(touches, touchId) }),
      flow: 'flows/follow-edit.ts',
    }),
  )
  return taken(message.ticketId)
}

/** What was sent on of an inside touch and still stands: it follows its author's edits and deletion. */
function copiesOf(touches: Touches, touchId: TouchId): TouchId[] {
  return sentOn(touches, touchId)
    .filter(isLive)
    .map((copy) => copy.id)
}

/** The message it is about. It may not have arrived yet; one that never became a touch is nobody's concern. */
async function messageOf(
  services: Services,
  { platform, conversation, messageId, lastTry }: EditedMessage | DeletedMessage,
): Promise<MessageItem | undefined | 'later'> {
  const ref = { platform, conversation: conversation.id, messageId }
  const message = await services.messages.byRef(services.desk().id, ref)
  if (message) {
    if (message.direction !== 'in') return undefined
    // who wrote it may have turned out to be somebody else since
    const author = await services.people.get(services.desk().id, message.authorId)
    return author ? { ...message, authorId: author.id } : message
  }
  return lastTry || (await services.dealtWith(ref)) ? undefined : 'later'
}
