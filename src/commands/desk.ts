import { readFileSync } from 'node:fs'
import { deskJsonSchema } from '../models/desk/desk-json-schema.js'
import { formatProblem } from '../models/desk/desk-problem.js'
import type { DeskSet } from '../models/desk/diff-desks.js'
import { parseDeskFile } from '../models/desk/parse-desk-file.js'

/** The messengers a desk file may name. */
export const PLATFORMS = ['slack', 'teams', 'feishu'] as const

const out = (line: string): boolean => process.stdout.write(`${line}\n`)
const err = (line: string): boolean => process.stderr.write(`${line}\n`)

/** Reads a desk file; undefined when it has problems, each of which stands on standard error then. */
export function readDesk(file: string): DeskSet | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    err(`${file}: cannot be read`)
    return undefined
  }
  const parsed = parseDeskFile(text, { platforms: PLATFORMS })
  if (parsed.ok) return parsed
  for (const problem of parsed.problems) err(formatProblem(problem, file))
  return undefined
}

/** Lists every problem of a desk file. Returns the exit status. */
export function checkDesk(file: string): number {
  const set = readDesk(file)
  if (!set) return 1
  out(`${file}: ${Object.keys(set.desk.teams).length} teams, ${set.people.length} people, no problems`)
  return 0
}

/** Prints the JSON Schema of a desk file. */
export function printDeskSchema(): void {
  out(JSON.stringify(deskJsonSchema(), null, 2))
}
