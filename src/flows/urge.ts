import { urgedReply } from '../cards/chat/replies.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import { teamOf } from '../models/ticket/context.js'
import { URGE_EVERY_MS } from '../models/ticket/decide/pace.js'
import { act } from './act.js'
import type { ClickFlow } from './click.js'

/** *Nudge*: whoever should act is told; the requester sees who, and where in the queue they stand. */
export const urge: ClickFlow = (services, click) =>
  act(services, click, {
    flow: 'flows/urge.ts',
    command: { verb: 'urge' },
    answer: async (ticket, ctx) => {
      const responsible = ticket.assigneeId ? [ticket.assigneeId] : teamOf(ctx.desk, ticket.teamId).leads
      const urged = {
        told: responsible.filter((id) => id !== click.person.id),
        nextAt: new Date((ticket.urges.lastAt ?? ctx.now).getTime() + URGE_EVERY_MS),
      }
      const place = ticket.assigneeId ? {} : { place: (await services.tickets.aheadInQueue(ticket)) + 1 }
      return { kind: 'private', card: urgedReply(forRequester(ticket), ctx, { ...urged, ...place }) }
    },
  })
