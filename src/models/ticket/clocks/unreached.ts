import type { Command } from '../commands.js'
import type { Context } from '../context.js'
import type { Telling, TicketEvent } from '../events.js'
import type { Ticket } from '../ticket.js'
import { levelIndex } from './marks.js'
import { rungs } from './rungs.js'

type Unreached = Extract<Command, { verb: 'unreached' }>

/**
 * Somebody could be told on no messenger. Of an overdue promise whoever stands next on the ladder hears in their stead,
 * and at its end the admins; of anything else the history says it.
 */
export function unreached(ticket: Ticket, command: Unreached, context: Context): TicketEvent[] {
  const { verb: _, ...said } = command
  return [{ type: 'people.unreached', ...said, tell: inTheirStead(ticket, command, context) }]
}

function inTheirStead(
  ticket: Ticket,
  { personId, template, clock: kind, level = 'L1' }: Unreached,
  context: Context,
): Telling[] {
  const clock = kind && ticket.clocks[kind]
  if (template !== 'overdue' || clock?.state !== 'running') return []
  // somebody has acted since
  if (clock.ackedLevel && levelIndex(clock.ackedLevel) >= levelIndex(level)) return []
  const { told = [], unreached: before = [] } = clock.reach ?? {}
  const gone = [...before, personId]
  const next = rungs(ticket, clock, levelIndex(level) + 1, context)
    .map((rung) => ({ ...rung, people: rung.people.filter((id) => !gone.includes(id)) }))
    .find(({ people }) => people.length > 0)
  // whoever has heard it already, in the stead of somebody else, hears it once
  return (next?.people ?? [])
    .filter((id) => !told.includes(id))
    .map((to) => ({ to, template, level: next?.level ?? level }))
}
