import { t } from '../../i18n/t.js'
import type { PersonId } from '../../models/ids.js'
import type { ClockKind, Ticket } from '../../models/ticket/ticket.js'
import type { Card } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, dotted, on, small } from '../controls.js'
import { duration, instant } from '../format.js'
import type { Text } from '../text.js'
import { nameOf, phrase } from '../words.js'
import { detailsButton, dmCard, handOverButton, holder } from './dm-parts.js'

export interface Overdue {
  readerId: PersonId
  clock: ClockKind
  /** `L1`, `L2`… of the ladder. */
  level: string
  round: number
  /** Told later than the ladder says: the program was not running. */
  late?: boolean
  /** Who was to hear of it, and could not be reached. */
  insteadOf?: PersonId
}

/** A promise ran out: which one, how late it is, who has it, and *I'm on it*. */
export function overdueCard(ticket: Ticket, ctx: ViewContext, overdue: Overdue): Card {
  const { locale } = ctx
  return dmCard(ticket, ctx, {
    head: t(locale, 'dm.overdue.head'),
    tone: 'danger',
    said: [
      latenessOf(ticket, ctx, overdue.clock),
      holder(ticket, ctx, overdue.readerId),
      ...(overdue.insteadOf === undefined
        ? []
        : [phrase(ctx, 'dm.overdue.instead', { name: nameOf(ctx, overdue.insteadOf) })]),
      ...(overdue.late ? [[t(locale, 'dm.overdue.late')]] : []),
    ],
    more: [small(rung(ctx, overdue))],
    buttons: [
      button(t(locale, 'button.ack'), on(ticket.id, 'ack', overdue.clock), 'primary'),
      ...handOverButton(ticket, ctx),
      detailsButton(ticket, ctx),
    ],
  })
}

/** "The first response was promised by …, 20 min ago." Says so without figures when the promise has gone meanwhile. */
export function latenessOf(ticket: Ticket, ctx: ViewContext, kind: ClockKind): Text {
  const { locale } = ctx
  const dueAt = ticket.clocks[kind]?.dueAt
  if (!dueAt) return [t(locale, `dm.overdue.${kind}.plain`)]
  return phrase(ctx, `dm.overdue.${kind}`, {
    time: instant(ctx, dueAt),
    late: duration(locale, ctx.now.getTime() - dueAt.getTime()),
  })
}

function rung(ctx: ViewContext, { level, round }: Overdue): Text {
  const { locale } = ctx
  return dotted([
    [t(locale, 'ladder.level', { level: level.replace(/^L/, '') })],
    round > 1 ? [t(locale, 'ladder.round', { round })] : [],
    [t(locale, 'dm.overdue.until')],
  ])
}
