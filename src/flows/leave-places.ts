import type { Platform } from '../models/ids.js'
import { type Person, reachableBy } from '../models/people/person.js'
import type { Place } from '../models/ticket/ticket.js'
import { changeTicket } from './change-ticket.js'
import type { Services } from './services.js'

/**
 * A conversation is no longer the person's: what they have open there is shown and said elsewhere from now on, in
 * another place of the ticket or else in the direct conversation of another account of theirs.
 */
export async function leavePlaces(
  services: Services,
  person: Person,
  left: { platform: Platform; conversation: string; arrival: string },
): Promise<void> {
  for (const ticket of await services.tickets.ofRequester(services.desk().id, person.id, 200)) {
    const open = ticket.places.filter((one) => one.audience === 'requester' && !one.retiredAt)
    const retire = open.filter(
      ({ address }) => address.platform === left.platform && address.conversation === left.conversation,
    )
    if (retire.length === 0) continue
    const place = open.find((one) => !retire.includes(one)) ?? (await directPlace(services, person))
    if (!place) continue
    await changeTicket(services, {
      ticketId: ticket.id,
      actor: { kind: 'person', id: person.id },
      cause: `leave:${left.arrival}:${ticket.id}`,
      command: { verb: 'relocate', place, retire: retire.map(({ id }) => id) },
      flow: 'flows/leave-places.ts',
    })
  }
}

async function directPlace(services: Services, person: Person): Promise<Place | undefined> {
  const identity = reachableBy(person)
  if (!identity) return undefined
  const { platform, userId } = identity
  const conversation = identity.conversation ?? (await services.messengers.direct(platform, userId))
  if (conversation === undefined) return undefined
  const id = `requester:${platform}:${conversation}`
  return { id, audience: 'requester', address: { platform, conversation }, isDirect: true }
}
