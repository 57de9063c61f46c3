import { type Refusal, refuse } from '../../../lib/errors.js'
import type { ReasonedCommand } from '../../desk/desk.js'
import type { PersonId } from '../../ids.js'
import type { NewTouch } from '../commands.js'
import { teamOf } from '../context.js'
import type { Side, Telling, TellTemplate, TicketEvent, Touch, Visibility } from '../events.js'
import type { Place } from '../ticket.js'
import type { Case, Decision } from './case.js'

/** Longest text one touch may carry, in characters: the longest message Slack takes. */
export const MAX_TEXT = 40_000

export const accept = (...events: TicketEvent[]): Decision => ({ ok: true, events })

export function actorId({ context }: Case): PersonId {
  if (context.actor.kind !== 'person') throw new Error('the table lets only people do this')
  return context.actor.id
}

/** `{ reason }` where one was given, to be spread into an event. */
export function withReason(reason: string | undefined): { reason?: string } {
  const text = reason?.trim()
  return text ? { reason: text } : {}
}

/** The refusal where the team demands a reason for this command and none was given. */
export function missingReason(
  at: Case,
  command: ReasonedCommand,
  reason: string | undefined,
): Refusal | undefined {
  const demanded = teamOf(at.context.desk, at.ticket.teamId).reasonsFor.includes(command)
  return demanded && !reason?.trim() ? refuse('ticket.reason_required') : undefined
}

export function touchProblem(touch: Pick<NewTouch, 'text' | 'files'>): Refusal | undefined {
  if (!touch.text.trim() && touch.files.length === 0) return refuse('ticket.text_required')
  return tooLong(touch.text)
}

export function tooLong(text: string): Refusal | undefined {
  return text.length > MAX_TEXT ? refuse('ticket.text_too_long', { max: MAX_TEXT }) : undefined
}

export function touched(at: Case, touch: NewTouch, side: Side, visibility: Visibility): Touch {
  return { ...touch, authorId: actorId(at), side, visibility }
}

/** The requester has come to the ticket from another messenger: nothing where the place is one of its own already. */
export function arrivingIn({ ticket }: Case, place: Place | undefined): TicketEvent[] {
  const known = ticket.places.some((one) => one.id === place?.id && !one.retiredAt)
  return place && !known ? [{ type: 'place.added', place, retired: [] }] : []
}

/** A telling for everybody in `to` but the one who acts: nobody is told what they did themselves. */
export function telling(
  at: Case,
  to: readonly (PersonId | undefined)[],
  template: TellTemplate,
): TicketEvent[] {
  const self = at.context.actor.kind === 'person' ? at.context.actor.id : undefined
  const people = [...new Set(to)].filter((id): id is PersonId => id !== undefined && id !== self)
  const tell: Telling[] = people.map((id) => ({ to: id, template }))
  return tell.length > 0 ? [{ type: 'people.told', tell }] : []
}
