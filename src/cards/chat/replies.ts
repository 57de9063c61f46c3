import { t } from '../../i18n/t.js'
import type { ErrorCode } from '../../lib/errors.js'
import { clip } from '../../lib/text.js'
import type { PersonId } from '../../models/ids.js'
import type { ClockKind, Ticket } from '../../models/ticket/ticket.js'
import type { Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { MAX_TITLE, text, ticketName } from '../controls.js'
import { instant, plain } from '../format.js'
import type { Text } from '../text.js'
import type { RequesterTicket } from '../views/requester-ticket.js'
import { clockWord, listed, phrase, sentences } from '../words.js'
import { refusalText } from './refusal.js'

/** What only the person who acted sees. */
function reply(ctx: ViewContext, said: readonly Text[], tone: Card['tone'] = 'good'): Card {
  const words = sentences(ctx, said)
  return {
    audience: 'requester',
    locale: ctx.locale,
    title: clip(plain(words), MAX_TITLE),
    compact: true,
    tone,
    summary: plain(words),
    elements: [text(words)],
  }
}

export interface Urged {
  /** Who was told. */
  told: readonly PersonId[]
  /** Place in the team's queue, from 1; absent when somebody has the ticket already. */
  place?: number
  /** When the next nudge is possible. */
  nextAt: Date
}

/** After *Nudge*: who was told, where it stands in the queue, when the next one is possible. */
export function urgedReply(ticket: RequesterTicket, ctx: ViewContext, urged: Urged): Card {
  const { locale } = ctx
  return reply(ctx, [
    urged.told.length > 0
      ? phrase(ctx, 'chat.urged.told', { people: listed(ctx, urged.told), number: ticket.number })
      : [t(locale, 'chat.urged', { number: ticket.number })],
    urged.place === undefined ? [] : [t(locale, 'chat.urged.place', { place: urged.place })],
    phrase(ctx, 'chat.urged.next', { time: instant(ctx, urged.nextAt, 'time') }),
  ])
}

/** After *I'm on it*: the level is silent; when the next one speaks. */
export function ackedReply(ticket: Ticket, ctx: ViewContext, clock: ClockKind): Card {
  const next = ticket.clocks[clock]?.marks.find((mark) => mark.level.startsWith('L'))
  return reply(ctx, [
    [t(ctx.locale, 'chat.acked', { clock: clockWord(ctx, clock), number: ticket.number })],
    next ? phrase(ctx, 'chat.acked.next', { time: instant(ctx, next.at) }) : [],
  ])
}

export type Done = 'added' | 'noted' | 'sent' | 'relocated' | 'retracted' | 'assigned' | 'moved'

/** A click or form was carried out, and no card beside it says so. */
export function doneReply(done: Done, ticket: Pick<Ticket, 'number' | 'title'>, ctx: ViewContext): Card {
  return reply(ctx, [[t(ctx.locale, `chat.done.${done}`, { ticket: ticketName(ctx, ticket) })]])
}

/** Files that were not taken, one line each: `name` is the file's. */
export function filesRefused(
  files: readonly { name: string; code: Extract<ErrorCode, `file.${string}`>; maxBytes?: number }[],
  ctx: ViewContext,
): Card {
  const lines = files.map(({ name, code, maxBytes }) =>
    refusalText({ code, details: { name, ...(maxBytes === undefined ? {} : { max: maxBytes }) } }, ctx),
  )
  return reply(ctx, [[lines.join('\n')]], 'warning')
}

/** `status N` for a number that is not theirs or does not exist: the same words for both. */
export function unknownNumber(number: string, ctx: ViewContext): Card {
  return reply(ctx, [[t(ctx.locale, 'chat.unknown_number', { number })]], 'neutral')
}
