import type { Person } from '../people/person.js'
import { canonicalJson } from './content-version.js'
import type { Desk } from './desk.js'
import { quoted } from './desk-problem.js'

/** A desk with the people its file names. */
export interface DeskSet {
  desk: Desk
  people: readonly Person[]
}

/** `path` names an object (`types.hardware`) that came or went, or one value of it (`teams.it.channels.slack`). */
export type DeskChange =
  | { kind: 'added'; path: string; after: unknown }
  | { kind: 'removed'; path: string; before: unknown }
  | { kind: 'changed'; path: string; before: unknown; after: unknown }

/**
 * @returns what would change if `after` took the place of `before`, in the order of the file's sections. Versions are left
 * out, because they only follow; so is what the program learns about people by itself.
 */
export function diffDesks(before: DeskSet, after: DeskSet): DeskChange[] {
  return diffValues('', comparable(before), comparable(after))
}

/** @returns one line for a terminal: `+ types.hardware …`, `- people.li …`, `~ teams.it.threads: "open" → "inside_only"`. */
export function formatDeskChange(change: DeskChange): string {
  switch (change.kind) {
    case 'added':
      return `+ ${change.path}: ${short(change.after)}`
    case 'removed':
      return `- ${change.path}: ${short(change.before)}`
    case 'changed':
      return `~ ${change.path}: ${short(change.before)} → ${short(change.after)}`
    default:
      return change satisfies never
  }
}

function comparable({ desk, people }: DeskSet): Record<string, unknown> {
  const { id, name, zone, locale, defaultTypeId, teams, types, policies, ladders, calendars, routing } = desk
  return {
    desk: { id, name, zone, locale, defaultTypeId },
    people: Object.fromEntries(people.map((person) => [person.id, ownOf(person)])),
    teams,
    calendars,
    types,
    policies: Object.fromEntries(
      Object.entries(policies).map(([key, { version: _, ...policy }]) => [key, policy]),
    ),
    ladders,
    // Their order counts, so each carries its place.
    routing: Object.fromEntries(routing.map((rule, index) => [rule.id, { ...rule, place: index + 1 }])),
  }
}

function ownOf({ deskId: _, lastPlatform: __, chosenPlatform: ___, identities, ...person }: Person) {
  const byPlatform = Object.fromEntries(identities.map(({ platform, userId }) => [platform, userId]))
  return { ...person, identities: byPlatform }
}

function diffValues(path: string, before: unknown, after: unknown): DeskChange[] {
  if (canonicalJson(before) === canonicalJson(after)) return []
  if (before === undefined) return [{ kind: 'added', path, after }]
  if (after === undefined) return [{ kind: 'removed', path, before }]
  if (!isMap(before) || !isMap(after)) return [{ kind: 'changed', path, before, after }]
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) =>
    diffValues(path === '' ? key : `${path}.${key}`, ownValue(before, key), ownValue(after, key)),
  )
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function ownValue(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined
}

function short(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : clipJson(canonicalJson(value))
}

function clipJson(json: string): string {
  const points = [...json]
  return points.length <= 100 ? json : `${points.slice(0, 99).join('')}…`
}
