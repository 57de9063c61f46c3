import { home } from '../cards/chat/home.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import type { Person } from '../models/people/person.js'
import type { Answer } from './answer.js'
import type { Services } from './services.js'
import { teamsOf, workOf } from './speak.js'
import { viewFor } from './view-context.js'

/** Somebody opened the app's own page: what it shows them now. */
export async function showHome(services: Services, person: Person): Promise<Answer> {
  const isAgent = teamsOf(services, person).length > 0
  const [own, queue] = await Promise.all([
    services.tickets.ofRequester(services.desk().id, person.id, 50),
    isAgent ? workOf(services, person) : undefined,
  ])
  const all = [...own, ...(queue ? [...queue.mine, ...queue.unclaimed] : [])]
  const ctx = await viewFor(services, person, all)
  return { kind: 'private', card: home(person.id, own.map(forRequester), queue, ctx) }
}
