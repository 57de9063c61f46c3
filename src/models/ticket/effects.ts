import type { Address, PersonId, TicketId, TouchId } from '../ids.js'
import type { Commit, Side, TellTemplate, TicketEvent, Touch, Visibility } from './events.js'
import type { Audience, ClockKind, Place, Ticket } from './ticket.js'

/** What must be said once. Unique by (ticket, seq, n); `to` is a place of the ticket or a person. */
export interface OutboxItem {
  deskId: string
  ticketId: TicketId
  seq: number
  n: number
  to: { kind: 'place'; placeId: string; address: Address } | { kind: 'person'; id: PersonId }
  say: Saying
}

export type Saying =
  /** A touch shown in another place, under its author's name. `published` is the touch it was sent on from. */
  | { kind: 'mirror'; touchId: TouchId; visibility: Visibility; side: Side }
  | { kind: 'mirror_edit'; touchId: TouchId }
  | { kind: 'mirror_delete'; touchId: TouchId }
  /** What was typed in a team's thread went out, or stayed inside: its author is told there, privately. */
  | { kind: 'sent_mark'; touchId: TouchId }
  | { kind: 'inside_offer'; touchId: TouchId }
  | { kind: 'remind'; clock: ClockKind; level: string; people: PersonId[] }
  | { kind: 'tell'; template: TellTemplate; clock?: ClockKind; level?: string; late?: boolean }
  /** A line in the requester's conversation, since a card that changes in place rings no bell. */
  | { kind: 'notice'; template: NoticeTemplate; by?: PersonId }
  /** A ready card that belongs to no ticket's history: help, a list, a question. Opaque to the core. */
  | { kind: 'reply'; card: object }
  /** A code to link accounts, made when it is said: in plain it stands nowhere but in that message. */
  | { kind: 'link_code'; personId: PersonId }
export type NoticeTemplate = 'resolved' | 'waiting' | 'closed' | 'reopened' | 'dismissed'

/** A message of the ticket on a messenger: routes replies, edits and deletions to it. */
export interface MessageItem {
  deskId: string
  ticketId: TicketId
  touchId: TouchId
  placeId: string
  platform: string
  conversation: string
  messageId: string
  authorId: PersonId
  side: Side
  visibility: Visibility
  direction: 'in' | 'out'
}

/** Where the ticket is to be seen; the deliverer drives the card there to `wanted`. */
export interface CardItem {
  deskId: string
  ticketId: TicketId
  placeId: string
  audience: Audience
  address: Address
  wanted: number
}

/** How long the ticket spent under one measure; feeds reports. */
export interface SpanItem {
  deskId: string
  ticketId: TicketId
  measure: string
  teamId: string
  startedAt: Date
  endedAt: Date
  seq: number
}

export interface Effects {
  outbox: OutboxItem[]
  messages: MessageItem[]
  cards: CardItem[]
  spans: SpanItem[]
}

/** Everything a commit wants done beside the ticket's own document: a function of the commit alone, so that it can be
 * done again, by anybody, at any time. */
export function effectsOf(before: Ticket | null, commit: Commit, after: Ticket): Effects {
  const { deskId, ticketId, seq } = commit
  const outbox = commit.events
    .flatMap((event) => sayings(event, commit, after))
    .map((item, n) => ({ deskId, ticketId, seq, n, ...item }))
  return {
    outbox,
    messages: messages(commit, after),
    cards: cards(commit, after),
    spans: spans(before, commit, after),
  }
}

type Say = Pick<OutboxItem, 'to' | 'say'>

function sayings(event: TicketEvent, commit: Commit, ticket: Ticket): Say[] {
  switch (event.type) {
    case 'touch.added':
      return [...mirrors(event.touch, ticket), ...marks(event.touch, ticket)]
    case 'touch.published':
      return mirrors(event.touch, ticket)
    case 'touch.edited':
      return toSomewhere(ticket, { kind: 'mirror_edit', touchId: event.touchId })
    case 'touch.deleted':
    case 'touch.withdrawn':
      return toSomewhere(ticket, { kind: 'mirror_delete', touchId: event.touchId })
    case 'ticket.resolved':
      return notice(ticket, commit, 'resolved')
    case 'ticket.closed':
      return event.by === 'time' ? notice(ticket, commit, 'closed') : []
    case 'ticket.dismissed':
      return notice(ticket, commit, 'dismissed')
    case 'ticket.reopened':
      return commit.actor.kind === 'person' && commit.actor.id !== ticket.requesterId
        ? notice(ticket, commit, 'reopened')
        : []
    case 'ticket.status_changed':
      return event.status === 'waiting_requester' ? notice(ticket, commit, 'waiting') : []
    case 'clock.told': {
      const { clock, late } = event
      const level = event.told.at(-1)?.level ?? ''
      const reminders = event.remind.length > 0 ? places(ticket, 'team') : []
      return [
        ...reminders.map((place) => to(place, { kind: 'remind', clock, level, people: event.remind })),
        ...event.tell.map(
          (one): Say => ({
            to: { kind: 'person', id: one.to },
            say: { kind: 'tell', template: one.template, clock, level: one.level ?? level, late },
          }),
        ),
      ]
    }
    case 'people.told':
      return event.tell.map(
        (one): Say => ({
          to: { kind: 'person', id: one.to },
          say: { kind: 'tell', template: one.template },
        }),
      )
    case 'people.unreached': {
      const { template, clock } = event
      return event.tell.map(
        ({ to: id, level }): Say => ({
          to: { kind: 'person', id },
          say: { kind: 'tell', template, ...(clock ? { clock } : {}), ...(level ? { level } : {}) },
        }),
      )
    }
    case 'ticket.opened':
    case 'ticket.claimed':
    case 'ticket.assigned':
    case 'ticket.moved':
    case 'ticket.helped':
    case 'ticket.released':
    case 'ticket.prioritized':
    case 'ticket.withdrawn':
    case 'ticket.urged':
    case 'place.added':
    case 'person.merged':
    case 'attempt.refused':
    case 'clock.started':
    case 'clock.paused':
    case 'clock.resumed':
    case 'clock.retimed':
    case 'clock.stopped':
    case 'clock.acked':
      return []
    default:
      return event satisfies never
  }
}

/**
 * A touch is shown in every channel of the team but the one it was written in, unless its author has no role there. Only
 * a public one crosses sides, to where the requester was last; what they wrote themselves they need not read elsewhere.
 */
function mirrors(touch: Touch, ticket: Ticket): Say[] {
  if (touch.local) return []
  const team = places(ticket, 'team')
  const own = touch.side === 'requester' && isOpenPlace(ticket, touch.source?.placeId)
  const requester = touch.visibility === 'public' && !own ? requesterPlaces(ticket) : []
  return [...requester, ...team]
    .filter((place) => place.id !== touch.source?.placeId)
    .map((place) =>
      to(place, { kind: 'mirror', touchId: touch.id, visibility: touch.visibility, side: touch.side }),
    )
}

function marks(touch: Touch, ticket: Ticket): Say[] {
  const place = ticket.places.find((one) => one.id === touch.source?.placeId)
  if (place?.audience !== 'team' || touch.side !== 'team' || touch.visibility === 'note') return []
  return [
    to(place, { kind: touch.visibility === 'public' ? 'sent_mark' : 'inside_offer', touchId: touch.id }),
  ]
}

/** Edits and deletions follow a touch to wherever it was mirrored; one item looks them all up. */
function toSomewhere(ticket: Ticket, say: Saying): Say[] {
  const team = ticket.places.filter((one) => one.audience === 'team')
  const place = team.find((one) => !one.retiredAt) ?? team[0] ?? ticket.places[0]
  return place ? [to(place, say)] : []
}

function notice(ticket: Ticket, commit: Commit, template: NoticeTemplate): Say[] {
  const by = commit.actor.kind === 'person' ? { by: commit.actor.id } : {}
  return requesterPlaces(ticket).map((place) => to(place, { kind: 'notice', template, ...by }))
}

const isOpenPlace = (ticket: Ticket, id: string | undefined): boolean =>
  ticket.places.some((place) => place.id === id && !place.retiredAt)

/** Where the requester was last: of several places, the one in which something is said to them, once. */
function requesterPlaces(ticket: Ticket): Place[] {
  const open = places(ticket, 'requester')
  const last = open.find(({ id }) => id === ticket.requesterPlaceId) ?? open[0]
  return last ? [last] : []
}

const places = (ticket: Ticket, audience: Audience): Place[] =>
  ticket.places.filter((place) => place.audience === audience && !place.retiredAt)

const to = ({ id, address }: Place, say: Saying): Say => ({
  to: { kind: 'place', placeId: id, address },
  say,
})

function messages(commit: Commit, ticket: Ticket): MessageItem[] {
  return commit.events.flatMap((event) => {
    if (event.type !== 'ticket.opened' && event.type !== 'touch.added') return []
    const { touch } = event
    const place = ticket.places.find((one) => one.id === touch.source?.placeId)
    if (!touch.source || !place) return []
    return {
      deskId: commit.deskId,
      ticketId: commit.ticketId,
      touchId: touch.id,
      placeId: place.id,
      platform: place.address.platform,
      conversation: touch.source.conversation ?? place.address.conversation,
      messageId: touch.source.messageId,
      authorId: touch.authorId,
      side: touch.side,
      visibility: touch.visibility,
      direction: 'in' as const,
    }
  })
}

function cards(commit: Commit, ticket: Ticket): CardItem[] {
  return ticket.places
    .filter((place) => !place.retiredAt || place.retiredAt.getTime() === commit.at.getTime())
    .map((place) => ({
      deskId: commit.deskId,
      ticketId: commit.ticketId,
      placeId: place.id,
      audience: place.audience,
      address: place.address,
      wanted: commit.seq,
    }))
}

/** Time spent in the status that this commit ends. */
function spans(before: Ticket | null, commit: Commit, after: Ticket): SpanItem[] {
  if (!before || before.status === after.status) return []
  return [
    {
      deskId: commit.deskId,
      ticketId: commit.ticketId,
      measure: `status:${before.status}`,
      teamId: before.teamId,
      startedAt: before.statusSince,
      endedAt: commit.at,
      seq: commit.seq,
    },
  ]
}
