import { readdirSync, readFileSync } from 'node:fs'

const ROOT = new URL('../../fixtures/slack/', import.meta.url)

/** The parsed JSON of `test/fixtures/slack/<folder>/<name>.json`. */
export function fixture(folder: 'events' | 'interactions', name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`${folder}/${name}.json`, ROOT), 'utf8'))
}

/** The names of all fixtures of a folder. */
export function fixtureNames(folder: 'events' | 'interactions'): string[] {
  return readdirSync(new URL(folder, ROOT)).map((file) => file.replace(/\.json$/, ''))
}

export const GOLDEN = new URL('golden/', ROOT)
