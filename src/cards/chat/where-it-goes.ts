import { t } from '../../i18n/t.js'
import { clip } from '../../lib/text.js'
import type { TicketId } from '../../models/ids.js'
import type { Button, Card, Element } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, controls, MAX_TITLE, on, text, ticketName } from '../controls.js'
import { reopenableUntil } from '../views/requester-state.js'
import type { RequesterTicket } from '../views/requester-ticket.js'
import { requesterStatusWord } from '../words.js'
import { ownRow } from './lists.js'

/** `message` names what the person wrote, so that the click can do something else with it. */
export interface Where {
  message: string
}

/** What they wrote went to the ticket that is under way; it can be made a ticket of its own. */
export function addedTo(ticket: RequesterTicket, ctx: ViewContext, { message }: Where): Card {
  const words = t(ctx.locale, 'chat.added', { ticket: ticketName(ctx, ticket) })
  return line(ctx, words, [newTicket(ctx, message, 'button.new_instead', ticket.id)])
}

/** Several tickets could be meant: which one, or a new one? */
export function chooseTicket(
  candidates: readonly RequesterTicket[],
  ctx: ViewContext,
  { message }: Where,
): Card {
  const words = t(ctx.locale, 'chat.choose')
  return {
    ...line(ctx, words, []),
    elements: [
      text([words]),
      {
        kind: 'rows',
        rows: candidates.map((ticket) => ({
          text: ownRow(ticket, ctx),
          control: button(t(ctx.locale, 'button.join'), on(ticket.id, 'join', message)),
        })),
      },
      ...controls([newTicket(ctx, message, 'button.new')]),
    ],
  }
}

/** Something was written after the end: is the ticket meant, or something new? Asked only where both are possible. */
export function askReopen(ticket: RequesterTicket, ctx: ViewContext, { message }: Where): Card {
  const { locale } = ctx
  const reopenable = ticket.status === 'resolved' || reopenableUntil(ticket, ctx) !== undefined
  const words = t(locale, reopenable ? 'chat.ask_reopen' : 'chat.ask_new', {
    ticket: ticketName(ctx, ticket),
    status: requesterStatusWord(ctx, ticket.status),
  })
  return line(ctx, words, [
    ...(reopenable ? [button(t(locale, 'button.reopen'), on(ticket.id, 'reopen', message), 'primary')] : []),
    newTicket(ctx, message, 'button.new', ticket.id),
  ])
}

function newTicket(
  ctx: ViewContext,
  message: string,
  label: 'button.new' | 'button.new_instead',
  ticketId?: TicketId,
): Button {
  return button(t(ctx.locale, label), {
    verb: 'new_ticket',
    ...(ticketId ? { ticketId } : {}),
    arg: message,
  })
}

function line(ctx: ViewContext, words: string, buttons: Button[]): Card {
  const elements: Element[] = [text([words]), ...controls(buttons)]
  return {
    audience: 'requester',
    locale: ctx.locale,
    title: clip(words, MAX_TITLE),
    compact: true,
    tone: 'info',
    summary: words,
    elements,
  }
}
