import type { WrittenMessage } from './arrival.js'
import { followDeletion, followEdit } from './follow-edit.js'
import type { Services } from './services.js'

/**
 * Brings a message that has just become a touch up to date. What its sender did to it between our reading and our
 * commit found no touch to change; what they do from now on finds one.
 */
export async function catchUp(services: Services, message: WrittenMessage): Promise<void> {
  const present = await services.arrival(message.id)
  if (!present) return
  const change = { ...present, id: `since:${message.id}`, lastTry: true }
  if (present.deleted) await followDeletion(services, change)
  else if (present.text !== message.text) await followEdit(services, change)
}
