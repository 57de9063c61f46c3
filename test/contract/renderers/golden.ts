import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const FIXTURES = new URL('../../fixtures/', import.meta.url)
/** `PAIDAN_GOLDEN=write` makes the files anew; they are to be read before they are committed. */
const write = process.env.PAIDAN_GOLDEN === 'write'

/** The file that was reviewed: one a view, a language and a messenger. */
export function golden(messenger: string, locale: string, view: string, made: unknown): unknown {
  const folder = folderOf(messenger, locale)
  const file = new URL(`${fileOf(view)}.json`, folder)
  if (write) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, `${JSON.stringify(made, null, 1)}\n`)
  }
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Names of the views that have a file. */
export function goldenViews(messenger: string, locale: string): string[] {
  const folder = folderOf(messenger, locale)
  return existsSync(folder)
    ? readdirSync(folder)
        .map((file) => file.replace(/\.json$/, ''))
        .sort()
    : []
}

/** A view's name as a file's: the function's alone, since no two views have one name. */
export function fileOf(view: string): string {
  const name = view.split('#')[1] ?? view
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

const folderOf = (messenger: string, locale: string): URL =>
  new URL(`${messenger}/golden/views/${locale}/`, FIXTURES)
