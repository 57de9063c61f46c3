import { count, t } from '../../i18n/t.js'
import { clip } from '../../lib/text.js'
import type { Commit } from '../../models/ticket/events.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Field, Form } from '../card.js'
import type { ViewContext } from '../context.js'
import { dotted } from '../controls.js'
import type { PublicEntry } from '../history/public-history.js'
import { publicLines } from '../history/public-lines.js'
import { teamLines } from '../history/team-lines.js'
import type { Text } from '../text.js'
import type { RequesterTicket } from '../views/requester-ticket.js'
import {
  priorityWord,
  quiet,
  requesterStatusWord,
  statusWord,
  strong,
  teamName,
  withGroup,
} from '../words.js'
import { about } from './field.js'
import { MAX_PAGE, pages, showForm } from './show-form.js'

/** The newest entries shown; a form has no room for a year's talk. */
export const MAX_ENTRIES = 60

/** *Details* for the team: the request in full and everything that happened. */
export function detailsForm(
  ticket: Ticket,
  commits: readonly Pick<Commit, 'actor' | 'at' | 'events'>[],
  ctx: ViewContext,
): Form {
  const { department } = ctx.person(ticket.requesterId)
  const facts = dotted([
    [statusWord(ctx, ticket.status)],
    [priorityWord(ctx, ticket.priority)],
    [teamName(ctx, ticket.teamId)],
    withGroup(ctx, ticket.requesterId, department),
  ])
  return showForm(
    'details',
    ticket.id,
    t(ctx.locale, 'button.details'),
    [
      about(ticket, ctx),
      { kind: 'say', text: facts },
      ...(ticket.excerpt ? [{ kind: 'say' as const, text: [clip(ticket.excerpt, MAX_PAGE)] }] : []),
      ...history(teamLines(commits, ctx), ctx),
    ],
    ctx,
  )
}

/** *Details* for the requester: built from public entries alone. */
export function requesterDetailsForm(
  ticket: RequesterTicket,
  entries: readonly PublicEntry[],
  ctx: ViewContext,
): Form {
  const facts = dotted([[requesterStatusWord(ctx, ticket.status)], [teamName(ctx, ticket.teamId)]])
  return showForm(
    'details',
    ticket.id,
    t(ctx.locale, 'button.details'),
    [about(ticket, ctx), { kind: 'say', text: facts }, ...history(publicLines(entries, ctx), ctx)],
    ctx,
  )
}

function history(lines: readonly Text[], ctx: ViewContext): Field[] {
  const left = lines.length - MAX_ENTRIES
  const shown = lines.slice(-MAX_ENTRIES)
  return [
    { kind: 'say', text: [strong(t(ctx.locale, 'history.title'))] },
    ...(left > 0 ? [{ kind: 'say' as const, text: [quiet(count(ctx.locale, 'history.left', left))] }] : []),
    ...pages(shown),
  ]
}
