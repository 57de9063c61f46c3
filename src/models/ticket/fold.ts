import { clip } from '../../lib/text.js'
import type { PersonId } from '../ids.js'
import type { ActorRef, Commit, EventOf, TicketEvent } from './events.js'
import { type Clock, type ClockKind, EXCERPT_LENGTH, type Place, type Ticket } from './ticket.js'

/** The ticket after `commit`. The ticket given is not changed. Throws on a gap: a commit out of order is a bug. */
export function fold(before: Ticket | null, commit: Commit): Ticket {
  if (commit.seq !== (before?.revision ?? 0) + 1) {
    throw new Error(`commit ${commit.seq} does not follow revision ${before?.revision ?? 0}`)
  }
  let ticket = before
  for (const event of commit.events) ticket = applied(ticket, event, commit.actor, commit.at, commit)
  if (!ticket) throw new Error('the first commit of a ticket opens it')
  const { nextDueAt: _, ...rest } = ticket
  const nextDueAt = earliestMark(ticket)
  return {
    ...rest,
    ...(nextDueAt ? { nextDueAt } : {}),
    revision: commit.seq,
    hash: commit.hash,
    updatedAt: commit.at,
    statusSince: before?.status === ticket.status ? before.statusSince : commit.at,
  }
}

/** The ticket after `events`, without a commit: for deciding what follows from them. */
export function preview(before: Ticket, events: readonly TicketEvent[], actor: ActorRef, at: Date): Ticket {
  return events.reduce<Ticket>((ticket, event) => applied(ticket, event, actor, at) ?? ticket, before)
}

/** When the next thing about this ticket comes due, over all its running clocks. */
function earliestMark(ticket: Ticket): Date | undefined {
  let earliest: Date | undefined
  for (const clock of Object.values(ticket.clocks)) {
    const at = clock?.marks[0]?.at
    if (at && (!earliest || at < earliest)) earliest = at
  }
  return earliest
}

function applied(
  before: Ticket | null,
  event: TicketEvent,
  actor: ActorRef,
  at: Date,
  commit?: Commit,
): Ticket | null {
  if (event.type === 'ticket.opened') {
    if (before || !commit) throw new Error('a ticket opens once')
    return opened(event, commit)
  }
  if (!before) throw new Error(`${event.type} before ticket.opened`)
  const ticket = before
  switch (event.type) {
    case 'touch.added': {
      const { side, visibility } = event.touch
      if (side === 'requester')
        return { ...usedBy(ticket, event.touch.source?.placeId), lastRequesterTouchAt: at }
      return visibility === 'public' ? { ...ticket, lastAgentReplyAt: at } : ticket
    }
    case 'touch.published':
      return { ...ticket, lastAgentReplyAt: at }
    case 'touch.edited':
      return event.touchId === ticket.firstTouchId
        ? { ...ticket, title: event.title ?? ticket.title, excerpt: clip(event.text, EXCERPT_LENGTH) }
        : ticket
    case 'touch.deleted':
      return event.touchId === ticket.firstTouchId
        ? { ...ticket, title: '…', excerpt: '', files: [] }
        : ticket
    case 'touch.withdrawn':
    case 'attempt.refused':
    case 'people.told':
      return ticket
    case 'ticket.claimed':
      return {
        ...ticket,
        status: 'in_progress',
        assigneeId: event.agentId,
        helperIds: others(ticket.helperIds, event.agentId),
      }
    case 'ticket.assigned':
      return {
        ...ticket,
        status: 'assigned',
        assigneeId: event.agentId,
        helperIds: others(ticket.helperIds, event.agentId),
      }
    case 'ticket.moved': {
      const { assigneeId: _, ...rest } = ticket
      const places = [...retired(without(ticket.places, event.places), event.retired, at), ...event.places]
      return { ...rest, status: 'new', teamId: event.teamId, helperIds: [], places }
    }
    case 'ticket.helped':
      return { ...ticket, helperIds: [...others(ticket.helperIds, event.helperId), event.helperId] }
    case 'ticket.released': {
      const { assigneeId: _, ...rest } = ticket
      return { ...rest, status: 'new' }
    }
    case 'ticket.status_changed':
      return { ...ticket, status: event.status }
    case 'ticket.prioritized':
      return { ...ticket, priority: event.priority }
    case 'ticket.resolved': {
      if (actor.kind !== 'person') throw new Error('a person resolves')
      const { resolution: text, cause, prevention } = event
      const more = {
        ...(cause === undefined ? {} : { cause }),
        ...(prevention === undefined ? {} : { prevention }),
      }
      return { ...ticket, status: 'resolved', resolution: { text, ...more, byId: actor.id, at } }
    }
    case 'ticket.reopened': {
      const { resolution: _, closedAt: __, ...rest } = ticket
      return { ...rest, status: 'in_progress', reopenCount: ticket.reopenCount + 1, toldIds: [] }
    }
    case 'ticket.closed':
      return { ...ticket, status: 'closed', closedAt: at }
    case 'ticket.withdrawn':
      return { ...ticket, status: 'cancelled', closedAt: at }
    case 'ticket.dismissed':
      return { ...ticket, status: 'rejected', closedAt: at }
    case 'ticket.urged':
      return { ...ticket, urges: { count: event.count, lastAt: at } }
    case 'person.merged':
      return withPerson(ticket, event.personId, event.into)
    case 'place.added': {
      const places = [...retired(without(ticket.places, [event.place]), event.retired, at), event.place]
      return usedBy({ ...ticket, places }, event.place.id)
    }
    case 'clock.started':
      return withClock(ticket, startedClock(event, at))
    case 'clock.paused':
      return changedClock(ticket, event.clock, (clock) => {
        const { dueAt: _, ...rest } = clock
        return {
          ...rest,
          state: 'paused',
          marks: [],
          pauses: [...clock.pauses, { from: at, reason: event.reason }],
        }
      })
    case 'clock.resumed':
      return changedClock(ticket, event.clock, (clock) => ({
        ...clock,
        state: 'running',
        dueAt: event.dueAt,
        certain: event.certain,
        marks: event.marks,
        pauses: clock.pauses.map((pause) => (pause.to ? pause : { ...pause, to: at })),
      }))
    case 'clock.retimed':
      return changedClock(ticket, event.clock, ({ dueAt: _, ...clock }) => ({
        ...(event.cycle === clock.cycle ? clock : newCycle(clock, event.cycle)),
        targetMs: event.targetMs,
        calendarId: event.calendarId,
        certain: event.certain,
        marks: event.marks,
        ...(event.dueAt ? { dueAt: event.dueAt } : {}),
      }))
    case 'clock.stopped':
      return changedClock(ticket, event.clock, (clock) => ({
        ...clock,
        state: 'stopped',
        marks: [],
        stoppedAt: at,
        met: event.met,
        pauses: clock.pauses.map((pause) => (pause.to ? pause : { ...pause, to: at })),
      }))
    case 'clock.told': {
      const told = event.told.map((one) => ({ ...one, at }))
      const next = changedClock(ticket, event.clock, (clock) => ({
        ...clock,
        marks: event.marks,
        told: [...clock.told, ...told],
        ...(event.tell.length > 0 ? { reach: { told: event.tell.map(({ to }) => to), unreached: [] } } : {}),
      }))
      return { ...next, toldIds: [...new Set([...next.toldIds, ...event.tell.map((one) => one.to)])] }
    }
    case 'people.unreached': {
      const instead = event.tell.map(({ to }) => to)
      const next = { ...ticket, toldIds: [...new Set([...ticket.toldIds, ...instead])] }
      if (event.clock === undefined) return next
      return changedClock(next, event.clock, (clock) => ({
        ...clock,
        reach: {
          told: [...(clock.reach?.told ?? []), ...instead],
          unreached: [...(clock.reach?.unreached ?? []), event.personId],
        },
      }))
    }
    case 'clock.acked':
      return changedClock(ticket, event.clock, (clock) => ({
        ...clock,
        marks: event.marks,
        ackedLevel: event.level,
      }))
    default:
      event satisfies never
      return ticket
  }
}

function opened(event: EventOf<'ticket.opened'>, commit: Commit): Ticket {
  return {
    id: commit.ticketId,
    deskId: commit.deskId,
    number: event.number,
    revision: 0,
    hash: '',
    typeId: event.typeId,
    teamId: event.teamId,
    title: event.title,
    excerpt: event.excerpt,
    files: event.touch.files,
    status: event.status,
    statusSince: commit.at,
    priority: event.priority,
    requesterId: event.requesterId,
    openedById: event.openedById,
    openedAt: commit.at,
    updatedAt: commit.at,
    helperIds: [],
    reopenCount: 0,
    urges: { count: 0 },
    lastRequesterTouchAt: commit.at,
    firstTouchId: event.touch.id,
    toldIds: [],
    places: event.places,
    clocks: {},
  }
}

function startedClock(event: EventOf<'clock.started'>, at: Date): Clock {
  const { clock: kind, type: _, ...rest } = event
  return { ...rest, kind, state: 'running', startedAt: at, pauses: [], told: [] }
}

/** A new cycle tells anew what the old promise had told already, whoever had heard of it. */
export function newCycle({ ackedLevel: _, reach: __, ...clock }: Clock, cycle: number): Clock {
  return { ...clock, cycle, told: [] }
}

function withClock(ticket: Ticket, clock: Clock): Ticket {
  return { ...ticket, clocks: { ...ticket.clocks, [clock.kind]: clock } }
}

function changedClock(ticket: Ticket, kind: ClockKind, change: (clock: Clock) => Clock): Ticket {
  const clock = ticket.clocks[kind]
  return clock ? withClock(ticket, change(clock)) : ticket
}

/** The requester was in this place last, if it is one of theirs. */
function usedBy(ticket: Ticket, placeId: string | undefined): Ticket {
  const place = ticket.places.find((one) => one.id === placeId && !one.retiredAt)
  return place?.audience === 'requester' ? { ...ticket, requesterPlaceId: place.id } : ticket
}

/** The ticket with `into` wherever `from` stood. */
function withPerson(ticket: Ticket, from: PersonId, into: PersonId): Ticket {
  const now = (id: PersonId): PersonId => (id === from ? into : id)
  const all = (ids: readonly PersonId[]): PersonId[] => [...new Set(ids.map(now))]
  const { assigneeId, resolution } = ticket
  return {
    ...ticket,
    requesterId: now(ticket.requesterId),
    openedById: now(ticket.openedById),
    ...(assigneeId === undefined ? {} : { assigneeId: now(assigneeId) }),
    ...(resolution ? { resolution: { ...resolution, byId: now(resolution.byId) } } : {}),
    helperIds: all(ticket.helperIds),
    toldIds: all(ticket.toldIds),
  }
}

function retired(places: readonly Place[], ids: readonly string[], at: Date): Place[] {
  return places.map((place) => (ids.includes(place.id) ? { ...place, retiredAt: at } : place))
}

/** A place that comes back replaces its retired self. */
function without(places: readonly Place[], coming: readonly Place[]): Place[] {
  return places.filter((place) => !coming.some((other) => other.id === place.id))
}

const others = (ids: readonly PersonId[], id: PersonId): PersonId[] => ids.filter((one) => one !== id)
