import { count, t } from '../../i18n/t.js'
import { type Clock, type ClockKind, isOpen, type Ticket } from '../../models/ticket/ticket.js'
import type { Element } from '../card.js'
import type { ViewContext } from '../context.js'
import { dotted } from '../controls.js'
import { instant } from '../format.js'
import type { Text } from '../text.js'
import {
  clockWord,
  listed,
  named,
  phrase,
  priorityWord,
  quiet,
  statusWord,
  strong,
  typeName,
} from '../words.js'

/** Who needs it, how urgent it is, who has it, and what is promised. */
export function teamFacts(ticket: Ticket, ctx: ViewContext): Element {
  const { locale } = ctx
  const type = typeName(ctx, ticket.typeId)
  return {
    kind: 'facts',
    facts: [
      { label: t(locale, 'fact.requester'), value: requester(ticket, ctx) },
      { label: t(locale, 'fact.priority'), value: [priorityWord(ctx, ticket.priority)] },
      { label: t(locale, 'fact.status'), value: [statusWord(ctx, ticket.status)] },
      { label: t(locale, 'fact.assignee'), value: assignee(ticket, ctx) },
      ...(ticket.helperIds.length > 0
        ? [{ label: t(locale, 'fact.helpers'), value: listed(ctx, ticket.helperIds) }]
        : []),
      ...(type ? [{ label: t(locale, 'fact.type'), value: [type] }] : []),
      ...(['first_response', 'resolution', 'auto_close'] as const).flatMap((kind) => {
        const clock = ticket.clocks[kind]
        const value = clock && clockLine(kind, clock, ctx)
        return value ? [{ label: clockWord(ctx, kind), value }] : []
      }),
    ],
  }
}

function requester(ticket: Ticket, ctx: ViewContext): Text {
  const { department } = ctx.person(ticket.requesterId)
  return dotted([
    [named(ctx, ticket.requesterId)],
    department ? [department] : [],
    ticket.openedById === ticket.requesterId
      ? []
      : phrase(ctx, 'card.opened_by', { name: named(ctx, ticket.openedById) }),
  ])
}

function assignee(ticket: Ticket, ctx: ViewContext): Text {
  if (ticket.assigneeId) return [named(ctx, ticket.assigneeId)]
  return [quiet(isOpen(ticket.status) ? t(ctx.locale, 'card.nobody') : '–')]
}

/** How a promise stands: due when, overdue, paused, kept or missed. Closing by itself shows only while it runs. */
export function clockLine(kind: ClockKind, clock: Clock, ctx: ViewContext): Text | undefined {
  const { locale } = ctx
  if (clock.state === 'paused') return [t(locale, 'clock.state.paused')]
  if (clock.state === 'stopped') {
    if (kind === 'auto_close' || clock.met === undefined) return undefined
    return [t(locale, clock.met ? 'clock.state.met' : 'clock.state.missed')]
  }
  if (!clock.dueAt) return undefined
  const overdue = kind !== 'auto_close' && clock.dueAt <= ctx.now
  return [
    instant(ctx, clock.dueAt),
    ...(overdue ? [' · ', strong(t(locale, 'clock.state.overdue'))] : []),
    ...(clock.certain || overdue ? [] : [quiet(t(locale, 'time.tentative'))]),
  ]
}

/**
 * The card's last line: when it came, how often it was asked for. A place in the queue would be wrong as soon as another
 * ticket moves: it is told to whoever asks.
 */
export function teamFooter(ticket: Ticket, ctx: ViewContext): Text {
  const { locale } = ctx
  const { count: urges, lastAt } = ticket.urges
  return dotted([
    [t(locale, 'card.opened'), ' ', instant(ctx, ticket.openedAt)],
    urges > 0
      ? [
          strong(count(locale, 'card.urged', urges)),
          ...(lastAt ? phrase(ctx, 'card.urged.last', { time: instant(ctx, lastAt) }) : []),
        ]
      : [],
    ticket.reopenCount > 0 ? [count(locale, 'card.reopened', ticket.reopenCount)] : [],
  ])
}
