import { count, t } from '../../i18n/t.js'
import { clip } from '../../lib/text.js'
import type { ActionVerb } from '../../models/actions.js'
import type { ClockKind, Ticket } from '../../models/ticket/ticket.js'
import type { Card, Menu } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, controls, heading, MAX_OPTION, menu, on } from '../controls.js'
import { plain } from '../format.js'
import type { Text } from '../text.js'
import { nameOf, strong } from '../words.js'
import { latenessOf } from './overdue-card.js'

export interface DueItem {
  ticket: Ticket
  clock: ClockKind
}

/** Several promises that ran out together, in one message: a row each, the longest overdue first. */
export function digestCard(items: readonly DueItem[], ctx: ViewContext): Card {
  const { locale } = ctx
  const sorted = [...items].sort((a, b) => dueMs(a) - dueMs(b))
  const title = count(locale, 'dm.digest.title', items.length)
  return {
    audience: 'leads',
    locale,
    title,
    tone: 'danger',
    summary: `${title}${t(locale, 'sentence.colon')}${sorted.map(({ ticket }) => ticket.number).join(t(locale, 'list.comma'))}`,
    elements: [
      {
        kind: 'rows',
        rows: sorted.map(({ ticket, clock }) => ({
          text: row(ticket, clock, ctx),
          control: button(t(locale, 'button.ack'), on(ticket.id, 'ack', clock)),
        })),
      },
      ...controls([
        ...menu(t(locale, 'button.reassign'), options(sorted, 'reassign')),
        ...menu(t(locale, 'button.details'), options(sorted, 'details')),
      ]),
    ],
  }
}

function row(ticket: Ticket, clock: ClockKind, ctx: ViewContext): Text {
  const who = ticket.assigneeId ? nameOf(ctx, ticket.assigneeId) : t(ctx.locale, 'card.nobody')
  return [strong(heading(ticket)), `\n`, ...latenessOf(ticket, ctx, clock), ` (${who})`]
}

/** One ticket may be late on two promises; it is offered once. */
function options(items: readonly DueItem[], verb: ActionVerb): Menu['options'] {
  const tickets = new Map(items.map(({ ticket }) => [ticket.id, ticket]))
  return [...tickets.values()].map((ticket) => ({
    label: clip(plain([heading(ticket)]), MAX_OPTION),
    action: on(ticket.id, verb),
  }))
}

const dueMs = ({ ticket, clock }: DueItem): number => ticket.clocks[clock]?.dueAt?.getTime() ?? 0
