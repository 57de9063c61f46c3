import { monotonicMs } from '../../lib/now.js'
import { FeishuError } from './errors.js'

/** Keeps our calls within what Feishu lets an app do with each of its APIs: 50 in a second and 1,000 in a minute. */
export interface Quota {
  /**
   * Makes the call as soon as it may be made. Throws Feishu's own "too many", with how long to wait, when that is not
   * soon: whoever asks has better things to do than to stand in a queue.
   */
  run<T>(api: string, call: () => Promise<T>): Promise<T>
}

export interface QuotaOptions {
  perSecond: number
  perMinute: number
  /** The longest that a call stands in the queue, in ms. */
  maxWaitMs: number
  clock: Clock
}
export interface Clock {
  /** Milliseconds, only ever rising. */
  ms(): number
  /** Calls back later; returns how to take that back. */
  after(ms: number, then: () => void): () => void
}

const SECOND_MS = 1000
const MINUTE_MS = 60_000
/** A little is left to other instances. */
const OURS: QuotaOptions = {
  perSecond: 48,
  perMinute: 950,
  maxWaitMs: 1500,
  clock: {
    ms: monotonicMs,
    after: (ms, then) => {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
  },
}
const TOO_MANY = 99991400

interface Line {
  underWay: number
  /** When calls were answered, the oldest first: Feishu counted each of them by then. */
  answered: number[]
  queue: { go: () => void; refuse: (waitMs: number) => void; untilMs: number }[]
  wake?: () => void
}

export function createQuota(options: Partial<QuotaOptions> = {}): Quota {
  const { perSecond, perMinute, maxWaitMs, clock } = { ...OURS, ...options }
  const lines = new Map<string, Line>()

  function lineOf(api: string): Line {
    const line = lines.get(api) ?? { underWay: 0, answered: [], queue: [] }
    lines.set(api, line)
    return line
  }

  /** How long until one more may go: a call counts from when it is made until a window after its answer. */
  function waitMs({ underWay, answered }: Line): number {
    const at = clock.ms()
    while (answered[0] !== undefined && answered[0] <= at - MINUTE_MS) answered.shift()
    const until = (limit: number, windowMs: number): number => {
      const room = limit - underWay
      // only an answer makes room
      if (room <= 0) return maxWaitMs
      const blocking = answered[answered.length - room]
      return blocking === undefined ? 0 : Math.max(0, blocking + windowMs - at)
    }
    return Math.max(until(perSecond, SECOND_MS), until(perMinute, MINUTE_MS))
  }

  function pump(line: Line): void {
    line.wake?.()
    delete line.wake
    let wait = 0
    for (let next = line.queue[0]; next !== undefined; next = line.queue[0]) {
      wait = waitMs(line)
      if (wait > 0) break
      line.queue.shift()
      line.underWay += 1
      next.go()
    }
    const at = clock.ms()
    while (line.queue[0] !== undefined && line.queue[0].untilMs <= at) line.queue.shift()?.refuse(wait)
    const [first] = line.queue
    if (first) line.wake = clock.after(Math.max(1, Math.min(wait, first.untilMs - at)), () => pump(line))
  }

  function admitted(line: Line): Promise<void> {
    const wait = waitMs(line)
    // beyond that no one of the queue would be reached in time
    const isFull = line.queue.length >= perSecond * Math.floor(maxWaitMs / SECOND_MS)
    if (wait > maxWaitMs || isFull) return Promise.reject(tooMany(Math.max(wait, SECOND_MS)))
    return new Promise((resolve, reject) => {
      const refuse = (ms: number): void => reject(tooMany(Math.max(ms, SECOND_MS)))
      line.queue.push({ go: resolve, refuse, untilMs: clock.ms() + maxWaitMs })
      pump(line)
    })
  }

  return {
    async run(api, call) {
      const line = lineOf(api)
      await admitted(line)
      try {
        return await call()
      } finally {
        line.underWay -= 1
        line.answered.push(clock.ms())
        pump(line)
      }
    },
  }
}

function tooMany(waitMs: number): FeishuError {
  return new FeishuError(TOO_MANY, 429, Math.ceil(waitMs))
}

/** Which API a call is of: the ids in its path say nothing of that. */
export function apiOf(method: string, path: string): string {
  return `${method} ${path.replace(/\/(messages|users|chats|reactions|resources)\/(?!batch$)[^/]+/g, '/$1/:id')}`
}
