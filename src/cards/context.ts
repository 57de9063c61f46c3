import type { Desk, Team } from '../models/desk/desk.js'
import type { FileId, Locale, PersonId, Platform, TeamId } from '../models/ids.js'
import type { Person } from '../models/people/person.js'
import type { Commit, TicketEvent } from '../models/ticket/events.js'
import type { Ticket } from '../models/ticket/ticket.js'

/** What a view may know of a person. */
export interface KnownPerson {
  id: PersonId
  name: string
  department?: string
  managerId?: PersonId
  /** Their user id on each messenger that knows them. */
  userIds: Readonly<Record<Platform, string>>
}

/** Everything a view may look at beside its data. The flow or the deliverer loads it; nothing here is read later. */
export interface ViewContext {
  /** Who reads it: the team's on a shared card, the person's in a DM or a form. */
  locale: Locale
  /** IANA name. */
  zone: string
  now: Date
  desk: Desk
  /** Never fails: somebody who is gone comes back under a name that says so. */
  person(id: PersonId): KnownPerson
  /** Members and leads of a team, each once, in the order in which lists show them. */
  agentsOf(teamId: TeamId): readonly KnownPerson[]
  /** Where a file is fetched from, for whoever may. */
  fileUrl(id: FileId): string
}

/** Puts a context together from what was loaded; what the reader does not say is the desk's. */
export function viewContextOf(
  around: Pick<ViewContext, 'desk' | 'now' | 'fileUrl'>,
  people: ReadonlyMap<PersonId, Person>,
  reader: { locale?: Locale; zone?: string },
): ViewContext {
  const { desk } = around
  const person = (id: PersonId): KnownPerson => known(people.get(id), id)
  return {
    ...around,
    locale: reader.locale ?? desk.locale,
    zone: reader.zone ?? desk.zone,
    person,
    agentsOf: (teamId) => idsOfTeam(desk.teams[teamId]).map(person),
  }
}

/** Somebody who is gone is named by their id: never a hole, never a failure. */
function known(person: Person | undefined, id: PersonId): KnownPerson {
  if (!person) return { id, name: id, userIds: {} }
  return {
    id,
    name: person.name,
    ...(person.department ? { department: person.department } : {}),
    ...(person.managerId ? { managerId: person.managerId } : {}),
    userIds: Object.fromEntries(person.identities.map((one) => [one.platform, one.userId])),
  }
}

/** The same context for a reader of another language or zone; what is not given stays. */
export function readBy(ctx: ViewContext, reader: { locale?: Locale; zone?: string }): ViewContext {
  return { ...ctx, locale: reader.locale ?? ctx.locale, zone: reader.zone ?? ctx.zone }
}

/** The context of what is shown in a team's channel. */
export function readByTeam(ctx: ViewContext, teamId: TeamId): ViewContext {
  return readBy(ctx, ctx.desk.teams[teamId] ?? {})
}

/** Ids of the team's people, leads first, each once. */
export function idsOfTeam(team: Team | undefined): PersonId[] {
  return team ? [...new Set([...team.leads, ...team.members])] : []
}

/** Everybody a card or form of `ticket` may name: to be loaded before it is built. */
export function peopleOfTicket(ticket: Ticket, desk: Desk): PersonId[] {
  return [
    ...new Set([
      ticket.requesterId,
      ticket.openedById,
      ...(ticket.assigneeId ? [ticket.assigneeId] : []),
      ...ticket.helperIds,
      ...ticket.toldIds,
      ...(ticket.resolution ? [ticket.resolution.byId] : []),
      ...idsOfTeam(desk.teams[ticket.teamId]),
    ]),
  ]
}

/** Everybody the history of these commits may name. */
export function peopleOfCommits(commits: readonly Pick<Commit, 'actor' | 'events'>[]): PersonId[] {
  return [
    ...new Set(
      commits.flatMap(({ actor, events }) => [
        ...(actor.kind === 'person' ? [actor.id] : []),
        ...events.flatMap(peopleOfEvent),
      ]),
    ),
  ]
}

function peopleOfEvent(event: TicketEvent): PersonId[] {
  switch (event.type) {
    case 'ticket.opened':
      return [event.requesterId, event.openedById, event.touch.authorId]
    case 'touch.added':
    case 'touch.published':
      return [event.touch.authorId]
    case 'ticket.helped':
      return [event.helperId]
    case 'ticket.claimed':
    case 'ticket.assigned':
      return [event.agentId]
    case 'clock.told':
      return [...event.remind, ...event.tell.map(({ to }) => to)]
    case 'person.merged':
      return [event.into]
    case 'people.unreached':
      return [event.personId, ...event.tell.map(({ to }) => to)]
    case 'people.told':
      return event.tell.map(({ to }) => to)
    default:
      return []
  }
}
