import { isInside } from '../models/conversation/inside.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { type Taken, taken, type WrittenMessage } from './arrival.js'
import { changeTicket } from './change-ticket.js'
import { keepFiles, newTouch } from './keep-files.js'
import { named } from './named.js'
import { sayRefused } from './open-ticket.js'
import type { Services } from './services.js'

/**
 * Somebody wrote in the team's thread. The ticket's rules decide whether it goes out; what begins with `//` never does.
 */
export async function discuss(
  services: Services,
  message: WrittenMessage,
  ticket: Ticket,
  placeId: string,
): Promise<Taken> {
  const { inside, text } = isInside(message.text)
  const kept = await keepFiles(services, message.platform, message.files, message.lastTry)
  if (kept === 'later') return { kind: 'later', reason: 'file' }
  if (text.trim() === '' && kept.files.length === 0) return taken(ticket.id)
  const words = await named(services, message.platform, text)
  const touch = { ...newTouch(words, kept.files), source: { placeId, messageId: message.messageId } }
  // in somebody's DM about the ticket nobody expects an answer to go further
  const inThread = ticket.places.some((place) => place.id === placeId && place.audience === 'team')
  const changed = await changeTicket(services, {
    ticketId: ticket.id,
    actor: { kind: 'person', id: message.person.id },
    cause: `discuss:${message.id}`,
    command: inside || !inThread ? { verb: 'note', touch } : { verb: 'discuss', touch },
    flow: 'flows/discuss.ts',
  })
  if (kept.refused.length > 0 && changed.kind === 'done') {
    await sayRefused(services, message, changed.ticket, kept.refused)
  }
  return taken(ticket.id)
}
