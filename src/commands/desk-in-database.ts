import { now } from '../lib/now.js'
import { deskToYaml } from '../models/desk/desk-to-yaml.js'
import { type DeskSet, diffDesks, formatDeskChange } from '../models/desk/diff-desks.js'
import { createDesks } from '../models/mongo/desks.js'
import { createPeople } from '../models/mongo/people.js'
import { readDesk } from './desk.js'
import { withDatabase } from './with-database.js'

const out = (line: string): boolean => process.stdout.write(`${line}\n`)
const err = (line: string): boolean => process.stderr.write(`${line}\n`)

/** Shows what a desk file changes and applies it; a file with problems changes nothing. Returns the exit status. */
export async function applyDesk(file: string, { dryRun = false, quiet = false } = {}): Promise<number> {
  const set = readDesk(file)
  if (!set) return 1
  return await withDatabase(async (database) => {
    const desks = createDesks(database)
    const people = createPeople(database, now)
    const before = await desks.load()
    if (before && before.id !== set.desk.id) {
      err(`${file}: desk.id: this database holds the desk “${before.id}”; a database holds one desk`)
      return 1
    }
    const listed = before ? await people.listed(before.id) : []
    if (!quiet) show(before && { desk: before, people: listed }, set)
    if (dryRun) return 0
    await people.list(set.desk.id, set.people)
    await desks.save(set.desk)
    return 0
  })
}

function show(before: DeskSet | undefined, after: DeskSet): void {
  if (!before) {
    out(
      `+ desk ${after.desk.id}: ${Object.keys(after.desk.teams).length} teams, ${after.people.length} people`,
    )
    return
  }
  const changes = diffDesks(before, after)
  for (const change of changes) out(formatDeskChange(change))
  if (changes.length === 0) out('nothing changes')
}

/** Writes the desk in force as a file to standard output. Returns the exit status. */
export async function exportDesk(): Promise<number> {
  return await withDatabase(async (database) => {
    const desk = await createDesks(database).load()
    if (!desk) {
      err('no desk is set up in this database yet')
      return 1
    }
    process.stdout.write(deskToYaml(desk, await createPeople(database, now).listed(desk.id)))
    return 0
  })
}
