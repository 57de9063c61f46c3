import { t } from '../../i18n/t.js'
import { clip } from '../../lib/text.js'
import type { PersonId } from '../../models/ids.js'
import { isOpen, type Ticket } from '../../models/ticket/ticket.js'
import type { Button, Card, Element, Tone } from '../card.js'
import type { ViewContext } from '../context.js'
import { button, controls, dotted, MAX_TITLE, on, small, ticketName } from '../controls.js'
import { instant, plain } from '../format.js'
import type { Text } from '../text.js'
import { clockWord, nameOf, priorityWord, sentences, strong, teamName, withGroup } from '../words.js'
import { overdueClocks } from './tone.js'

interface Dm {
  /** What happened, in a word or two: heads the title. */
  head: string
  tone: Tone
  /** What happened, in sentences. */
  said: readonly Text[]
  /** What stands between the sentences and the facts. */
  more?: readonly Element[]
  buttons: readonly Button[]
}

/** A message to one person about one ticket: what happened, the facts in a line, what they can do. */
export function dmCard(ticket: Ticket, ctx: ViewContext, dm: Dm): Card {
  const said = sentences(ctx, dm.said)
  const title = clip(`${dm.head} · ${ticket.number} · ${ticket.title}`, MAX_TITLE)
  return {
    audience: 'leads',
    locale: ctx.locale,
    title,
    tone: dm.tone,
    summary: `${ticketName(ctx, ticket)}${t(ctx.locale, 'sentence.colon')}${plain(said)}`,
    elements: [
      { kind: 'text', text: said },
      ...(dm.more ?? []),
      small(dmFacts(ticket, ctx)),
      ...controls(dm.buttons),
    ],
  }
}

/** Requester, team, priority and the nearest promise, on one line. */
function dmFacts(ticket: Ticket, ctx: ViewContext): Text {
  const { department } = ctx.person(ticket.requesterId)
  const late = overdueClocks(ticket, ctx.now)
  return dotted([
    withGroup(ctx, ticket.requesterId, department),
    [teamName(ctx, ticket.teamId)],
    [priorityWord(ctx, ticket.priority)],
    ...(['first_response', 'resolution'] as const).map((kind): Text => {
      const clock = ticket.clocks[kind]
      if (clock?.state !== 'running' || !clock.dueAt) return []
      const due: Text = [`${clockWord(ctx, kind)} `, instant(ctx, clock.dueAt)]
      return late.includes(kind) ? [...due, ' ', strong(t(ctx.locale, 'clock.state.overdue'))] : due
    }),
  ])
}

/** Who has it, said to `readerId`. */
export function holder(ticket: Ticket, ctx: ViewContext, readerId: PersonId): Text {
  if (!ticket.assigneeId) return [t(ctx.locale, 'dm.holder.nobody')]
  if (ticket.assigneeId === readerId) return [t(ctx.locale, 'dm.holder.you')]
  return [t(ctx.locale, 'dm.holder.other', { name: nameOf(ctx, ticket.assigneeId) })]
}

export function detailsButton(ticket: Ticket, ctx: ViewContext): Button {
  return button(t(ctx.locale, 'button.details'), on(ticket.id, 'details'))
}

/** *Assign…* or *Reassign…*, as long as there is something to hand over. */
export function handOverButton(ticket: Ticket, ctx: ViewContext): Button[] {
  if (!isOpen(ticket.status) || ticket.status === 'under_review') return []
  return ticket.assigneeId
    ? [button(t(ctx.locale, 'button.reassign'), on(ticket.id, 'reassign'))]
    : [button(t(ctx.locale, 'button.assign'), on(ticket.id, 'assign'))]
}
