import { Document, isCollection, isMap, isScalar, visit } from 'yaml'
import type { Calendar, ClockSpan, IsoDate } from '../calendar/calendar.js'
import { WEEKDAYS } from '../calendar/calendar.js'
import { parseEpochDay } from '../calendar/epoch-day.js'
import type { Localized } from '../ids.js'
import type { Person } from '../people/person.js'
import { PRIORITIES } from '../ticket/ticket.js'
import type { ClockPromise, Desk, Ladder, Policy, RoutingRule, Team, TicketType } from './desk.js'
import { writeDuration } from './durations.js'

/** Longer ones go over several lines. */
const LINE = 100

/**
 * @returns a desk.yaml that `parseDeskFile` reads as the same desk and people. Presets of calendars come out as the days
 * they stand for, working days as hours; comments of the file it once came from are not kept.
 */
export function deskToYaml(desk: Desk, people: readonly Person[]): string {
  const content = {
    desk: {
      id: desk.id,
      name: writeName(desk.name),
      zone: desk.zone,
      locale: desk.locale,
      defaultType: desk.defaultTypeId,
    },
    people: people.map(writePerson),
    teams: Object.values(desk.teams).map(writeTeam),
    calendars: Object.values(desk.calendars).map(writeCalendar),
    types: Object.values(desk.types).map(writeType),
    policies: Object.values(desk.policies).map(writePolicy),
    ladders: Object.values(desk.ladders).map(writeLadder),
    routing: desk.routing.map(writeRule),
  }
  const document = new Document(content, { aliasDuplicateObjects: false })
  visit(document, {
    Collection(_, node, ancestors) {
      if (ancestors.length < 4 || !isCollection(node)) return
      const isFlat = node.items.every(
        (item) => !isCollection(isMap(node) ? (item as { value: unknown }).value : item),
      )
      node.flow = isFlat && JSON.stringify(node.toJSON()).length <= LINE
    },
    Pair(_, pair) {
      if (isScalar(pair.key) && isCollection(pair.value) && pair.key.value !== 'desk') {
        pair.key.spaceBefore = SECTIONS.has(String(pair.key.value))
      }
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

const SECTIONS = new Set(['people', 'teams', 'calendars', 'types', 'policies', 'ladders', 'routing'])

function writeName(name: Localized): string | Localized {
  return name.en === name['zh-CN'] ? name.en : { en: name.en, 'zh-CN': name['zh-CN'] }
}

function writePerson(person: Person) {
  return withoutEmpty({
    id: person.id,
    name: person.name,
    email: person.email,
    locale: person.locale,
    zone: person.zone,
    department: person.department,
    manager: person.managerId,
    admin: person.isAdmin || undefined,
    identities: Object.fromEntries(person.identities.map(({ platform, userId }) => [platform, userId])),
  })
}

function writeTeam({ calendarId, name, ...team }: Team) {
  const { id, locale, zone, leads, members, channels, threads, reasonsFor } = team
  return withoutEmpty({
    id,
    name: writeName(name),
    locale,
    zone,
    leads,
    members,
    calendar: calendarId,
    channels,
    threads,
    reasonsFor,
  })
}

function writeType(type: TicketType) {
  return {
    id: type.id,
    name: writeName(type.name),
    team: type.teamId,
    policy: type.policyId,
    defaultPriority: type.defaultPriority,
    asksCause: type.asksCause,
    asksPrevention: type.asksPrevention,
    autoClose: writeDuration(type.autoCloseMs),
    reopenWindow: writeDuration(type.reopenWindowMs),
  }
}

function writePolicy({ id, ladderId, claimIsResponse, promises, remindAt }: Policy) {
  return withoutEmpty({
    id,
    ladder: ladderId,
    claimIsResponse: claimIsResponse || undefined,
    promises: withoutEmpty({
      first_response: writePromises(promises.first_response),
      resolution: writePromises(promises.resolution),
    }),
    remindAt: {
      first_response: (remindAt.first_response ?? []).map(writeFraction),
      resolution: (remindAt.resolution ?? []).map(writeFraction),
    },
  })
}

function writePromises(promises: Policy['promises']['resolution']) {
  if (promises === undefined) return undefined
  return Object.fromEntries(PRIORITIES.map((priority) => [priority, writePromise(promises[priority])]))
}

function writePromise({ targetMs, counts }: ClockPromise) {
  // A `d` here would be a working day, whose length the calendar decides.
  if (counts === 'team') return writeDuration(targetMs, 'no_days')
  return { within: writeDuration(targetMs), counts }
}

function writeFraction(fraction: number): string {
  return `${Number((fraction * 100).toFixed(2))}%`
}

function writeLadder({ id, levels }: Ladder) {
  return {
    id,
    levels: levels.map(({ afterMs, tell, everyMs, rounds, insist }) =>
      withoutEmpty({
        after: writeDuration(afterMs),
        tell,
        every: everyMs === undefined ? undefined : writeDuration(everyMs),
        rounds,
        insist,
      }),
    ),
  }
}

function writeRule({ id, anyOf, typeId, priority, teamId }: RoutingRule) {
  return withoutEmpty({ id, anyOf, type: typeId, priority, team: teamId })
}

function writeCalendar(calendar: Calendar) {
  const { id, zone, weekly, holidays, workdays, overrides, validThrough } = calendar
  return withoutEmpty({
    id,
    zone,
    weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, weekly[day].map(writeHours)])),
    holidays: dateRanges(holidays),
    workdays: workdays.map(({ date, like }) => (like === undefined ? date : { date, like })),
    overrides: Object.fromEntries(
      Object.entries(overrides).map(([date, hours]) => [date, hours.map(writeHours)]),
    ),
    validThrough,
  })
}

function writeHours({ from, to }: ClockSpan): string {
  return `${from}-${to}`
}

/** Neighbouring dates as one range: `2026-02-15/2026-02-23`. */
function dateRanges(dates: readonly IsoDate[]): string[] {
  const ranges: { first: IsoDate; last: IsoDate }[] = []
  for (const date of dates) {
    const range = ranges.at(-1)
    if (range !== undefined && (parseEpochDay(date) ?? 0) - (parseEpochDay(range.last) ?? 0) === 1)
      range.last = date
    else ranges.push({ first: date, last: date })
  }
  return ranges.map(({ first, last }) => (first === last ? first : `${first}/${last}`))
}

function withoutEmpty(map: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined && !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
