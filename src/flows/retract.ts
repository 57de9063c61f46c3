import { refuse } from '../lib/errors.js'
import { touchesOf } from '../models/ticket/touches.js'
import { act, refused } from './act.js'
import type { ClickFlow } from './click.js'

/** *Withdraw* beside what went out: it is taken back from the requester; inside it stays. */
export const retract: ClickFlow = async (services, click) => {
  const { ticketId, arg } = click.action
  const touch = ticketId && arg ? touchesOf(await services.tickets.history(ticketId)).get(arg) : undefined
  if (!touch) return await refused(services, click, refuse('touch.not_found'))
  const command = { verb: 'retract', touchId: touch.id, by: touch } as const
  return await act(services, click, { flow: 'flows/retract.ts', command })
}
