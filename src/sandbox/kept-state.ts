import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../lib/logger.js'
import type { SlackEmulator } from './slack/emulator.js'
import type { SlackSnapshot, SlackState } from './slack/types.js'

/** What survives the end of the sandbox: how far its clock is ahead, and what the messenger holds. */
export type KeptState = { clockOffsetMs: number; slack?: SlackSnapshot }

export type StateKeeper = {
  /** Something changed: it is on disk in a moment. */
  touch(): void
  /** Writes what is not yet on disk. */
  close(): void
}

const DELAY_MS = 250
const FILE = 'sandbox.json'

/** Reads what an earlier run left in the folder; nothing, if there is nothing readable. */
export function readKeptState(dataDir: string, log: Logger): KeptState {
  let text: string
  try {
    text = readFileSync(join(dataDir, FILE), 'utf8')
  } catch {
    return { clockOffsetMs: 0 }
  }
  try {
    const kept = JSON.parse(text) as { clockOffsetMs?: number; slack?: SlackState }
    return {
      clockOffsetMs: kept.clockOffsetMs ?? 0,
      ...(kept.slack ? { slack: { state: kept.slack, files: readFiles(dataDir) } } : {}),
    }
  } catch (cause) {
    log.warn('sandbox state unreadable, starting empty', { cause })
    renameSync(join(dataDir, FILE), join(dataDir, `${FILE}.unreadable`))
    return { clockOffsetMs: 0 }
  }
}

function readFiles(dataDir: string): Record<string, string> {
  const folder = join(dataDir, 'files')
  mkdirSync(folder, { recursive: true })
  return Object.fromEntries(
    readdirSync(folder).map((id) => [id, readFileSync(join(folder, id)).toString('base64')]),
  )
}

type Source = { dataDir: string; emulator: SlackEmulator; clockOffsetMs: () => number; log: Logger }

/** Writes the state some moments after each change, whole or not at all. The bytes of files are written once each. */
export function keepState({ dataDir, emulator, clockOffsetMs, log }: Source): StateKeeper {
  const path = join(dataDir, FILE)
  const folder = join(dataDir, 'files')
  mkdirSync(folder, { recursive: true })
  const written = new Set(readdirSync(folder))
  let timer: NodeJS.Timeout | undefined
  let writing = false
  let dirty = false

  function text(): string {
    return JSON.stringify({ clockOffsetMs: clockOffsetMs(), slack: emulator.state })
  }
  function newFiles(): [string, Buffer][] {
    return Object.keys(emulator.state.files).flatMap((id) => {
      const bytes = written.has(id) ? undefined : emulator.fileBytes(id)
      return bytes ? [[id, bytes] as [string, Buffer]] : []
    })
  }

  async function write(): Promise<void> {
    timer = undefined
    writing = true
    dirty = false
    try {
      for (const [id, bytes] of newFiles()) {
        await writeFile(join(folder, id), bytes)
        written.add(id)
      }
      await writeFile(`${path}.new`, text())
      await rename(`${path}.new`, path)
    } catch (cause) {
      log.error('sandbox state not written', { cause })
    }
    writing = false
    if (dirty) schedule()
  }

  function schedule(): void {
    dirty = true
    if (writing || timer) return
    timer = setTimeout(() => void write(), DELAY_MS)
  }

  return {
    touch: schedule,
    close() {
      clearTimeout(timer)
      for (const [id, bytes] of newFiles()) writeFileSync(join(folder, id), bytes)
      writeFileSync(`${path}.last`, text())
      renameSync(`${path}.last`, path)
    },
  }
}
