import { count, t } from '../../i18n/t.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, on, quoted } from '../controls.js'
import { nameOf } from '../words.js'
import { detailsButton, dmCard, handOverButton, holder } from './dm-parts.js'
import type { Happened } from './hand-cards.js'

/** 催单: the requester asks for speed. To the assignee, or to the leads while nobody has it. */
export function urgedCard(ticket: Ticket, ctx: ViewContext, { readerId }: Pick<Happened, 'readerId'>): Card {
  const { locale } = ctx
  const first = ticket.assigneeId
    ? button(t(locale, 'button.reply'), on(ticket.id, 'reply'), 'primary')
    : button(t(locale, 'button.claim'), on(ticket.id, 'claim'), 'primary')
  return dmCard(ticket, ctx, {
    head: t(locale, 'dm.urged.head'),
    tone: 'warning',
    said: [
      [count(locale, 'dm.urged', ticket.urges.count, { name: nameOf(ctx, ticket.requesterId) })],
      holder(ticket, ctx, readerId),
    ],
    more: quoted(ticket.excerpt),
    buttons: [first, ...handOverButton(ticket, ctx), detailsButton(ticket, ctx)],
  })
}
