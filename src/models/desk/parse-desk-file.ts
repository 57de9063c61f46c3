import type { Person } from '../people/person.js'
import { buildDesk } from './build-desk.js'
import type { Desk } from './desk.js'
import { type DeskFile, deskFileSchema } from './desk-file.js'
import type { DeskProblem, Finding } from './desk-problem.js'
import { didYouMean, quoted } from './desk-problem.js'
import { DAY_MS } from './durations.js'
import { memberFindings } from './member-findings.js'
import { nearestName } from './nearest-name.js'
import { asEntry, entriesOf, referenceFindings } from './reference-findings.js'
import { schemaFindings } from './schema-findings.js'
import { workdayFindings, workdayLengths } from './workday-lengths.js'
import { readYaml } from './yaml-source.js'

export type ParsedDeskFile =
  | { ok: true; desk: Desk; people: Person[] }
  | { ok: false; problems: DeskProblem[] }

interface ParseOptions {
  /** The messengers there are; any other under `identities` or `channels` is then a problem. Absent: any name passes. */
  platforms?: readonly string[]
}

/**
 * Reads the text of a desk.yaml. Never throws.
 *
 * @returns the desk and its people, or every problem at once, in the order of the text.
 */
export function parseDeskFile(text: string, options: ParseOptions = {}): ParsedDeskFile {
  const { source, problems } = readYaml(text)
  if (source === undefined) return refused(problems)
  const file = source.value
  const checked = deskFileSchema.safeParse(file)
  const findings = [
    ...(checked.success ? [] : schemaFindings(checked.error.issues)),
    ...referenceFindings(file),
    ...memberFindings(file),
    ...workdayFindings(file),
    ...platformFindings(file, options.platforms),
  ]
  if (problems.length + findings.length > 0 || !checked.success) {
    return refused([...problems, ...findings.map((finding) => source.place(finding))])
  }
  return { ok: true, ...buildDesk(checked.data, workdayOf(checked.data, file)) }
}

function refused(problems: readonly DeskProblem[]): ParsedDeskFile {
  const lines = new Map(problems.map((problem) => [JSON.stringify(problem), problem]))
  return {
    ok: false,
    problems: [...lines.values()].sort((a, b) => a.line - b.line || a.column - b.column),
  }
}

function platformFindings(file: unknown, platforms: readonly string[] | undefined): Finding[] {
  if (platforms === undefined) return []
  return [
    ...entriesOf(file, 'people').map(({ path, value }) => asEntry(value.identities, [...path, 'identities'])),
    ...entriesOf(file, 'teams').map(({ path, value }) => asEntry(value.channels, [...path, 'channels'])),
  ].flatMap((entry) =>
    Object.keys(entry?.value ?? {})
      .filter((name) => !platforms.includes(name))
      .map((name) => ({
        path: [...(entry?.path ?? []), name],
        expected: `a messenger: ${platforms.join(', ')}`,
        found: quoted(name),
        note: didYouMean(nearestName(name, platforms)),
        atKey: true,
      })),
  )
}

function workdayOf(file: DeskFile, raw: unknown): (policyId: string) => number {
  const given = new Map(file.policies.map(({ id, workday }) => [id, workday]))
  return (policyId) => given.get(policyId) ?? workdayLengths(raw, policyId)[0] ?? DAY_MS
}
