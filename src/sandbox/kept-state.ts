import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../lib/logger.js'
import { monotonicMs } from '../lib/now.js'
import { type FileSource, keepFiles, readFiles } from './kept-files.js'
import type { Platform } from './platforms.js'
import type { SlackEmulator } from './slack/emulator.js'
import type { SlackSnapshot, SlackState } from './slack/types.js'

/** What survives the end of the sandbox: how far its clock is ahead, and what the messengers hold. */
export type KeptState = { clockOffsetMs: number; slack?: SlackSnapshot }
/** A messenger other than Slack: what it holds but for the bytes of its files, and these. */
export type Snapshots = { platform: Platform; snapshot(): unknown; files: FileSource }

export type StateKeeper = {
  /** Something changed, on that messenger or on the clock: it is on disk in a moment. */
  touch(platform?: Platform): void
  /** Writes what is not yet on disk. */
  close(): void
}

const DELAY_MS = 250
/** Writing may take this part of the time at most, however much there is to write. */
const SHARE = 1 / 8
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
      ...(kept.slack ? { slack: { state: kept.slack, files: readFiles(filesIn(dataDir)) } } : {}),
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
    const kept = JSON.parse(readFileSync(path, 'utf8')) as { files?: Record<string, string> }
    return { ...kept, files: { ...kept.files, ...readFiles(filesIn(dataDir, platform)) } }
  } catch (cause) {
    log.warn('sandbox state unreadable, starting empty', { platform, cause })
    renameSync(path, `${path}.unreadable`)
    return undefined
  }
}

function filesIn(dataDir: string, platform: Platform = 'slack'): string {
  return join(dataDir, platform === 'slack' ? 'files' : `files-${platform}`)
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
  const files = [
    keepFiles(filesIn(dataDir), {
      ids: () => Object.keys(emulator.state.files),
      bytes: (id) => emulator.fileBytes(id),
    }),
    ...others.map((each) => keepFiles(filesIn(dataDir, each.platform), each.files)),
  ]
  let timer: NodeJS.Timeout | undefined
  let writing = false
  let lastMs = 0
  let dirty = false
  let changed = new Set<Platform>()

  function text(): string {
    return JSON.stringify({ clockOffsetMs: clockOffsetMs(), slack: emulator.state })
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
    const startedMs = monotonicMs()
    try {
      for (const each of files) await each.write()
      for (const [file, content] of [...takeChanged(), [path, text()] as const]) {
        await writeFile(`${file}.new`, content)
        await rename(`${file}.new`, file)
      }
    } catch (cause) {
      log.error('sandbox state not written', { cause })
    }
    writing = false
    lastMs = monotonicMs() - startedMs
    if (dirty) schedule()
  }

  function schedule(): void {
    dirty = true
    if (writing || timer) return
    timer = setTimeout(() => void write(), Math.max(DELAY_MS, lastMs / SHARE))
  }

  return {
    touch(platform) {
      if (platform) changed.add(platform)
      schedule()
    },
    close() {
      clearTimeout(timer)
      for (const each of files) each.writeNow()
      for (const [file, content] of [...takeChanged(), [path, text()] as const]) {
        writeFileSync(`${file}.last`, content)
        renameSync(`${file}.last`, file)
      }
    },
  }
}
