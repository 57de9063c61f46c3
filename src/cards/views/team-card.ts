import { t } from '../../i18n/t.js'
import { clip } from '../../lib/text.js'
import type { TeamId } from '../../models/ids.js'
import type { Role } from '../../models/ticket/lifecycle.js'
import { isOpen, type Ticket } from '../../models/ticket/ticket.js'
import type { Card, Element } from '../card.js'
import type { ViewContext } from '../context.js'
import { controls, heading, MAX_QUOTE, on, quoted, small, text, ticketName } from '../controls.js'
import { plain, when } from '../format.js'
import type { Text } from '../text.js'
import { clockWord, nameOf, priorityWord, sentences, statusWord, strong, teamName } from '../words.js'
import { teamControls } from './team-controls.js'
import { teamFacts, teamFooter } from './team-facts.js'
import { overdueClocks, teamTone } from './tone.js'

export interface TeamCardOptions {
  /** What is written in the card's thread reaches the bot only with a mention. */
  mustMention?: boolean
  /** It is shown to one person alone, who is this to the ticket. */
  roles?: readonly Role[]
}

/** The team's one card: who needs what, how long there is, who has it, and what can be done now. */
export function teamCard(ticket: Ticket, ctx: ViewContext, options: TeamCardOptions = {}): Card {
  const mustMention = options.mustMention === true && isOpen(ticket.status)
  return {
    audience: 'team',
    locale: ctx.locale,
    title: heading(ticket),
    tone: teamTone(ticket, ctx.now),
    summary: summary(ticket, ctx),
    elements: [
      ...request(ticket, ctx),
      teamFacts(ticket, ctx),
      ...resolution(ticket, ctx),
      ...(mustMention ? [small([t(ctx.locale, 'card.mention')])] : []),
      small(teamFooter(ticket, ctx)),
      ...controls(teamControls(ticket, ctx, options.roles)),
    ],
    ...ownView(ticket, ctx),
  }
}

/** Whoever has an open ticket, helps with it, or leads its team has buttons of their own on its card. */
function ownView(ticket: Ticket, ctx: ViewContext): Pick<Card, 'ownView'> {
  if (!isOpen(ticket.status)) return {}
  const { assigneeId, helperIds, teamId } = ticket
  const leads = ctx.desk.teams[teamId]?.leads ?? []
  const ids = [...new Set([...(assigneeId === undefined ? [] : [assigneeId]), ...leads, ...helperIds])]
  const people = ids.map((id) => ctx.person(id).userIds).filter((each) => Object.keys(each).length > 0)
  return people.length === 0 ? {} : { ownView: { action: on(ticket.id, 'view'), people } }
}

/** A channel that the ticket has left: where it went, and nothing to click. */
export function movedCard(ticket: Pick<Ticket, 'number' | 'title'>, teamId: TeamId, ctx: ViewContext): Card {
  const words = t(ctx.locale, 'card.moved', { team: teamName(ctx, teamId) })
  return {
    audience: 'team',
    locale: ctx.locale,
    title: heading(ticket),
    tone: 'neutral',
    summary: `${ticketName(ctx, ticket)}${t(ctx.locale, 'sentence.colon')}${words}`,
    elements: [text([words])],
  }
}

/** The requester's own words and files; the words are left out where the title says all of them. */
function request(ticket: Ticket, ctx: ViewContext): Element[] {
  return [
    ...(ticket.excerpt === ticket.title ? [] : quoted(ticket.excerpt)),
    ...(ticket.files.length > 0
      ? [
          {
            kind: 'files' as const,
            files: ticket.files.map(({ id, name, bytes }) => ({ name, bytes, url: ctx.fileUrl(id) })),
          },
        ]
      : []),
  ]
}

function resolution(ticket: Ticket, ctx: ViewContext): Element[] {
  const { resolution: found, status } = ticket
  if (!found || (status !== 'resolved' && status !== 'closed')) return []
  return [
    text([strong(t(ctx.locale, 'card.resolution'))]),
    ...quoted(found.text),
    ...labelled(t(ctx.locale, 'card.cause'), found.cause, ctx),
    ...labelled(t(ctx.locale, 'card.prevention'), found.prevention, ctx),
  ]
}

/** The colon stands behind what is strong: a mark beside a sign would want a blank, which Chinese does not have there. */
function labelled(label: string, words: string | undefined, ctx: ViewContext): Element[] {
  return words ? [text([strong(label), t(ctx.locale, 'sentence.colon'), clip(words, MAX_QUOTE)])] : []
}

function summary(ticket: Ticket, ctx: ViewContext): string {
  const { locale } = ctx
  const head = t(locale, 'ticket.is_for', {
    ticket: ticketName(ctx, ticket),
    status: statusWord(ctx, ticket.status),
    priority: priorityWord(ctx, ticket.priority),
    requester: nameOf(ctx, ticket.requesterId),
  })
  if (!isOpen(ticket.status)) return head
  const who = ticket.assigneeId
    ? t(locale, 'summary.assignee', { name: nameOf(ctx, ticket.assigneeId) })
    : t(locale, 'summary.nobody')
  return plain(sentences(ctx, [[head], [who], promise(ticket, ctx)]))
}

/** What is overdue, or what is due first. */
function promise(ticket: Ticket, ctx: ViewContext): Text {
  const { locale } = ctx
  const late = overdueClocks(ticket, ctx.now).map((kind) => clockWord(ctx, kind))
  if (late.length > 0) {
    return [t(locale, 'summary.overdue', { clocks: late.join(t(locale, 'list.comma')) })]
  }
  const { first_response, resolution } = ticket.clocks
  const next = first_response?.state === 'running' ? first_response : resolution
  return next?.state === 'running' && next.dueAt
    ? [t(locale, 'summary.due', { time: when(ctx, next.dueAt) })]
    : []
}
