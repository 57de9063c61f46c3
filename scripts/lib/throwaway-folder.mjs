import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { isAlive } from './run.mjs'

/** A new empty folder under `.paidan/tmp`. Those that processes left behind which are gone by now are removed. */
export function throwawayFolder() {
  const parent = join(root, '.paidan', 'tmp')
  mkdirSync(parent, { recursive: true })
  for (const name of readdirSync(parent)) {
    if (!isAlive(Number.parseInt(name, 10))) rmSync(join(parent, name), { recursive: true, force: true })
  }
  return mkdtempSync(join(parent, `${process.pid}-`))
}
