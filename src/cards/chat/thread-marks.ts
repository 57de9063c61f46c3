import { t } from '../../i18n/t.js'
import type { TouchId } from '../../models/ids.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Button, Card, Tone } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, controls, on, small } from '../controls.js'
import { nameOf } from '../words.js'

/** Beside what went out: the requester has it, and it can be taken back. */
export function sentMark(ticket: Ticket, touchId: TouchId, ctx: ViewContext): Card {
  const words = t(ctx.locale, 'thread.mark.sent', { name: nameOf(ctx, ticket.requesterId) })
  return markCard(ticket, ctx, words, 'good', [
    button(t(ctx.locale, 'button.retract'), on(ticket.id, 'retract', touchId)),
  ])
}

/** Beside what stayed inside: it can be sent on, by those who may. */
export function insideMark(ticket: Ticket, touchId: TouchId, ctx: ViewContext, mayPublish = true): Card {
  const publish = button(t(ctx.locale, 'button.publish'), on(ticket.id, 'publish', touchId))
  return markCard(ticket, ctx, t(ctx.locale, 'thread.mark.inside'), 'neutral', mayPublish ? [publish] : [])
}

/** What went out was taken back. */
export function withdrawnMark(ticket: Ticket, ctx: ViewContext): Card {
  const words = t(ctx.locale, 'thread.mark.withdrawn', { name: nameOf(ctx, ticket.requesterId) })
  return markCard(ticket, ctx, words, 'neutral', [])
}

function markCard(ticket: Ticket, ctx: ViewContext, words: string, tone: Tone, buttons: Button[]): Card {
  return {
    audience: 'team',
    locale: ctx.locale,
    title: ticket.number,
    compact: true,
    tone,
    summary: words,
    elements: [small([words]), ...controls(buttons)],
  }
}
