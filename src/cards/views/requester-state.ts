import { t } from '../../i18n/t.js'
import { isOpen } from '../../models/ticket/ticket.js'
import type { ViewContext } from '../context.js'
import { instant } from '../format.js'
import type { Text } from '../text.js'
import { phrase, quiet, sentences, teamName, withGroup } from '../words.js'
import type { RequesterClock, RequesterTicket } from './requester-ticket.js'

/** Who has it, in one sentence. */
export function requesterState(ticket: RequesterTicket, ctx: ViewContext): Text {
  const { locale } = ctx
  const team = teamName(ctx, ticket.teamId)
  switch (ticket.status) {
    case 'under_review':
      return phrase(ctx, 'requester.state.under_review', { team })
    case 'new':
      return phrase(ctx, 'requester.state.new', { team })
    case 'assigned':
      return withWho(ticket, ctx, 'requester.state.assigned')
    case 'in_progress':
      return withWho(ticket, ctx, 'requester.state.in_progress')
    case 'waiting_requester':
      return withWho(ticket, ctx, 'requester.state.waiting_requester')
    case 'waiting_external':
      return withWho(ticket, ctx, 'requester.state.waiting_external')
    case 'snoozed':
      return withWho(ticket, ctx, 'requester.state.snoozed')
    case 'resolved':
      return withWho(ticket, ctx, 'requester.state.resolved')
    case 'closed':
      return withWho(ticket, ctx, 'requester.state.closed')
    case 'cancelled':
      return [t(locale, 'requester.state.cancelled')]
    case 'rejected':
      return [t(locale, 'requester.state.rejected')]
    case 'merged':
      return [t(locale, 'requester.state.merged')]
    default:
      return ticket.status satisfies never
  }
}

type WhoKey =
  `requester.state.${'assigned' | 'in_progress' | 'waiting_requester' | 'waiting_external' | 'snoozed' | 'resolved' | 'closed'}`

/** `Li Wei (IT Service Desk)`, or the team alone while nobody has it. */
function withWho(ticket: RequesterTicket, ctx: ViewContext, key: WhoKey): Text {
  const team = teamName(ctx, ticket.teamId)
  const who: Text = ticket.assigneeId ? withGroup(ctx, ticket.assigneeId, team) : [team]
  return phrase(ctx, key, { who })
}

/** What happens next and by when; nothing where nothing does. */
export function requesterNext(ticket: RequesterTicket, ctx: ViewContext): Text {
  const { locale } = ctx
  if (ticket.status === 'waiting_requester') return [t(locale, 'requester.next.your_answer')]
  if (ticket.status === 'resolved') {
    const at = ticket.clocks.auto_close?.dueAt
    return at
      ? phrase(ctx, 'requester.next.confirm_by', { time: instant(ctx, at) })
      : [t(locale, 'requester.next.confirm')]
  }
  if (ticket.status === 'closed') {
    const until = reopenableUntil(ticket, ctx)
    return until ? phrase(ctx, 'requester.next.reopen_until', { time: instant(ctx, until) }) : []
  }
  return isOpen(ticket.status) ? promises(ticket, ctx) : []
}

/** Until when a closed ticket can be reopened; undefined when it cannot any more. */
export function reopenableUntil(ticket: RequesterTicket, ctx: ViewContext): Date | undefined {
  const windowMs = ctx.desk.types[ticket.typeId]?.reopenWindowMs
  if (ticket.status !== 'closed' || !ticket.closedAt || windowMs === undefined) return undefined
  const until = new Date(ticket.closedAt.getTime() + windowMs)
  return until >= ctx.now ? until : undefined
}

function promises(ticket: RequesterTicket, ctx: ViewContext): Text {
  const { locale, now } = ctx
  const answer = running(ticket.clocks.first_response)
  const solution = running(ticket.clocks.resolution)
  if (answer && answer.dueAt <= now) {
    const late = phrase(ctx, 'requester.late.answer', { time: due(ctx, answer) })
    return solution && solution.dueAt > now ? sentences(ctx, [late, solve(ctx, solution)]) : late
  }
  if (answer && solution) {
    return phrase(ctx, 'requester.next.both', { answer: due(ctx, answer), solution: due(ctx, solution) })
  }
  if (answer) return phrase(ctx, 'requester.next.answer', { answer: due(ctx, answer) })
  if (solution) return solve(ctx, solution)
  if (ticket.clocks.resolution?.state === 'paused') return [t(locale, 'requester.next.paused')]
  return [t(locale, 'requester.next.here')]
}

function solve(ctx: ViewContext, solution: Due): Text {
  return solution.dueAt <= ctx.now
    ? phrase(ctx, 'requester.late.solution', { time: due(ctx, solution) })
    : phrase(ctx, 'requester.next.solution', { solution: due(ctx, solution) })
}

type Due = { dueAt: Date; certain: boolean }
function running(clock: RequesterClock | undefined): Due | undefined {
  return clock?.state === 'running' && clock.dueAt
    ? { dueAt: clock.dueAt, certain: clock.certain }
    : undefined
}

/** When it is due; where the working calendar has no data that far, that the date may still move. */
function due(ctx: ViewContext, { dueAt, certain }: Due): Text {
  return [
    instant(ctx, dueAt),
    ...(certain || dueAt <= ctx.now ? [] : [quiet(t(ctx.locale, 'time.tentative'))]),
  ]
}
