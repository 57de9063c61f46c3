import { AppError, type Refusal } from '../lib/errors.js'
import { monotonicMs } from '../lib/now.js'
import type { PersonId, TicketId } from '../models/ids.js'
import type { Command } from '../models/ticket/commands.js'
import { type Context, teamOf } from '../models/ticket/context.js'
import { decide } from '../models/ticket/decide.js'
import type { ActorRef, Commit } from '../models/ticket/events.js'
import type { Ticket } from '../models/ticket/ticket.js'
import type { Services } from './services.js'

export interface ChangeRequest {
  ticketId: TicketId
  actor: ActorRef
  /** Names what in the world this comes from; the same cause changes a ticket once. */
  cause: string | ((ticket: Ticket) => string)
  command: Command | ((ticket: Ticket) => Command)
  /** The file of the flow, for the log. */
  flow: string
}

export type Changed =
  | { kind: 'done'; ticket: Ticket; commit: Commit }
  /** The same cause had changed it before. */
  | { kind: 'already'; ticket: Ticket; commit: Commit }
  /** Nothing was left to do. */
  | { kind: 'nothing'; ticket: Ticket }
  | { kind: 'refused'; ticket: Ticket; refusal: Refusal }
  | { kind: 'absent' }

/** What may have to go up the ladder. */
const BY_TIME: readonly Command['verb'][] = ['tick', 'unreached']

/** How often a lost race is decided anew before the actor is asked to try again. */
const TRIES = 8

/**
 * Loads, decides, commits; when somebody else was faster, loads and decides again, so that the rules and not the race
 * say who has it. Throws `commit.lost_race` when that goes on and on, and what the database throws.
 */
export async function changeTicket(services: Services, request: ChangeRequest): Promise<Changed> {
  const began = monotonicMs()
  const changed = await attempt(services, request)
  logDone(services, request, changed, monotonicMs() - began)
  return changed
}

async function attempt(services: Services, request: ChangeRequest): Promise<Changed> {
  const { tickets } = services
  for (let i = 0; i < TRIES; i++) {
    const ticket = await tickets.load(request.ticketId)
    if (!ticket || ticket.deskId !== services.desk().id) return { kind: 'absent' }
    const command = typeof request.command === 'function' ? request.command(ticket) : request.command
    const cause = typeof request.cause === 'function' ? request.cause(ticket) : request.cause
    const context = await contextFor(services, ticket, request.actor, BY_TIME.includes(command.verb))
    const decision = decide(ticket, command, context)
    if (!decision.ok || decision.events.length === 0) {
      // a retry of what is done already finds its own traces in the way: that is no refusal
      const before = await tickets.byCause(ticket.deskId, cause)
      if (before)
        return { kind: 'already', ticket: (await tickets.repair(ticket.id)) ?? ticket, commit: before }
      return decision.ok ? { kind: 'nothing', ticket } : { kind: 'refused', ticket, refusal: decision }
    }
    const { deskId, id: ticketId } = ticket
    const committed = await tickets.commit({
      deskId,
      ticketId,
      before: ticket,
      cause,
      actor: request.actor,
      at: context.now,
      events: decision.events,
    })
    if (committed.kind === 'done') return committed
    if (committed.kind === 'duplicate') return { ...committed, kind: 'already' }
  }
  throw new AppError('commit.lost_race')
}

/** What a decision may look at beside the ticket. Managers and admins are loaded only where time decides. */
export async function contextFor(
  services: Services,
  ticket: Pick<Ticket, 'teamId'>,
  actor: ActorRef,
  withManagers = false,
): Promise<Context> {
  const desk = services.desk()
  const [person, managers, adminIds] = await Promise.all([
    actor.kind === 'person' ? services.people.get(desk.id, actor.id) : undefined,
    withManagers ? managersOf(services, teamOf(desk, ticket.teamId).leads) : {},
    withManagers ? services.people.admins(desk.id) : [],
  ])
  return { desk, now: services.now(), actor, actorIsAdmin: person?.isAdmin ?? false, managers, adminIds }
}

async function managersOf(
  services: Services,
  leads: readonly PersonId[],
): Promise<Record<PersonId, PersonId | undefined>> {
  const people = await services.people.many(services.desk().id, leads)
  return Object.fromEntries(leads.map((lead) => [lead, people.get(lead)?.managerId]))
}

/** Leaves a trace of an attempt that the rules refused. A lost race for the trace is not worth another. */
export async function recordRefusal(
  services: Services,
  refused: Extract<Changed, { kind: 'refused' }>,
  attempt: {
    actor: ActorRef
    cause: string
    verb: string
  },
): Promise<void> {
  const { ticket, refusal } = refused
  await services.tickets.commit({
    deskId: ticket.deskId,
    ticketId: ticket.id,
    before: ticket,
    cause: `${attempt.cause}:refused`,
    actor: attempt.actor,
    at: services.now(),
    events: [{ type: 'attempt.refused', verb: attempt.verb, code: refusal.code }],
  })
}

function logDone(services: Services, { flow, ticketId }: ChangeRequest, changed: Changed, ms: number): void {
  const fields = { flow, ticketId, ms: Math.round(ms * 10) / 10 }
  if (changed.kind === 'done') {
    const { commit, ticket } = changed
    const events = commit.events.map((event) => event.type)
    services.logger.info('flow done', {
      ...fields,
      outcome: 'committed',
      number: ticket.number,
      cause: commit.cause,
      seq: commit.seq,
      events,
    })
  } else if (changed.kind === 'refused') {
    services.logger.info('flow done', {
      ...fields,
      outcome: 'refused',
      number: changed.ticket.number,
      code: changed.refusal.code,
    })
  } else {
    services.logger.info('flow done', { ...fields, outcome: 'nothing' })
  }
}
