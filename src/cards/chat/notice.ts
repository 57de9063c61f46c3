import { t } from '../../i18n/t.js'
import { clip } from '../../lib/text.js'
import type { PersonId } from '../../models/ids.js'
import type { NoticeTemplate } from '../../models/ticket/effects.js'
import type { ViewContext } from '../context.js'
import { MAX_QUOTE } from '../controls.js'
import { instant } from '../format.js'
import type { Spoken } from '../spoken.js'
import type { Text } from '../text.js'
import { reopenableUntil } from '../views/requester-state.js'
import type { RequesterTicket } from '../views/requester-ticket.js'
import { nameOf, phrase, sentences, teamName } from '../words.js'

/** A line in the requester's conversation: a card that changes in place rings no bell. */
export function noticeLine(
  template: NoticeTemplate,
  ticket: RequesterTicket,
  ctx: ViewContext,
  byId?: PersonId,
): Spoken {
  const { locale } = ctx
  const name = byId ? nameOf(ctx, byId) : teamName(ctx, ticket.teamId)
  const { number } = ticket
  switch (template) {
    case 'resolved': {
      const head = t(locale, 'notice.resolved', { name, number })
      return {
        text: ticket.resolution
          ? [head, '\n', clip(ticket.resolution, MAX_QUOTE), '\n', ...confirmBy(ticket, ctx)]
          : sentences(ctx, [[head], confirmBy(ticket, ctx)]),
      }
    }
    case 'waiting':
      return { text: [t(locale, 'notice.waiting', { name, number })] }
    case 'closed': {
      const until = reopenableUntil(ticket, ctx)
      return {
        text: sentences(ctx, [
          [t(locale, 'notice.closed', { number })],
          until ? phrase(ctx, 'requester.next.reopen_until', { time: instant(ctx, until) }) : [],
        ]),
      }
    }
    case 'reopened':
      return { text: [t(locale, 'notice.reopened', { name, number })] }
    case 'dismissed':
      return { text: [t(locale, 'notice.dismissed', { name, number })] }
    default:
      return template satisfies never
  }
}

function confirmBy(ticket: RequesterTicket, ctx: ViewContext): Text {
  const at = ticket.clocks.auto_close?.dueAt
  return at
    ? phrase(ctx, 'requester.next.confirm_by', { time: instant(ctx, at) })
    : [t(ctx.locale, 'requester.next.confirm')]
}
