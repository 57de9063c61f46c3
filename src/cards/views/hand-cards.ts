import { t } from '../../i18n/t.js'
import type { PersonId } from '../../models/ids.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, on, quoted } from '../controls.js'
import { nameOf, teamName } from '../words.js'
import { detailsButton, dmCard, handOverButton } from './dm-parts.js'

export interface Happened {
  readerId: PersonId
  /** Who did it; absent when time did. */
  byId?: PersonId
  reason?: string
}

/** Given to you by somebody: accept it, or hand it on. */
export function assignedCard(ticket: Ticket, ctx: ViewContext, { byId, reason }: Happened): Card {
  const { locale } = ctx
  return dmCard(ticket, ctx, {
    head: t(locale, 'dm.assigned.head'),
    tone: 'info',
    said: [
      [byId ? t(locale, 'dm.assigned.by', { name: nameOf(ctx, byId) }) : t(locale, 'dm.assigned')],
      ...(reason ? [[t(locale, 'dm.reason', { reason })]] : []),
    ],
    more: quoted(ticket.excerpt),
    buttons: [
      button(t(locale, 'button.accept'), on(ticket.id, 'claim'), 'primary'),
      ...handOverButton(ticket, ctx),
      detailsButton(ticket, ctx),
    ],
  })
}

/** You had it, and now another person or team has it. Who is of the old team alone may no longer look at it. */
export function handedOverCard(
  ticket: Ticket,
  ctx: ViewContext,
  { byId, reason, moved = false }: Happened & { moved?: boolean },
): Card {
  const { locale } = ctx
  const to = ticket.assigneeId ? nameOf(ctx, ticket.assigneeId) : teamName(ctx, ticket.teamId)
  return dmCard(ticket, ctx, {
    head: t(locale, 'dm.handed_over.head'),
    tone: 'neutral',
    said: [
      [
        byId
          ? t(locale, 'dm.handed_over.by', { name: nameOf(ctx, byId), to })
          : t(locale, 'dm.handed_over', { to }),
      ],
      ...(reason ? [[t(locale, 'dm.reason', { reason })]] : []),
    ],
    buttons: moved ? [] : [detailsButton(ticket, ctx)],
  })
}

/** You had it, and somebody put it back into the queue. */
export function unassignedCard(ticket: Ticket, ctx: ViewContext, { byId, reason }: Happened): Card {
  const { locale } = ctx
  const team = teamName(ctx, ticket.teamId)
  return dmCard(ticket, ctx, {
    head: t(locale, 'dm.unassigned.head'),
    tone: 'neutral',
    said: [
      [
        byId
          ? t(locale, 'dm.unassigned.by', { name: nameOf(ctx, byId), team })
          : t(locale, 'dm.unassigned', { team }),
      ],
      ...(reason ? [[t(locale, 'dm.reason', { reason })]] : []),
    ],
    buttons: [detailsButton(ticket, ctx)],
  })
}

/** What you resolved is not solved. */
export function reopenedCard(ticket: Ticket, ctx: ViewContext, { byId, reason }: Happened): Card {
  const { locale } = ctx
  return dmCard(ticket, ctx, {
    head: t(locale, 'dm.reopened.head'),
    tone: 'warning',
    said: [[byId ? t(locale, 'dm.reopened.by', { name: nameOf(ctx, byId) }) : t(locale, 'dm.reopened')]],
    more: quoted(reason),
    buttons: [
      button(t(locale, 'button.reply'), on(ticket.id, 'reply'), 'primary'),
      ...handOverButton(ticket, ctx),
      detailsButton(ticket, ctx),
    ],
  })
}
