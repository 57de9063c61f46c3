import { ackedReply } from '../cards/chat/replies.js'
import { act } from './act.js'
import type { ClickFlow } from './click.js'

/** *I'm on it*: silences the level that was told, until the next one. */
export const acknowledge: ClickFlow = (services, click) => {
  const clock = click.action.arg === 'resolution' ? 'resolution' : 'first_response'
  return act(services, click, {
    flow: 'flows/acknowledge.ts',
    command: { verb: 'ack', clock },
    answer: (ticket, ctx) => ({ kind: 'private', card: ackedReply(ticket, ctx, clock) }),
  })
}
