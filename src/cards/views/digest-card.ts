import { count, t } from '../../i18n/t.js'
import { type ClockKind, PRIORITIES, type Ticket } from '../../models/ticket/ticket.js'
import type { Card, Element } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, controls, heading, MAX_ROWS, on, small, text } from '../controls.js'
import { nameOf, sentences, strong } from '../words.js'
import { detailsButton, handOverButton } from './dm-parts.js'
import { latenessOf } from './overdue-card.js'

export interface DueItem {
  ticket: Ticket
  clock: ClockKind
}

/** Several promises that ran out together, in one message, each with its buttons: the most urgent first, then the longest overdue. */
export function digestCard(items: readonly DueItem[], ctx: ViewContext): Card {
  const { locale } = ctx
  const sorted = [...items].sort((a, b) => rank(a) - rank(b) || dueMs(a) - dueMs(b))
  const numbers = [...new Set(sorted.map(({ ticket }) => ticket.number))]
  const title = count(locale, 'dm.digest.title', numbers.length)
  const rest = sorted.length - MAX_ROWS
  return {
    audience: 'leads',
    locale,
    title,
    tone: 'danger',
    summary: `${title}${t(locale, 'sentence.colon')}${numbers.join(t(locale, 'list.comma'))}`,
    elements: [
      ...sorted.slice(0, MAX_ROWS).flatMap((item) => due(item, ctx)),
      ...(rest > 0
        ? [
            small([count(locale, 'chat.more', rest)]),
            ...controls([button(t(locale, 'button.queue'), { verb: 'queue' })]),
          ]
        : []),
    ],
  }
}

function due({ ticket, clock }: DueItem, ctx: ViewContext): Element[] {
  const { locale } = ctx
  const who = ticket.assigneeId
    ? t(locale, 'summary.assignee', { name: nameOf(ctx, ticket.assigneeId) })
    : t(locale, 'summary.nobody')
  return [
    text([strong(heading(ticket)), '\n', ...sentences(ctx, [latenessOf(ticket, ctx, clock), [who]])]),
    ...controls([
      button(t(locale, 'button.ack'), on(ticket.id, 'ack', clock), 'primary'),
      ...handOverButton(ticket, ctx),
      detailsButton(ticket, ctx),
    ]),
  ]
}

const dueMs = ({ ticket, clock }: DueItem): number => ticket.clocks[clock]?.dueAt?.getTime() ?? 0

const rank = ({ ticket }: DueItem): number => PRIORITIES.indexOf(ticket.priority)
