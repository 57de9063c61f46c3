import { isWithinData } from '../../calendar/calendar-data.js'
import { nextOpening } from '../../calendar/opening-hours.js'
import type { ClockPromise } from '../../desk/desk.js'
import { type Context, calendarOf, policyOf, teamCalendar, teamOf, typeOf } from '../context.js'
import type { EventOf, TicketEvent } from '../events.js'
import { newCycle, preview } from '../fold.js'
import { type Clock, type ClockKind, ENDED, type Ticket } from '../ticket.js'
import { instantAtCounted } from './counted.js'
import { END, isLadderLevel, levelIndex, marksOf, speakingHours } from './marks.js'

type ClockEvent = Extract<TicketEvent, { clock: ClockKind }>

/**
 * What `events` mean for the ticket's clocks: which start, pause, resume, stop, or go on under a new promise. `before`
 * is the ticket as it stood, `after` with the events applied. Pure; the clocks' events go into the same commit.
 */
export function clockConsequences(
  before: Ticket | null,
  after: Ticket,
  events: readonly TicketEvent[],
  context: Context,
): ClockEvent[] {
  if (!before) return started(after, context, ['first_response', 'resolution'])
  const all: ClockEvent[] = []
  let ticket = after
  // each step sees what the one before did: a clock that has just stopped is neither retimed nor silenced
  for (const step of [responded, turned, retimed, acknowledged]) {
    const more = step({ before, after: ticket, events, context })
    all.push(...more)
    ticket = preview(ticket, more, context.actor, context.now)
  }
  return all
}

interface Change {
  before: Ticket
  after: Ticket
  events: readonly TicketEvent[]
  context: Context
}

function started(ticket: Ticket, context: Context, kinds: readonly ClockKind[]): ClockEvent[] {
  return kinds.flatMap((kind) => startedOne(ticket, context, kind) ?? [])
}

/** The first public answer of a human being stops the first-response clock; a claim does where the desk counts it. */
function responded({ after, events, context }: Change): ClockEvent[] {
  const clock = after.clocks.first_response
  if (!clock || clock.state === 'stopped') return []
  const claimCounts = policyOf(context.desk, after.typeId)?.claimIsResponse ?? false
  const answered = events.some(
    (event) =>
      (event.type === 'touch.added' && event.touch.side === 'team' && event.touch.visibility === 'public') ||
      event.type === 'touch.published' ||
      event.type === 'ticket.resolved' ||
      (claimCounts && event.type === 'ticket.claimed'),
  )
  return answered || ENDED.includes(after.status) ? [stopped(clock, context)] : []
}

/** What the change of status does to the resolution and the auto-close clock. */
function turned({ before, after, context }: Change): ClockEvent[] {
  if (before.status === after.status) return []
  const { resolution, auto_close } = after.clocks
  const events: ClockEvent[] = []
  if (before.status === 'resolved' && auto_close && auto_close.state !== 'stopped') {
    events.push(stopped(auto_close, context))
  }
  if (after.status === 'resolved' || ENDED.includes(after.status)) {
    if (resolution && resolution.state !== 'stopped') events.push(stopped(resolution, context))
    if (after.status === 'resolved') events.push(autoClose(after, context))
    return events
  }
  if (!resolution) return events
  if (resolution.state === 'stopped') return [...events, ...started(after, context, ['resolution'])]
  const waits = after.status === 'waiting_requester'
  if (waits && resolution.state === 'running') {
    events.push({
      type: 'clock.paused',
      clock: 'resolution',
      cycle: resolution.cycle,
      reason: 'waiting_requester',
    })
  }
  if (!waits && resolution.state === 'paused') events.push(...resumed(after, resolution, context))
  return events
}

/**
 * A new priority or team is a new promise for the time since the clock began. What was told of the old one is told
 * anew, unless the same team is as late by the new one: then the ladder goes on where it stood.
 */
function retimed({ before, after, context }: Change): ClockEvent[] {
  if (before.priority === after.priority && before.teamId === after.teamId) return []
  return (['first_response', 'resolution'] as const).flatMap((kind): ClockEvent[] => {
    const clock = after.clocks[kind]
    const promise = promiseOf(after, context, kind)
    if (!clock || !promise || clock.state === 'stopped') return []
    const calendarId = calendarIdOf(after, context, promise)
    const kept: Clock = { ...clock, targetMs: promise.targetMs, calendarId }
    const reached = instantAtCounted(kept, calendarOf(context.desk, calendarId), promise.targetMs)
    const goesOn = before.teamId === after.teamId && reached !== undefined && reached.at <= context.now
    const cycle = clock.told.length > 0 && !goesOn ? clock.cycle + 1 : clock.cycle
    const changed = cycle === clock.cycle ? kept : newCycle(kept, cycle)
    const due = clock.state === 'running' ? dueOf(changed, after, context) : undefined
    return [
      {
        type: 'clock.retimed',
        clock: kind,
        cycle,
        targetMs: promise.targetMs,
        calendarId,
        certain: due?.certain ?? clock.certain,
        marks: due?.marks ?? [],
        ...(due ? { dueAt: due.dueAt } : {}),
      },
    ]
  })
}

/** Whoever acts on an overdue ticket has heard of it: the level that was told falls silent until the next one. */
function acknowledged({ after, events }: Change): ClockEvent[] {
  // the requester's answer may end the waiting, but is nobody's work
  if (events.some((event) => event.type === 'touch.added' && event.touch.side === 'requester')) return []
  const acting: TicketEvent['type'][] = [
    'ticket.claimed',
    'ticket.assigned',
    'touch.published',
    'ticket.status_changed',
  ]
  const acted = events.some(
    (event) =>
      acting.includes(event.type) ||
      (event.type === 'touch.added' && event.touch.side === 'team' && event.touch.visibility === 'public'),
  )
  if (!acted) return []
  return (['first_response', 'resolution'] as const).flatMap((kind) => {
    const clock = after.clocks[kind]
    return clock?.state === 'running' ? silenced(clock) : []
  })
}

/** Silences the highest ladder level told so far; nothing if none was told, or it is silent already. */
export function silenced(clock: Clock): ClockEvent[] {
  const told = clock.told.filter((one) => isLadderLevel(one.level)).map((one) => levelIndex(one.level))
  const highest = Math.max(-1, ...told)
  if (highest < 0 || (clock.ackedLevel && levelIndex(clock.ackedLevel) >= highest)) return []
  const marks = clock.marks.filter((mark) => !isLadderLevel(mark.level) || levelIndex(mark.level) > highest)
  return [{ type: 'clock.acked', clock: clock.kind, cycle: clock.cycle, level: `L${highest + 1}`, marks }]
}

export function stopped(clock: Clock, context: Context): EventOf<'clock.stopped'> {
  // a paused clock has no due time, but may have run out before it was paused
  const calendar = calendarOf(context.desk, clock.calendarId)
  const dueAt = clock.dueAt ?? instantAtCounted(clock, calendar, clock.targetMs)?.at
  const met = clock.kind === 'auto_close' || !dueAt || context.now <= dueAt
  return { type: 'clock.stopped', clock: clock.kind, cycle: clock.cycle, met }
}

function startedOne(ticket: Ticket, context: Context, kind: ClockKind): ClockEvent | undefined {
  const promise = promiseOf(ticket, context, kind)
  const policy = policyOf(context.desk, ticket.typeId)
  if (!promise || !policy) return undefined
  const calendarId = calendarIdOf(ticket, context, promise)
  const base = {
    targetMs: promise.targetMs,
    calendarId,
    policyId: policy.id,
    policyVersion: policy.version,
    remindAt: policy.remindAt[kind] ?? [],
    ladderId: policy.ladderId,
  }
  const cycle = (ticket.clocks[kind]?.cycle ?? 0) + 1
  const clock: Clock = {
    ...base,
    kind,
    cycle,
    state: 'running',
    startedAt: context.now,
    certain: true,
    pauses: [],
    marks: [],
    told: [],
  }
  const due = dueOf(clock, ticket, context)
  return due && { type: 'clock.started', clock: kind, cycle, ...base, ...due }
}

function resumed(ticket: Ticket, clock: Clock, context: Context): ClockEvent[] {
  const pauses = clock.pauses.map((pause) => (pause.to ? pause : { ...pause, to: context.now }))
  const due = dueOf({ ...clock, pauses }, ticket, context)
  return due ? [{ type: 'clock.resumed', clock: clock.kind, cycle: clock.cycle, ...due }] : []
}

/** Closing by itself: after the type's delay, and never on a day off of the team. */
function autoClose(ticket: Ticket, context: Context): ClockEvent {
  const type = typeOf(context.desk, ticket.typeId)
  const after = new Date(context.now.getTime() + type.autoCloseMs)
  const calendar = teamCalendar(context.desk, ticket.teamId)
  const dueAt = nextOpening(calendar, after) ?? after
  return {
    type: 'clock.started',
    clock: 'auto_close',
    cycle: (ticket.clocks.auto_close?.cycle ?? 0) + 1,
    targetMs: type.autoCloseMs,
    calendarId: teamOf(context.desk, ticket.teamId).calendarId,
    policyId: type.policyId,
    policyVersion: policyOf(context.desk, ticket.typeId)?.version ?? '',
    remindAt: [],
    dueAt,
    certain: isWithinData(calendar, dueAt),
    marks: [{ at: dueAt, level: END, round: 1 }],
  }
}

/** When a running clock is due and what is to be told until then and after. */
export function dueOf(
  clock: Clock,
  ticket: Ticket,
  context: Context,
): Pick<EventOf<'clock.resumed'>, 'dueAt' | 'certain' | 'marks'> | undefined {
  const calendar = calendarOf(context.desk, clock.calendarId)
  const due = instantAtCounted(clock, calendar, clock.targetMs)
  if (!due) return undefined
  const marks = marksOf({
    clock,
    calendar,
    remindAt: clock.remindAt,
    ladder: clock.ladderId === undefined ? undefined : context.desk.ladders[clock.ladderId],
    hours: speakingHours(ticket.priority, teamCalendar(context.desk, ticket.teamId)),
    dueAt: due.at,
    now: context.now,
  })
  return { dueAt: due.at, certain: due.certain, marks }
}

function promiseOf(ticket: Ticket, context: Context, kind: ClockKind): ClockPromise | undefined {
  return policyOf(context.desk, ticket.typeId)?.promises[kind]?.[ticket.priority]
}

function calendarIdOf(ticket: Ticket, context: Context, promise: ClockPromise): string {
  return promise.counts === 'always' ? 'always' : teamOf(context.desk, ticket.teamId).calendarId
}

/** `events` with what follows from them for the clocks: what one commit holds. */
export function withClocks(before: Ticket, events: readonly TicketEvent[], context: Context): TicketEvent[] {
  const after = preview(before, events, context.actor, context.now)
  return [...events, ...clockConsequences(before, after, events, context)]
}
