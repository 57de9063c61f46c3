import type { Person } from '../models/people/person.js'
import { changeTicket } from './change-ticket.js'
import type { Services } from './services.js'

/**
 * The tickets of those who turned out to be this person become theirs. Done again whenever they act: what another
 * instance opened under the old id, because it had not heard of it yet, follows then.
 */
export async function followPerson(services: Services, { id: into, aliases = [] }: Person): Promise<void> {
  const deskId = services.desk().id
  for (const personId of aliases) {
    for (const ticketId of await services.tickets.concerning(deskId, personId)) {
      await changeTicket(services, {
        ticketId,
        actor: { kind: 'system' },
        cause: (ticket) => `adopt:${personId}:${ticketId}:${ticket.revision}`,
        command: { verb: 'adopt', personId, into },
        flow: 'flows/follow-person.ts',
      })
    }
  }
}
