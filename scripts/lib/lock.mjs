import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from './run.mjs'

/**
 * Runs `work` while holding the lock file, waiting for another process that holds it. A lock whose process is gone
 * is taken over: by renaming it away first, so that only one of several waiters gets it.
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  while (!tryLock(file)) {
    const holder = holderOf(file)
    if (holder !== undefined && !isAlive(holder)) dropStale(file, holder)
    else await sleep(100)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** The process id in the lock file; undefined when the file is gone or not written yet. */
function holderOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function dropStale(file, holder) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    // Somebody may have taken the lock between the look and the rename: then it is given back.
    if (holderOf(aside) !== holder) renameSync(aside, file)
    else rmSync(aside, { force: true })
  } catch {
    // another waiter was quicker
  }
}
