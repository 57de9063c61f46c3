import { type Aside, createAside } from '../models/mongo/aside.js'
import type { AsideItem } from '../models/mongo/aside-list.js'
import { createDesks } from '../models/mongo/desks.js'
import { withDatabase } from './with-database.js'

const out = (line: string): boolean => process.stdout.write(`${line}\n`)
const err = (line: string): boolean => process.stderr.write(`${line}\n`)

const NOTHING = 'nothing is set aside'
const HEAD = ['SET ASIDE', 'IN', 'WHAT', 'TICKET', 'CONVERSATION', 'REASON', 'ID']

/** Lists what was set aside, the longest first. Returns the exit status. */
export async function listAside(): Promise<number> {
  return await withAside(async (aside) => {
    const items = await aside.list()
    if (items.length === 0) out(NOTHING)
    else for (const line of table([HEAD, ...items.map(cellsOf)])) out(line)
    return 0
  })
}

/** Makes what was set aside due again: what is named, or all of it. Returns the exit status. */
export async function retryAside(ids: readonly string[], { all = false } = {}): Promise<number> {
  if (all === ids.length > 0) {
    err(all ? 'either ids or --all, not both' : 'which ones? Give ids as `paidan aside` lists them, or --all')
    return 1
  }
  return await withAside(async (aside) => {
    const retried = await (all ? aside.retry() : aside.retry(ids))
    if (!retried.ok) {
      for (const id of retried.unknown) err(`${id}: is not set aside`)
      return 1
    }
    if (retried.count === 0) {
      err(NOTHING)
      return 1
    }
    out(`due again: ${retried.count}`)
    return 0
  })
}

async function withAside(work: (aside: Aside) => Promise<number>): Promise<number> {
  return await withDatabase(async (database) => {
    const desk = await createDesks(database).load()
    if (desk) return await work(createAside(database, desk.id))
    err('no desk is set up in this database yet')
    return 1
  })
}

function cellsOf({ asideAt, place, what, number, conversation, reason, id }: AsideItem): string[] {
  const when = asideAt?.toISOString().replace(/\.\d+Z$/, 'Z')
  return [when, place, what, number, conversation, reason, id].map((cell) => cell || '-')
}

function table(rows: readonly string[][]): string[] {
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
