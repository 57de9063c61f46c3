import type { Finding } from './desk-problem.js'
import { durationMs, readDuration } from './durations.js'
import { asEntry, entriesOf, type LooseEntry } from './reference-findings.js'

/** @returns what the members of one entry have against each other. */
export function memberFindings(file: unknown): Finding[] {
  return [
    ...entriesOf(file, 'ladders').flatMap(levelFindings),
    ...entriesOf(file, 'routing').flatMap(ruleFindings),
    ...entriesOf(file, 'policies').flatMap(policyFindings),
  ]
}

function levelFindings({ path, value }: LooseEntry): Finding[] {
  if (!Array.isArray(value.levels)) return []
  let beforeMs = -1
  return value.levels.flatMap((level: unknown, index): Finding[] => {
    const entry = asEntry(level, [...path, 'levels', index])
    if (entry === undefined) return []
    const { after, every, rounds } = entry.value
    const findings: Finding[] = []
    const written = typeof after === 'string' ? readDuration(after) : undefined
    if (written !== undefined) {
      const afterMs = durationMs(written)
      if (afterMs <= beforeMs) {
        findings.push({ path: [...entry.path, 'after'], expected: 'later than the level before' })
      }
      beforeMs = afterMs
    }
    if (every === undefined && typeof rounds === 'number' && rounds > 1) {
      findings.push({ path: [...entry.path, 'rounds'], expected: 'every: beside more than one round' })
    }
    return findings
  })
}

function ruleFindings({ path, value }: LooseEntry): Finding[] {
  if ((value.type ?? value.priority ?? value.team) !== undefined) return []
  return [{ path, expected: 'type, priority or team', found: 'a rule that decides nothing' }]
}

function policyFindings({ path, value }: LooseEntry): Finding[] {
  const promises = asEntry(value.promises, [...path, 'promises'])
  if (promises === undefined || Object.keys(promises.value).length > 0) return []
  return [{ path: promises.path, expected: 'first_response, resolution, or both', found: 'none' }]
}
