import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../lib/logger.js'
import type { Platform } from './platforms.js'
import type { SlackEmulator } from './slack/emulator.js'
import type { SlackSnapshot, SlackState } from './slack/types.js'

/** What survives the end of the sandbox: how far its clock is ahead, and what the messengers hold. */
export type KeptState = { clockOffsetMs: number; slack?: SlackSnapshot }
/** A messenger whose state is written as one, its files included. */
export type Snapshots = { platform: Platform; snapshot(): unknown }

export type StateKeeper = {
  /** Something changed, on that messenger or on the clock: it is on disk in a moment. */
  touch(platform?: Platform): void
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

/** Reads what an earlier run left of a messenger other than Slack. */
export function readSnapshot(dataDir: string, platform: Platform, log: Logger): unknown {
  const path = join(dataDir, `${platform}.json`)
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    log.warn('sandbox state unreadable, starting empty', { platform, cause })
    renameSync(path, `${path}.unreadable`)
    return undefined
  }
}

function readFiles(dataDir: string): Record<string, string> {
  const folder = join(dataDir, 'files')
  mkdirSync(folder, { recursive: true })
  return Object.fromEntries(
    readdirSync(folder).map((id) => [id, readFileSync(join(folder, id)).toString('base64')]),
  )
}

type Source = {
  dataDir: string
  emulator: SlackEmulator
  others: readonly Snapshots[]
  clockOffsetMs: () => number
  log: Logger
}

/** Writes the state some moments after each change, whole or not at all. The bytes of files are written once each. */
export function keepState({ dataDir, emulator, others, clockOffsetMs, log }: Source): StateKeeper {
  const path = join(dataDir, FILE)
  const folder = join(dataDir, 'files')
  mkdirSync(folder, { recursive: true })
  const written = new Set(readdirSync(folder))
  let timer: NodeJS.Timeout | undefined
  let writing = false
  let dirty = false
  let changed = new Set<Platform>()

  function text(): string {
    return JSON.stringify({ clockOffsetMs: clockOffsetMs(), slack: emulator.state })
  }
  function newFiles(): [string, Buffer][] {
    return Object.keys(emulator.state.files).flatMap((id) => {
      const bytes = written.has(id) ? undefined : emulator.fileBytes(id)
      return bytes ? [[id, bytes] as [string, Buffer]] : []
    })
  }

  function takeChanged(): [path: string, text: string][] {
    const taken = others.filter((each) => changed.has(each.platform))
    changed = new Set()
    return taken.map((each) => [join(dataDir, `${each.platform}.json`), JSON.stringify(each.snapshot())])
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
      for (const [file, content] of [...takeChanged(), [path, text()] as const]) {
        await writeFile(`${file}.new`, content)
        await rename(`${file}.new`, file)
      }
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
    touch(platform) {
      if (platform) changed.add(platform)
      schedule()
    },
    close() {
      clearTimeout(timer)
      for (const [id, bytes] of newFiles()) writeFileSync(join(folder, id), bytes)
      for (const [file, content] of [...takeChanged(), [path, text()] as const]) {
        writeFileSync(`${file}.last`, content)
        renameSync(`${file}.last`, file)
      }
    },
  }
}
