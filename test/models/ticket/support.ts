import type { Refusal } from '../../../src/lib/errors.js'
import type { Desk } from '../../../src/models/desk/desk.js'
import type { PersonId } from '../../../src/models/ids.js'
import { clockConsequences } from '../../../src/models/ticket/clocks/consequences.js'
import { tickCause } from '../../../src/models/ticket/clocks/tick.js'
import type { Command, NewTouch } from '../../../src/models/ticket/commands.js'
import type { Context } from '../../../src/models/ticket/context.js'
import { teamPlaces } from '../../../src/models/ticket/decide/hands.js'
import { decide } from '../../../src/models/ticket/decide.js'
import { type Effects, effectsOf } from '../../../src/models/ticket/effects.js'
import type {
  ActorRef,
  Commit,
  EventOf,
  TicketEvent,
  TicketEventType,
} from '../../../src/models/ticket/events.js'
import { fold } from '../../../src/models/ticket/fold.js'
import { hashOf } from '../../../src/models/ticket/hash.js'
import type { Clock, ClockKind, Place, Priority, Status, Ticket } from '../../../src/models/ticket/ticket.js'
import { DESK } from '../../support/desk-fixture.js'

/** An instant of November 2026 in Shanghai: `cn('02 09:00')` is Monday morning. */
export function cn(text: string): Date {
  const [day = '', time = ''] = text.split(' ')
  const at = new Date(`2026-11-${day}T${time.length === 5 ? `${time}:00` : time}+08:00`)
  if (Number.isNaN(at.getTime())) throw new Error(`${text} is no instant`)
  return at
}

/** The same instant as text, for lists that are read. */
export function cnText(at: Date | undefined): string {
  if (!at) return 'never'
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString()
  return `${local.slice(5, 7) === '11' ? '' : `${local.slice(5, 8)}`}${local.slice(8, 10)} ${local.slice(11, 16)}`
}

export const MONDAY = cn('02 09:00')
export const THREAD: Place = {
  id: 'dm:ann',
  audience: 'requester',
  address: { platform: 'slack', conversation: 'D-ANN', thread: '1' },
}
export const TEAM_PLACE = 'team:it:slack'

export function contextOf(desk: Desk, actor: ActorRef, now: Date): Context {
  return {
    desk,
    now,
    actor,
    actorIsAdmin: actor.kind === 'person' && actor.id === 'ada',
    managers: { lin: 'max' },
    adminIds: ['ada'],
  }
}

let touches = 0
/** A touch with words nobody else wrote; `from` names the place it was written in. */
export function says(text: string, from?: string): NewTouch {
  touches += 1
  const id = `touch-${touches}`
  return { id, text, files: [], ...(from ? { source: { placeId: from, messageId: `m-${id}` } } : {}) }
}

export interface TaleOptions {
  desk?: Desk
  at?: Date
  priority?: Priority
  typeId?: string
  teamId?: string
  status?: Status
  requesterId?: PersonId
}

/** A ticket and everything that happens to it, commit by commit. */
export interface Tale {
  readonly ticket: Ticket
  readonly commits: readonly Commit[]
  desk: Desk
  /** What somebody does; throws when it is refused. */
  does(who: PersonId, command: Command, at: Date): TicketEvent[]
  /** What somebody tries; throws when it is accepted. */
  refused(who: PersonId, command: Command, at: Date): Refusal
  /** What time does at `at`. Nothing is committed when nothing is due. */
  ticks(at: Date, managers?: Context['managers'], adminIds?: PersonId[]): TicketEvent[]
  /** Ticks at every mark until `until`; one line for each telling: when, which level, to whom. */
  heard(until: Date): string[]
  clock(kind: ClockKind): Clock
  /** What the last commit wants done. */
  effects(): Effects
  causes: string[]
}

export function tale(options: TaleOptions = {}): Tale {
  const at = options.at ?? MONDAY
  const commits: Commit[] = []
  const states: Ticket[] = []
  const causes: string[] = []
  let desk = options.desk ?? DESK
  const present = (): Ticket => {
    const ticket = states.at(-1)
    if (!ticket) throw new Error('nothing was opened')
    return ticket
  }
  const commit = (actor: ActorRef, when: Date, events: TicketEvent[]): Ticket => {
    const next = commitAfter(commits.at(-1), actor, when, events)
    const state = fold(states.at(-1) ?? null, next)
    commits.push(next)
    states.push(state)
    return state
  }
  const decided = (actor: ActorRef, command: Command, when: Date, more: Partial<Context> = {}) =>
    decide(present(), command, { ...contextOf(desk, actor, when), ...more })

  const requester: ActorRef = { kind: 'person', id: options.requesterId ?? 'ann' }
  const opened = openedEvent(options, desk)
  const first = fold(null, commitAfter(undefined, requester, at, [opened]))
  commit(requester, at, [opened, ...clockConsequences(null, first, [opened], contextOf(desk, requester, at))])

  return {
    get ticket() {
      return present()
    },
    commits,
    causes,
    get desk() {
      return desk
    },
    set desk(value) {
      desk = value
    },
    does(who, command, when) {
      const decision = decided({ kind: 'person', id: who }, command, when)
      if (!decision.ok) throw new Error(`${who} may not ${command.verb}: ${decision.code}`)
      commit({ kind: 'person', id: who }, when, decision.events)
      return decision.events
    },
    refused(who, command, when) {
      const decision = decided({ kind: 'person', id: who }, command, when)
      if (decision.ok) throw new Error(`${who} may ${command.verb}`)
      return decision
    },
    ticks(when, managers, adminIds) {
      const more = { ...(managers ? { managers } : {}), ...(adminIds ? { adminIds } : {}) }
      const decision = decided({ kind: 'system' }, { verb: 'tick' }, when, more)
      if (!decision.ok) throw new Error(`no tick: ${decision.code}`)
      if (decision.events.length > 0) {
        causes.push(tickCause(present(), when))
        commit({ kind: 'system' }, when, decision.events)
      }
      return decision.events
    },
    heard(until) {
      const lines: string[] = []
      for (let due = present().nextDueAt; due && due <= until; due = present().nextDueAt) {
        for (const event of this.ticks(due)) lines.push(...tellingLines(event, due))
      }
      return lines
    },
    clock(kind) {
      const clock = present().clocks[kind]
      if (!clock) throw new Error(`no ${kind} clock`)
      return clock
    },
    effects() {
      const last = commits.at(-1)
      if (!last) throw new Error('nothing was opened')
      return effectsOf(states.at(-2) ?? null, last, present())
    },
  }
}

/** The next link of a chain. */
export function commitAfter(
  last: Commit | undefined,
  actor: ActorRef,
  at: Date,
  events: TicketEvent[],
): Commit {
  const seq = (last?.seq ?? 0) + 1
  const linked = {
    deskId: 'acme',
    ticketId: 't1',
    seq,
    cause: `slack:event-${seq}`,
    actor,
    at,
    events,
    salt: `salt-${seq}`,
    prevHash: last?.hash ?? '',
  }
  return { ...linked, hash: hashOf(linked) }
}

function openedEvent(options: TaleOptions, desk: Desk): EventOf<'ticket.opened'> {
  const requesterId = options.requesterId ?? 'ann'
  const teamId = options.teamId ?? 'it'
  return {
    type: 'ticket.opened',
    number: '2026110001',
    typeId: options.typeId ?? 'request',
    teamId,
    priority: options.priority ?? 'high',
    status: options.status ?? 'new',
    requesterId,
    openedById: requesterId,
    title: 'My VPN is down',
    excerpt: 'My VPN is down. Since this morning.',
    touch: {
      id: 'touch-first',
      authorId: requesterId,
      side: 'requester',
      visibility: 'public',
      text: 'My VPN is down. Since this morning.',
      files: [{ id: 'f1', name: 'screen.png', bytes: 10, mediaType: 'image/png' }],
      source: { placeId: THREAD.id, messageId: 'm-first' },
    },
    places: [THREAD, ...teamPlaces(desk, teamId)],
  }
}

function tellingLines(event: TicketEvent, at: Date): string[] {
  if (event.type === 'ticket.closed') return [`${cnText(at)} closed`]
  if (event.type !== 'clock.told' || event.told.length === 0) return []
  const levels = event.told.map(({ level, round }) => (round > 1 ? `${level}×${round}` : level)).join('+')
  const people = [...event.remind.map((id) => `(${id})`), ...event.tell.map(({ to }) => to)].join(' ')
  return [`${cnText(at)} ${event.clock} ${levels}: ${people}${event.late ? ' late' : ''}`]
}

export const types = (events: readonly TicketEvent[]): TicketEventType[] => events.map(({ type }) => type)

/** The one event of a type; throws when there is none. */
export function only<T extends TicketEventType>(events: readonly TicketEvent[], type: T): EventOf<T> {
  const found = events.filter((event): event is EventOf<T> => event.type === type)
  const [event] = found
  if (!event || found.length > 1)
    throw new Error(`${found.length} events ${type} in ${types(events).join(', ')}`)
  return event
}

/** Who is told what, as `person: template`. */
export function told(events: readonly TicketEvent[]): string[] {
  return events
    .flatMap((event) => (event.type === 'people.told' || event.type === 'clock.told' ? event.tell : []))
    .map(({ to, template }) => `${to}: ${template}`)
}
