import { type DeskPath, didYouMean, type Finding, quoted } from './desk-problem.js'
import { nearestName } from './nearest-name.js'

/** A map somewhere in the file, not yet known to be well formed. */
export interface LooseEntry {
  path: DeskPath
  value: Readonly<Record<string, unknown>>
}

const SECTIONS = {
  people: 'a person',
  teams: 'a team',
  calendars: 'a calendar',
  types: 'a type',
  policies: 'a policy',
  ladders: 'a ladder',
  routing: 'a rule',
} as const
type Section = keyof typeof SECTIONS

/** @returns ids given twice, references to what is not there, and what only one may have but two do. */
export function referenceFindings(file: unknown): Finding[] {
  const ids = new Map<Section, ReadonlySet<string> | undefined>()
  const findings: Finding[] = []
  for (const section of Object.keys(SECTIONS) as Section[]) {
    ids.set(section, idsOf(file, section))
    findings.push(...repeated(section, entriesOf(file, section)))
  }
  const refer = (entry: LooseEntry, key: string, to: Section) => {
    for (const { path, name } of namesAt(entry, key)) {
      const known = ids.get(to)
      if (known === undefined || known.has(name)) continue
      findings.push({
        path,
        expected: `the id of ${SECTIONS[to]}`,
        note: didYouMean(nearestName(name, known)),
      })
    }
  }
  const root = asEntry(file, [])
  const desk = asEntry(root?.value.desk, ['desk'])
  if (desk !== undefined) refer(desk, 'defaultType', 'types')
  for (const person of entriesOf(file, 'people')) refer(person, 'manager', 'people')
  for (const team of entriesOf(file, 'teams')) {
    refer(team, 'leads', 'people')
    refer(team, 'members', 'people')
    refer(team, 'calendar', 'calendars')
  }
  for (const type of entriesOf(file, 'types')) {
    refer(type, 'team', 'teams')
    refer(type, 'policy', 'policies')
  }
  for (const policy of entriesOf(file, 'policies')) refer(policy, 'ladder', 'ladders')
  for (const rule of entriesOf(file, 'routing')) {
    refer(rule, 'type', 'types')
    refer(rule, 'team', 'teams')
  }
  return [
    ...findings,
    ...shared(entriesOf(file, 'people'), 'identities', 'an identity of their own'),
    ...shared(entriesOf(file, 'teams'), 'channels', 'a channel of its own'),
    ...sharedEmails(entriesOf(file, 'people')),
    ...managerLoops(entriesOf(file, 'people')),
  ]
}

/** @returns the maps in a list at the top of the file. */
export function entriesOf(file: unknown, section: string): LooseEntry[] {
  const list = asEntry(file, [])?.value[section]
  if (!Array.isArray(list)) return []
  return list.flatMap((value: unknown, index) => asEntry(value, [section, index]) ?? [])
}

export function asEntry(value: unknown, path: DeskPath): LooseEntry | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return { path, value: value as Record<string, unknown> }
}

/** Undefined when the section itself is missing: then every reference to it would only repeat that. */
function idsOf(file: unknown, section: Section): ReadonlySet<string> | undefined {
  if (!Array.isArray(asEntry(file, [])?.value[section])) return undefined
  return new Set(
    entriesOf(file, section).flatMap(({ value }) => (typeof value.id === 'string' ? value.id : [])),
  )
}

/** The name, or the names of the list, under a key. */
function namesAt({ path, value }: LooseEntry, key: string): { path: DeskPath; name: string }[] {
  const written = value[key]
  if (typeof written === 'string') return [{ path: [...path, key], name: written }]
  if (!Array.isArray(written)) return []
  return written.flatMap((name: unknown, index) =>
    typeof name === 'string' ? { path: [...path, key, index], name } : [],
  )
}

function repeated(section: Section, entries: readonly LooseEntry[]): Finding[] {
  const first = new Map<string, DeskPath>()
  return entries.flatMap(({ path, value: { id } }) => {
    if (typeof id !== 'string') return []
    const before = first.get(id)
    first.set(id, before ?? path)
    const what = SECTIONS[section].replace(/^an? /, '')
    return before === undefined
      ? []
      : [{ path: [...path, 'id'], expected: `an id that no other ${what} has` }]
  })
}

function shared(entries: readonly LooseEntry[], key: string, expected: string): Finding[] {
  const owners = new Map<string, string>()
  return entries.flatMap(({ path, value }) => {
    const byPlatform = asEntry(value[key], [...path, key])
    if (byPlatform === undefined) return []
    return Object.entries(byPlatform.value).flatMap(([platform, id]) => {
      if (typeof id !== 'string') return []
      const name = JSON.stringify([platform, id])
      const owner = owners.get(name)
      owners.set(name, owner ?? String(value.id))
      return owner === undefined
        ? []
        : [{ path: [...byPlatform.path, platform], expected, note: hasIt(owner) }]
    })
  })
}

function sharedEmails(people: readonly LooseEntry[]): Finding[] {
  const owners = new Map<string, string>()
  return people.flatMap(({ path, value: { id, email } }) => {
    if (typeof email !== 'string') return []
    const owner = owners.get(email.toLowerCase())
    owners.set(email.toLowerCase(), owner ?? String(id))
    if (owner === undefined) return []
    return [{ path: [...path, 'email'], expected: 'an e-mail address of their own', note: hasIt(owner) }]
  })
}

function hasIt(owner: string): string {
  return `${quoted(owner)} has it already`
}

/** One finding per loop, at the person with whom it closes. */
function managerLoops(people: readonly LooseEntry[]): Finding[] {
  const managers = new Map<string, string | undefined>()
  for (const { value } of people) {
    if (typeof value.id !== 'string' || managers.has(value.id)) continue
    managers.set(value.id, typeof value.manager === 'string' ? value.manager : undefined)
  }
  const done = new Set<string>()
  return people.flatMap(({ path, value: { id } }) => {
    const way = new Set<string>()
    let next = typeof id === 'string' ? id : undefined
    while (next !== undefined && !done.has(next) && !way.has(next)) {
      way.add(next)
      next = managers.get(next)
    }
    const closes = next !== undefined && way.has(next)
    for (const seen of way) done.add(seen)
    if (!closes || next === undefined) return []
    const loop = [...way].slice([...way].indexOf(next))
    return [
      {
        path: [...path, 'manager'],
        expected: 'managers that end somewhere',
        note: [...loop, next].join(' → '),
      },
    ]
  })
}
