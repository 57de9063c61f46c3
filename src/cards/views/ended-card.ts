import { t } from '../../i18n/t.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { nameOf } from '../words.js'
import { detailsButton, dmCard } from './dm-parts.js'
import type { Happened } from './hand-cards.js'

export interface Ended extends Happened {
  ended: 'withdrawn' | 'resolved' | 'dismissed'
}

/** You have it, and somebody else ended it: who and why. Nothing is left to do but to look. */
export function endedCard(ticket: Ticket, ctx: ViewContext, { ended, byId, reason }: Ended): Card {
  const { locale } = ctx
  return dmCard(ticket, ctx, {
    head: t(locale, `dm.${ended}.head`),
    tone: ended === 'resolved' ? 'good' : 'neutral',
    said: [
      [byId ? t(locale, `dm.${ended}.by`, { name: nameOf(ctx, byId) }) : t(locale, `dm.${ended}`)],
      ...(reason ? [[t(locale, 'dm.reason', { reason })]] : []),
    ],
    buttons: [detailsButton(ticket, ctx)],
  })
}
