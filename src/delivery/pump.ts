import { backoffMs } from '../lib/backoff.js'
import type { Logger } from '../lib/logger.js'
import type { Clockwork } from './clockwork.js'

export interface PumpOptions {
  name: string
  /** How many keys are worked on at once. */
  width: number
  /** How often it looks without being woken, in ms. */
  pollMs: number
  /** Looks follow one another no faster than this, in ms, however often it is woken. */
  gapMs: number
  clockwork: Clockwork
  logger: Logger
  /** Keys with something to do, apart from `except`. */
  find(except: readonly string[], limit: number): Promise<string[]>
  /** Works on one key; returns for how long to leave it alone, in ms: 0 to look at it again at once. */
  run(key: string): Promise<number>
}

/** Finds work, a bounded number of keys at a time, each key once; woken, or by itself every now and then. */
export interface Pump {
  start(): void
  /** Begins nothing new; resolves when what runs is done. */
  stop(): Promise<void>
  /** There may be something to do. Cheap. */
  wake(): void
  /** This key need not be left alone any longer. */
  rouse(key: string): void
  /** Whether something is being looked for or done at this moment. */
  readonly busy: boolean
}

export function createPump(options: PumpOptions): Pump {
  const { name, width, pollMs, gapMs, clockwork, logger } = options
  const running = new Map<string, Promise<void>>()
  /** Keys that are left alone, and until when (monotonic ms). */
  const resting = new Map<string, number>()
  /** Keys that were roused while they were worked on: what the work saw may be old. */
  const roused = new Set<string>()
  let started = false
  let looking: Promise<void> | undefined
  let again = false
  let failures = 0
  let lastLookMs = Number.NEGATIVE_INFINITY
  let timer: { atMs: number; off: () => void } | undefined

  /** Makes sure that a look happens in `ms`, or earlier. */
  function lookIn(ms: number): void {
    if (!started) return
    const atMs = clockwork.monotonicMs() + ms
    if (timer && timer.atMs <= atMs) return
    timer?.off()
    const off = clockwork.after(ms, () => {
      timer = undefined
      look()
    })
    timer = { atMs, off }
  }

  function look(): void {
    if (!started) return
    if (looking) {
      again = true
      return
    }
    const sinceMs = clockwork.monotonicMs() - lastLookMs
    if (sinceMs < gapMs) {
      lookIn(gapMs - sinceMs)
      return
    }
    lastLookMs = clockwork.monotonicMs()
    again = false
    looking = lookOnce().then((waitMs) => {
      looking = undefined
      if (again) look()
      else lookIn(waitMs)
    })
  }

  /** Returns when to look next, in ms. */
  async function lookOnce(): Promise<number> {
    const free = width - running.size
    if (free <= 0) return pollMs
    const atMs = clockwork.monotonicMs()
    for (const [key, untilMs] of resting) if (untilMs <= atMs) resting.delete(key)
    try {
      const keys = await options.find([...running.keys(), ...resting.keys()], free)
      failures = 0
      if (started) for (const key of keys.slice(0, free)) begin(key)
    } catch (error) {
      failures += 1
      // once when it begins and now and then: an outage lasts for many looks
      if (failures === 1 || failures % 20 === 0)
        logger.warn('delivery cannot look', { pump: name, failures, error })
      return backoffMs(Math.min(failures, 6), { baseMs: 100, capMs: 5000 })
    }
    const rests = [...resting.values()].map((untilMs) => untilMs - clockwork.monotonicMs())
    return Math.max(1, Math.min(pollMs, ...rests))
  }

  function begin(key: string): void {
    if (running.has(key)) return
    running.set(
      key,
      work(key).then((restMs) => {
        running.delete(key)
        if (!roused.delete(key) && restMs > 0) resting.set(key, clockwork.monotonicMs() + restMs)
        look()
      }),
    )
  }

  async function work(key: string): Promise<number> {
    try {
      return await options.run(key)
    } catch (error) {
      // the database went away in the middle: whatever was done is found again by its key
      logger.warn('delivery broke off', { pump: name, error })
      return backoffMs(1, { baseMs: 500 })
    }
  }

  return {
    start: () => {
      started = true
      look()
    },
    stop: async () => {
      started = false
      timer?.off()
      timer = undefined
      await looking
      await Promise.all(running.values())
    },
    wake: look,
    rouse: (key) => {
      resting.delete(key)
      if (running.has(key)) roused.add(key)
      look()
    },
    get busy() {
      return looking !== undefined || running.size > 0
    },
  }
}
