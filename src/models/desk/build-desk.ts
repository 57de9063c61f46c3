import type { Person } from '../people/person.js'
import type { Priority } from '../ticket/ticket.js'
import { contentVersion } from './content-version.js'
import type { ClockPromise, Desk, Ladder, Policy, RoutingRule, Team, TicketType } from './desk.js'
import type { DeskFile } from './desk-file.js'
import { DAY_MS, durationMs } from './durations.js'

type FilePolicy = DeskFile['policies'][number]

/**
 * @param workdayMs how long one `d` of a policy is where the team's time counts, in milliseconds.
 * @returns the desk and the people that a file without problems describes.
 */
export function buildDesk(
  file: DeskFile,
  workdayMs: (policyId: string) => number,
): { desk: Desk; people: Person[] } {
  const { defaultType = file.types[0]?.id ?? '', ...head } = file.desk
  const content: Omit<Desk, 'version'> = {
    ...head,
    defaultTypeId: defaultType,
    teams: byId(file.teams.map((team) => buildTeam(team, file.desk))),
    types: byId(file.types.map(buildType)),
    policies: byId(file.policies.map((policy) => buildPolicy(policy, workdayMs(policy.id)))),
    ladders: byId(file.ladders.map(buildLadder)),
    calendars: byId(file.calendars),
    routing: file.routing.map(buildRule),
  }
  const people = file.people.map((person) => buildPerson(person, file.desk.id))
  return { desk: { ...content, version: contentVersion(content) }, people }
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.id, item]))
}

function buildTeam({ calendar, ...team }: DeskFile['teams'][number], desk: DeskFile['desk']): Team {
  return {
    ...team,
    locale: team.locale ?? desk.locale,
    zone: team.zone ?? desk.zone,
    leads: [...new Set(team.leads)],
    members: [...new Set(team.members)],
    calendarId: calendar,
  }
}

function buildType(type: DeskFile['types'][number]): TicketType {
  const { team, policy, autoClose, reopenWindow, ...rest } = type
  return { ...rest, teamId: team, policyId: policy, autoCloseMs: autoClose, reopenWindowMs: reopenWindow }
}

function buildPolicy(policy: FilePolicy, workdayMs: number): Policy {
  const { first_response, resolution } = policy.promises
  const content: Omit<Policy, 'version'> = {
    id: policy.id,
    promises: {
      ...(first_response === undefined ? {} : { first_response: buildPromises(first_response, workdayMs) }),
      ...(resolution === undefined ? {} : { resolution: buildPromises(resolution, workdayMs) }),
    },
    remindAt: policy.remindAt,
    ladderId: policy.ladder,
    claimIsResponse: policy.claimIsResponse,
  }
  return { ...content, version: contentVersion(content) }
}

type FilePromises = NonNullable<FilePolicy['promises']['resolution']>

function buildPromises(promises: FilePromises, workdayMs: number): Record<Priority, ClockPromise> {
  const build = ({ within, counts }: FilePromises[Priority]): ClockPromise => ({
    targetMs: durationMs(within, counts === 'team' ? workdayMs : DAY_MS),
    counts,
  })
  const { urgent, high, medium, low } = promises
  return { urgent: build(urgent), high: build(high), medium: build(medium), low: build(low) }
}

function buildLadder({ id, levels }: DeskFile['ladders'][number]): Ladder {
  return {
    id,
    levels: levels.map(({ after, tell, every, rounds, insist }) => ({
      afterMs: after,
      tell: [...new Set(tell)],
      ...(every === undefined ? {} : { everyMs: every }),
      ...(rounds === undefined ? {} : { rounds }),
      ...(insist ? { insist } : {}),
    })),
  }
}

function buildRule({ id, anyOf, type, priority, team }: DeskFile['routing'][number]): RoutingRule {
  return {
    id,
    anyOf: [...new Set(anyOf)],
    ...(type === undefined ? {} : { typeId: type }),
    ...(priority === undefined ? {} : { priority }),
    ...(team === undefined ? {} : { teamId: team }),
  }
}

function buildPerson(person: DeskFile['people'][number], deskId: string): Person {
  const { id, name, email, locale, zone, department, manager, admin, identities } = person
  return {
    id,
    deskId,
    name,
    ...(email === undefined ? {} : { email: email.toLowerCase() }),
    ...(locale === undefined ? {} : { locale }),
    ...(zone === undefined ? {} : { zone }),
    ...(department === undefined ? {} : { department }),
    ...(manager === undefined ? {} : { managerId: manager }),
    identities: Object.entries(identities).map(([platform, userId]) => ({ platform, userId })),
    ...(admin ? { isAdmin: true } : {}),
  }
}
