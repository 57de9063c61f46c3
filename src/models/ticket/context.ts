import { ALWAYS, type Calendar } from '../calendar/calendar.js'
import type { Desk, Policy, Team, TicketType } from '../desk/desk.js'
import type { PersonId, TeamId, TypeId } from '../ids.js'
import type { ActorRef } from './events.js'

/** What a decision may look at beside the ticket. Loaded by the flow; nothing here is read later. */
export interface Context {
  desk: Desk
  now: Date
  actor: ActorRef
  actorIsAdmin: boolean
  /** The manager of each lead the ladder may have to reach. */
  managers: Readonly<Record<PersonId, PersonId | undefined>>
  /** Who hears of it when a ladder finds nobody else. */
  adminIds: readonly PersonId[]
}

/** A ticket may outlive the team, type or calendar it was opened under: then the desk's default stands in. */
export function teamOf(desk: Desk, id: TeamId): Team {
  const team = desk.teams[id] ?? desk.teams[typeOf(desk, desk.defaultTypeId).teamId]
  if (!team) throw new Error(`desk ${desk.id} has no team for its default type`)
  return team
}

export function typeOf(desk: Desk, id: TypeId): TicketType {
  const type = desk.types[id] ?? desk.types[desk.defaultTypeId]
  if (!type) throw new Error(`desk ${desk.id} has no default type`)
  return type
}

export function policyOf(desk: Desk, typeId: TypeId): Policy | undefined {
  return desk.policies[typeOf(desk, typeId).policyId]
}

export function calendarOf(desk: Desk, id: string): Calendar {
  return id === ALWAYS.id ? ALWAYS : (desk.calendars[id] ?? ALWAYS)
}

export function teamCalendar(desk: Desk, id: TeamId): Calendar {
  return calendarOf(desk, teamOf(desk, id).calendarId)
}
