import { AppError } from '../lib/errors.js'
import type { TicketId } from '../models/ids.js'
import type { Command } from '../models/ticket/commands.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { type Touches, touchesOf } from '../models/ticket/touches.js'
import type { Services } from './services.js'

/** What was said is read anew so often when the ticket changes under it. */
const TRIES = 8

/** The ticket is not the one whose words were read. */
class Moved extends Error {}

/**
 * Changes a ticket by what was said in it. A command given through `asRead` is decided only on the ticket as it stood
 * when the touches were read: else `change` is called again, so that nothing said, sent or taken back meanwhile is
 * overlooked. Returns what `change` does. Throws `commit.lost_race` when the ticket never holds still.
 */
export async function onTouches<T>(
  services: Services,
  ticketId: TicketId,
  change: (touches: Touches, asRead: (command: Command) => (ticket: Ticket) => Command) => Promise<T>,
): Promise<T> {
  for (let i = 0; i < TRIES; i++) {
    const history = await services.tickets.history(ticketId)
    const revision = history.at(-1)?.seq ?? 0
    try {
      return await change(touchesOf(history), (command) => (ticket) => {
        if (ticket.revision !== revision) throw new Moved()
        return command
      })
    } catch (error) {
      if (!(error instanceof Moved)) throw error
      // the ticket's document may lag behind the commits that were read
      await services.tickets.repair(ticketId)
    }
  }
  throw new AppError('commit.lost_race')
}
