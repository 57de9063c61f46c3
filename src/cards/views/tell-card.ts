import type { PersonId } from '../../models/ids.js'
import type { Saying } from '../../models/ticket/effects.js'
import type { Commit, EventOf, TicketEvent, TicketEventType } from '../../models/ticket/events.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { endedCard } from './ended-card.js'
import { assignedCard, type Happened, handedOverCard, reopenedCard, unassignedCard } from './hand-cards.js'
import { overdueCard } from './overdue-card.js'
import { urgedCard } from './urged-card.js'

export interface Tell {
  to: PersonId
  say: Extract<Saying, { kind: 'tell' }>
  /** The commit that the telling is from: who did what, and why, is read there. */
  commit: Pick<Commit, 'actor' | 'events'>
}

/** The DM for one telling. */
export function tellCard({ to, say, commit }: Tell, ticket: Ticket, ctx: ViewContext): Card {
  const happened = (...types: Reasoned[]): Happened => {
    const reason = types.map((type) => eventOf(commit.events, type)?.reason).find((one) => one)
    return {
      readerId: to,
      ...(commit.actor.kind === 'person' ? { byId: commit.actor.id } : {}),
      ...(reason ? { reason } : {}),
    }
  }
  switch (say.template) {
    case 'overdue': {
      const clock = say.clock ?? 'resolution'
      const level = say.level ?? 'L1'
      const told = ticket.clocks[clock]?.told.filter((one) => one.level === level) ?? []
      const late = say.late === true
      const round = Math.max(1, told.length)
      const insteadOf = eventOf(commit.events, 'people.unreached')?.personId
      const instead = insteadOf === undefined ? {} : { insteadOf }
      return overdueCard(ticket, ctx, { readerId: to, clock, level, round, late, ...instead })
    }
    case 'assigned':
      return assignedCard(ticket, ctx, happened('ticket.assigned'))
    case 'handed_over':
      return handedOverCard(ticket, ctx, {
        ...happened('ticket.moved', 'ticket.assigned'),
        moved: eventOf(commit.events, 'ticket.moved') !== undefined,
      })
    case 'unassigned':
      return unassignedCard(ticket, ctx, happened('ticket.released'))
    case 'reopened':
      return reopenedCard(ticket, ctx, happened('ticket.reopened'))
    case 'withdrawn':
    case 'resolved':
    case 'dismissed':
      return endedCard(ticket, ctx, {
        ended: say.template,
        ...happened('ticket.withdrawn', 'ticket.dismissed'),
      })
    case 'urged':
      return urgedCard(ticket, ctx, { readerId: to })
    default:
      return say.template satisfies never
  }
}

type Reasoned =
  | 'ticket.assigned'
  | 'ticket.moved'
  | 'ticket.released'
  | 'ticket.reopened'
  | 'ticket.withdrawn'
  | 'ticket.dismissed'

function eventOf<T extends TicketEventType>(events: readonly TicketEvent[], type: T): EventOf<T> | undefined {
  return events.find((event): event is EventOf<T> => event.type === type)
}
