import { count, t } from '../../i18n/t.js'
import { clip } from '../../lib/text.js'
import { isOpen, type Ticket } from '../../models/ticket/ticket.js'
import type { Button, Card, Element } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, dotted, MAX_ROWS, on, small, text } from '../controls.js'
import { instant } from '../format.js'
import type { Text } from '../text.js'
import type { RequesterTicket } from '../views/requester-ticket.js'
import { overdueClocks } from '../views/tone.js'
import { clockWord, priorityWord, requesterStatusWord, statusWord, strong } from '../words.js'

type Row = Extract<Element, { kind: 'rows' }>['rows'][number]

/** The requester's tickets as rows, each with *Show*. */
export function ownRows(tickets: readonly RequesterTicket[], ctx: ViewContext): Element[] {
  return rows(
    tickets.map((ticket) => ({ text: ownRow(ticket, ctx), control: show(ticket, ctx) })),
    ctx,
  )
}

/** One ticket of the requester in a line: number, title, status, and the promise it runs under. */
export function ownRow(ticket: RequesterTicket, ctx: ViewContext): Text {
  const due = isOpen(ticket.status) ? promised(ticket.clocks, ctx) : []
  return [...name(ticket), '\n', ...dotted([[requesterStatusWord(ctx, ticket.status)], due])]
}

/** `my tickets`. */
export function myTickets(tickets: readonly RequesterTicket[], ctx: ViewContext): Card {
  const { locale } = ctx
  const title = tickets.length > 0 ? count(locale, 'chat.mine', tickets.length) : t(locale, 'chat.mine.none')
  return {
    audience: 'requester',
    locale,
    title,
    tone: 'neutral',
    summary: title,
    elements: tickets.length > 0 ? ownRows(tickets, ctx) : [text([t(locale, 'chat.mine.empty')])],
  }
}

export interface Queue {
  /** What the agent has, and what nobody has, both as they are to be done: the earliest due first. */
  mine: readonly Ticket[]
  unclaimed: readonly Ticket[]
}

/** `queue`: an agent's work, their own first. */
export function queueCard(queue: Queue, ctx: ViewContext): Card {
  const { locale } = ctx
  const { mine, unclaimed } = queue
  const summary = t(locale, 'chat.queue.summary', { mine: mine.length, unclaimed: unclaimed.length })
  const claim = (ticket: Ticket): Button => button(t(locale, 'button.claim'), on(ticket.id, 'claim'))
  return {
    audience: 'team',
    locale,
    title: t(locale, 'chat.queue.title'),
    tone: 'neutral',
    summary,
    elements: [
      ...(mine.length + unclaimed.length === 0 ? [text([t(locale, 'chat.queue.empty')])] : []),
      ...section(t(locale, 'chat.queue.mine'), mine, (ticket) => show(ticket, ctx), ctx),
      ...section(t(locale, 'chat.queue.unclaimed'), unclaimed, claim, ctx),
    ],
  }
}

function section(
  head: string,
  tickets: readonly Ticket[],
  control: (ticket: Ticket) => Button,
  ctx: ViewContext,
): Element[] {
  if (tickets.length === 0) return []
  const list = tickets.map((ticket) => ({ text: workRow(ticket, ctx), control: control(ticket) }))
  return [
    text([strong(t(ctx.locale, 'chat.queue.counted', { list: head, n: tickets.length }))]),
    ...rows(list, ctx),
  ]
}

function workRow(ticket: Ticket, ctx: ViewContext): Text {
  const late = overdueClocks(ticket, ctx.now).length > 0
  return [
    ...name(ticket),
    '\n',
    ...dotted([
      [priorityWord(ctx, ticket.priority)],
      [statusWord(ctx, ticket.status)],
      promised(ticket.clocks, ctx),
      late ? [strong(t(ctx.locale, 'clock.state.overdue'))] : [],
    ]),
  ]
}

const name = (ticket: { number: string; title: string }): Text => [
  strong(ticket.number),
  ` ${clip(ticket.title, 80)}`,
]

function show(ticket: Pick<Ticket, 'id'>, ctx: ViewContext): Button {
  return button(t(ctx.locale, 'button.show'), on(ticket.id, 'show'))
}

/** The promise that comes first: the answer while it is owed, then the solution. */
function promised(clocks: RequesterTicket['clocks'], ctx: ViewContext): Text {
  for (const kind of ['first_response', 'resolution'] as const) {
    const clock = clocks[kind]
    if (clock?.state === 'running' && clock.dueAt) {
      return [`${clockWord(ctx, kind)} `, instant(ctx, clock.dueAt)]
    }
  }
  return []
}

function rows(list: readonly Row[], ctx: ViewContext): Element[] {
  const rest = list.length - MAX_ROWS
  return [
    { kind: 'rows', rows: list.slice(0, MAX_ROWS) },
    ...(rest > 0 ? [small([count(ctx.locale, 'chat.more', rest)])] : []),
  ]
}
