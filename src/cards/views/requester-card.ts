import { count, t } from '../../i18n/t.js'
import { isOpen } from '../../models/ticket/ticket.js'
import type { Button, Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, controls, dotted, heading, on, quoted, small, text, ticketName } from '../controls.js'
import { instant, plain } from '../format.js'
import type { Text } from '../text.js'
import { phrase, requesterStatusWord, sentences, strong, teamName } from '../words.js'
import { reopenableUntil, requesterNext, requesterState } from './requester-state.js'
import type { RequesterTicket } from './requester-ticket.js'
import { requesterTone } from './tone.js'

export interface RequesterCardOptions {
  /** The card stands in a channel: it offers to go on in the DM. */
  inChannel?: boolean
}

/** The requester's one card: where the ticket stands, what happens next and by when, and what they can do. */
export function requesterCard(
  ticket: RequesterTicket,
  ctx: ViewContext,
  options: RequesterCardOptions = {},
): Card {
  const state = requesterState(ticket, ctx)
  const next = requesterNext(ticket, ctx)
  return {
    audience: 'requester',
    locale: ctx.locale,
    title: heading(ticket),
    tone: requesterTone(ticket),
    summary: summary(ticket, ctx, state, next),
    elements: [
      text([strong(requesterStatusWord(ctx, ticket.status)), ' · ', ...state]),
      ...(ticket.status === 'resolved' || ticket.status === 'closed' ? quoted(ticket.resolution) : []),
      ...(next.length > 0 ? [text(next)] : []),
      small(footer(ticket, ctx)),
      ...controls(requesterButtons(ticket, ctx, options)),
    ],
  }
}

/** A place that the requester's side has left: the ticket goes on in their DM. */
export function leftCard(ticket: Pick<RequesterTicket, 'number'>, ctx: ViewContext): Card {
  const words = t(ctx.locale, 'requester.left', { number: ticket.number })
  return {
    audience: 'requester',
    locale: ctx.locale,
    title: ticket.number,
    tone: 'neutral',
    summary: words,
    elements: [text([words])],
  }
}

function summary(ticket: RequesterTicket, ctx: ViewContext, state: Text, next: Text): string {
  const head = t(ctx.locale, 'ticket.is', {
    ticket: ticketName(ctx, ticket),
    status: requesterStatusWord(ctx, ticket.status),
  })
  return plain(sentences(ctx, [[head], state, next]))
}

function footer(ticket: RequesterTicket, ctx: ViewContext): Text {
  const { count: urges, lastAt } = ticket.urges
  return dotted([
    [teamName(ctx, ticket.teamId)],
    [t(ctx.locale, 'card.opened'), ' ', instant(ctx, ticket.openedAt)],
    urges > 0
      ? [
          count(ctx.locale, 'card.urged', urges),
          ...(lastAt ? phrase(ctx, 'card.urged.last', { time: instant(ctx, lastAt) }) : []),
        ]
      : [],
  ])
}

/** What the requester can do now, the likeliest first. */
export function requesterButtons(
  ticket: RequesterTicket,
  ctx: ViewContext,
  { inChannel = false }: RequesterCardOptions,
): Button[] {
  const { locale } = ctx
  const { id, status } = ticket
  if (status === 'resolved') {
    return [
      button(t(locale, 'button.confirm'), on(id, 'confirm'), 'primary'),
      button(t(locale, 'button.not_solved'), on(id, 'reopen')),
      ...why(ticket, ctx),
      button(t(locale, 'button.details'), on(id, 'details')),
      ...relocate(ticket, ctx, inChannel),
    ]
  }
  const details = button(t(locale, 'button.details'), on(id, 'details'))
  if (!isOpen(status)) {
    const reopen = button(t(locale, 'button.reopen'), on(id, 'reopen'))
    return reopenableUntil(ticket, ctx) ? [reopen, details] : [details]
  }
  return [
    button(t(locale, 'button.add'), on(id, 'add'), status === 'waiting_requester' ? 'primary' : undefined),
    // Who is waited for would only be told to answer.
    ...(status === 'waiting_requester' ? [] : [button(t(locale, 'button.urge'), on(id, 'urge'))]),
    withdraw(ticket, ctx),
    ...why(ticket, ctx),
    ...(inChannel ? relocate(ticket, ctx, inChannel) : [details]),
  ]
}

/** Where the team asks for a reason, its form is question enough. */
function withdraw(ticket: RequesterTicket, ctx: ViewContext): Button {
  const { locale } = ctx
  const made = button(t(locale, 'button.withdraw'), on(ticket.id, 'withdraw'), 'danger')
  if (ctx.desk.teams[ticket.teamId]?.reasonsFor.includes('withdraw')) return made
  return {
    ...made,
    confirm: {
      title: t(locale, 'confirm.withdraw.title', { number: ticket.number }),
      text: t(locale, 'confirm.withdraw.text'),
      yes: t(locale, 'button.withdraw'),
      no: t(locale, 'button.keep'),
    },
  }
}

function why(ticket: RequesterTicket, ctx: ViewContext): Button[] {
  const explained = Object.values(ticket.clocks).some((clock) => clock.state !== 'stopped')
  return explained ? [button(t(ctx.locale, 'button.why'), on(ticket.id, 'why'))] : []
}

function relocate(ticket: RequesterTicket, ctx: ViewContext, inChannel: boolean): Button[] {
  return inChannel ? [button(t(ctx.locale, 'button.relocate'), on(ticket.id, 'relocate'))] : []
}
