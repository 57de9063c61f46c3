import { refuse } from '../lib/errors.js'
import { newId } from '../lib/ids.js'
import { touchesOf } from '../models/ticket/touches.js'
import { act, refused } from './act.js'
import type { ClickFlow } from './click.js'

/** *Send to requester*: what was said inside goes out as well. */
export const publish: ClickFlow = async (services, click) => {
  const { ticketId, arg } = click.action
  const touch = ticketId && arg ? touchesOf(await services.tickets.history(ticketId)).get(arg) : undefined
  if (!touch || touch.deletedAt) return await refused(services, click, refuse('touch.not_found'))
  const { id: from, text, files, visibility: was } = touch
  return await act(
    services,
    { ...click, key: `publish:${from}` },
    {
      flow: 'flows/publish.ts',
      command: { verb: 'publish', touch: { id: newId(), text, files }, from, was },
    },
  )
}
