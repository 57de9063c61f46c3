import type { z } from 'zod'
import { allowedKeys } from './allowed-keys.js'
import { type DeskPath, didYouMean, type Finding, quoted } from './desk-problem.js'
import { nearestName } from './nearest-name.js'

type Issue = z.core.$ZodIssue

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
}

/** @returns what the schema has against the file, in this house's words. */
export function schemaFindings(issues: readonly Issue[], base: DeskPath = []): Finding[] {
  return issues.flatMap((issue) => findingsOf(issue, [...base, ...issue.path.map(toStep)]))
}

function findingsOf(issue: Issue, path: DeskPath): Finding[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key))
    case 'invalid_key':
      return schemaFindings(issue.issues).map((finding) => ({
        ...finding,
        path,
        found: quoted(String(path.at(-1))),
        atKey: true,
      }))
    case 'invalid_union': {
      // The branch that got furthest into the value tells its author most.
      const [inner] = issue.errors.filter(isInside).sort((a, b) => a.length - b.length)
      return inner === undefined ? [worded(issue, path)] : schemaFindings(inner, path)
    }
    default:
      return [worded(issue, path)]
  }
}

function isInside(issues: readonly Issue[]): boolean {
  return issues.some(({ code, path }) => path.length > 0 || code === 'unrecognized_keys' || code === 'custom')
}

function unknownKey(path: DeskPath, key: string): Finding {
  const allowed = allowedKeys(path)
  const near = didYouMean(nearestName(key, allowed))
  return {
    path: [...path, key],
    expected: 'a known key',
    found: quoted(key),
    note: near ?? (allowed.length > 0 ? `known here: ${allowed.join(', ')}` : undefined),
    atKey: true,
  }
}

/** Our own messages hold "expected …", some with what is wrong before it. */
function worded(issue: Issue, path: DeskPath): Finding {
  const [, before, expected] = /^(?:(.*?)[;,] )?expected (.*)$/s.exec(issue.message) ?? []
  if (expected !== undefined) return { path, expected, note: before }
  if (issue.code === 'invalid_type') return { path, expected: KINDS[issue.expected] ?? issue.expected }
  if (issue.code === 'invalid_value') return { path, expected: issue.values.map(String).join(', ') }
  if (issue.code === 'too_big') return { path, expected: `at most ${issue.maximum}` }
  if (issue.code === 'too_small') return { path, expected: `at least ${issue.minimum}` }
  if (issue.code === 'invalid_format')
    return { path, expected: `a text of the form ${issue.pattern ?? issue.format}` }
  return { path, expected: 'what agrees with the rest', note: issue.message }
}

function toStep(step: PropertyKey): string | number {
  return typeof step === 'symbol' ? String(step) : step
}
