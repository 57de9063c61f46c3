import { readFileSync } from 'node:fs'
import type { Desk } from '../../../src/models/desk/desk.js'
import { formatProblem } from '../../../src/models/desk/desk-problem.js'
import { parseDeskFile } from '../../../src/models/desk/parse-desk-file.js'
import type { Person } from '../../../src/models/people/person.js'

export const SAMPLE_TEXT = readFileSync(new URL('../../../desks/sample/desk.yaml', import.meta.url), 'utf8')

/** The desk of a text that is expected to have no problem; otherwise the problems are what fails. */
export function deskOf(text: string): { desk: Desk; people: Person[] } {
  const parsed = parseDeskFile(text)
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => formatProblem(problem)).join('\n'))
  return { desk: parsed.desk, people: parsed.people }
}

/** The problems of a text, one line each. */
export function problemsOf(text: string): string[] {
  const parsed = parseDeskFile(text)
  return parsed.ok ? [] : parsed.problems.map((problem) => formatProblem(problem))
}

/** The smallest desk; `{key}: …` lines replace or add sections. */
export const SMALL = `desk: { id: small, name: Small, zone: Europe/Berlin }
people:
  - { id: ann, name: Ann, email: ann@small.example, identities: { slack: U0ANN } }
  - { id: bob, name: Bob, email: bob@small.example, manager: ann, identities: { slack: U0BOB } }
calendars:
  - { id: berlin, zone: Europe/Berlin, weekly: { mon-fri: ['08:30-12:00', '13:00-17:00'] } }
teams:
  - { id: it, name: IT, leads: [ann], members: [bob], calendar: berlin, channels: { slack: C0IT } }
types:
  - { id: general, name: General, team: it, policy: plain }
policies:
  - id: plain
    ladder: up
    promises:
      resolution: { urgent: { within: 1d, counts: always }, high: 90m, medium: 1.5h, low: 2d }
ladders:
  - { id: up, levels: [{ after: 0m, tell: [assignee] }] }
`
