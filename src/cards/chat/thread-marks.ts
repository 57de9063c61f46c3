import { t } from '../../i18n/t.js'
import type { TouchId } from '../../models/ids.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Button, Card, Tone } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, controls, on, small } from '../controls.js'
import { nameOf } from '../words.js'

/** How a mark is shown. */
export interface MarkOptions {
  /** Not beside what it is about, but as a message of its own: it names the ticket, and speaks for what follows, too. */
  apart?: boolean
}

/** Beside what went out: the requester has it, and it can be taken back. */
export function sentMark(
  ticket: Ticket,
  touchId: TouchId,
  ctx: ViewContext,
  { apart = false }: MarkOptions = {},
): Card {
  const { locale } = ctx
  const name = nameOf(ctx, ticket.requesterId)
  const words = apart
    ? t(locale, 'thread.mark.sent_apart', { number: ticket.number, name })
    : t(locale, 'thread.mark.sent', { name })
  const retract = button(t(locale, 'button.retract'), on(ticket.id, 'retract', touchId))
  return markCard(ticket, ctx, words, 'good', [retract])
}

/** Beside what stayed inside: it can be sent on, by those who may. */
export function insideMark(
  ticket: Ticket,
  touchId: TouchId,
  ctx: ViewContext,
  mayPublish = true,
  { apart = false }: MarkOptions = {},
): Card {
  const { locale } = ctx
  const publish = button(t(locale, 'button.publish'), on(ticket.id, 'publish', touchId))
  const words = apart
    ? t(locale, 'thread.mark.inside_apart', { number: ticket.number })
    : t(locale, 'thread.mark.inside')
  return markCard(ticket, ctx, words, 'neutral', mayPublish ? [publish] : [])
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
