import type { ActionValue } from '../models/actions.js'
import type { Platform } from '../models/ids.js'
import type { Services } from './services.js'

export interface Clicked {
  platform: Platform
  action: ActionValue
  /** The message whose control was clicked. */
  on: { conversation: string; messageId: string; thread?: string }
}

/**
 * A team's card of which we know nothing: its server died between the messenger's yes and its note, and another card was
 * posted where nothing can be looked for. From the first click on it, what is written under it is its ticket's as well.
 */
export async function knowCard(services: Services, { platform, action, on }: Clicked): Promise<void> {
  const { ticketId } = action
  if (ticketId === undefined || on.thread !== undefined) return
  const deskId = services.desk().id
  const ref = { platform, conversation: on.conversation, messageId: on.messageId }
  if (await services.messages.cardAt(deskId, ref)) return
  if (await services.messages.isOurs(deskId, ref)) return
  const ticket = await services.tickets.load(ticketId)
  const place = ticket?.places.find(
    ({ audience, address }) =>
      audience === 'team' && address.platform === platform && address.conversation === on.conversation,
  )
  if (place)
    await services.messages.recordCard({ ...{ deskId, ticketId, placeId: place.id, side: 'team' }, ...ref })
}
