import { calendarSchema } from '../calendar/schema.js'
import type { Finding } from './desk-problem.js'
import { readDuration } from './durations.js'
import { asEntry, entriesOf, type LooseEntry } from './reference-findings.js'
import { usualDayMs } from './working-day.js'

/**
 * @returns the lengths, in milliseconds, that one working day may have under a policy: by the calendars of the teams
 * whose types use it, and by every calendar when no type does. More than one means that the file must say.
 */
export function workdayLengths(file: unknown, policyId: unknown): number[] {
  const teams = new Set(
    entriesOf(file, 'types').flatMap(({ value }) => (value.policy === policyId ? [value.team] : [])),
  )
  const used = new Set(
    entriesOf(file, 'teams').flatMap(({ value }) => (teams.has(value.id) ? [value.calendar] : [])),
  )
  const calendars = entriesOf(file, 'calendars').filter(({ value }) => used.size === 0 || used.has(value.id))
  const lengths = calendars.flatMap(({ value }) => {
    const read = calendarSchema.safeParse(value)
    return read.success ? usualDayMs(read.data) : []
  })
  return [...new Set(lengths)].filter((ms) => ms > 0)
}

/** @returns one finding for each policy that counts in working days whose length nobody can tell. */
export function workdayFindings(file: unknown): Finding[] {
  return entriesOf(file, 'policies').flatMap((policy) => {
    if (policy.value.workday !== undefined || !countsWorkingDays(policy)) return []
    const lengths = workdayLengths(file, policy.value.id)
    if (lengths.length <= 1) return []
    const hours = lengths.map((ms) => `${Number((ms / 3_600_000).toFixed(2))}h`).join(' and ')
    const note = `the calendars of its teams have usual days of ${hours}`
    return [
      { path: [...policy.path, 'workday'], expected: 'how long one d is, like 8h', found: 'nothing', note },
    ]
  })
}

function countsWorkingDays({ value, path }: LooseEntry): boolean {
  const promises = asEntry(value.promises, path)
  return Object.values(promises?.value ?? {}).some((byPriority) =>
    Object.values(asEntry(byPriority, path)?.value ?? {}).some(isInWorkingDays),
  )
}

function isInWorkingDays(promise: unknown): boolean {
  const entry = asEntry(promise, [])
  const within = entry === undefined ? promise : entry.value.within
  if (entry?.value.counts === 'always' || typeof within !== 'string') return false
  return readDuration(within)?.unit === 'd'
}
