import { t } from '../../i18n/t.js'
import type { PersonId } from '../../models/ids.js'
import type { ClockKind, Ticket } from '../../models/ticket/ticket.js'
import type { ViewContext } from '../context.js'
import { instant } from '../format.js'
import type { Spoken } from '../spoken.js'
import type { TeamCardOptions } from '../views/team-card.js'
import { called, listed, named, phrase, sentences } from '../words.js'

/** The first line of a team's thread: what written here reaches the requester, and what stays inside. */
export function threadOpener(
  ticket: Ticket,
  ctx: ViewContext,
  { mustMention }: TeamCardOptions = {},
): Spoken {
  const name = named(ctx, ticket.requesterId)
  if (ctx.desk.teams[ticket.teamId]?.threads === 'inside_only') {
    return { text: phrase(ctx, 'thread.opener.inside_only', { name }) }
  }
  return {
    text: sentences(ctx, [
      phrase(ctx, ticket.assigneeId ? 'thread.opener.claimed' : 'thread.opener.unclaimed', { name }),
      phrase(ctx, 'thread.opener.inside', { mark: { kind: 'code', text: '//' } as const }),
      mustMention ? [t(ctx.locale, 'card.mention')] : [],
    ]),
  }
}

export interface Reminder {
  clock: ClockKind
  /** `r50`, `r80`: how much of the time is over, in per cent. */
  level: string
  people: readonly PersonId[]
}

/** A reminder in the team's thread. It calls the people it is for and nobody else. */
export function reminderLine(ticket: Ticket, ctx: ViewContext, { clock, level, people }: Reminder): Spoken {
  const { locale } = ctx
  const percent = level.replace(/\D/g, '')
  const dueAt = ticket.clocks[clock]?.dueAt
  const over = phrase(ctx, clock === 'first_response' ? 'thread.remind.answer' : 'thread.remind.solution', {
    percent,
  })
  return {
    text: sentences(ctx, [
      people.length > 0 ? [...listed(ctx, people, called), t(locale, 'sentence.colon'), ...over] : over,
      dueAt ? phrase(ctx, 'thread.remind.due', { time: instant(ctx, dueAt) }) : [],
      ticket.assigneeId ? [] : [t(locale, 'thread.remind.unclaimed')],
    ]),
  }
}
