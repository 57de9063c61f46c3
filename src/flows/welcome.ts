import { welcome as welcomeCard } from '../cards/chat/greeting.js'
import type { Address } from '../models/ids.js'
import type { Person } from '../models/people/person.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

/**
 * Somebody opened their chat with the bot: who is new to it is told, once for ever, what it is for. Who has talked with
 * it already, on whatever messenger, knows that.
 */
export async function welcome(services: Services, person: Person, to: Address): Promise<void> {
  if (person.welcomedAt || person.identities.some((one) => one.conversation !== undefined)) return
  const deskId = services.desk().id
  const card = welcomeCard(person.id, await viewFor(services, person))
  // the key makes one of two openings at once, the mark holds when the outbox has forgotten
  await services.replies.say(deskId, `welcome:${deskId}:${person.id}`, to, card)
  await services.people.welcomed(person)
}
