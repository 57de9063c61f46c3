import { backoffMs } from '../lib/backoff.js'
import { AppError } from '../lib/errors.js'
import type { Logger } from '../lib/logger.js'
import { now } from '../lib/now.js'
import type { Inbox } from '../models/mongo/inbox.js'
import type { InboxDoc } from '../models/mongo/inbox-doc.js'
import { messageKeyOf } from './accept.js'
import { type DispatchDeps, dispatchEvent, LAST_TRY } from './dispatch.js'
import type { InboundEvent } from './inbound.js'

export interface WorkerDeps extends DispatchDeps {
  inbox: Inbox<InboundEvent>
  deskId: () => string
  logger: Logger
  /** Conversations worked on at a time. Most of that time is waiting for writes, which many together share. */
  concurrency?: number
  /** How often undone rows are looked for, in ms: what another instance left, what was put off. */
  pollMs?: number
}

export interface Worker {
  start(): void
  /** A conversation has something to do: a short cut; the look every `pollMs` finds it as well. */
  wake(conversation: string): void
  /** Takes nothing new and waits for what is under way. */
  stop(): Promise<void>
  /** Resolves when this instance has nothing under way or waiting to be taken. */
  idle(): Promise<void>
}

/** After so many failures a row is set aside, visibly, and no longer blocks its conversation. */
const GIVE_UP_AFTER = 12

/** Works the inbox off: oldest first in each conversation, one at a time, whatever instance took them in. */
export function createWorker(deps: WorkerDeps): Worker {
  const { inbox, deskId, logger, concurrency = 256, pollMs = 1000 } = deps
  const queue = new Set<string>()
  const busy = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let stopped = true

  function wake(conversation: string): void {
    queue.add(conversation)
    pump()
  }

  function pump(): void {
    for (const conversation of queue) {
      if (stopped || busy.size >= concurrency) return
      if (busy.has(conversation)) continue
      queue.delete(conversation)
      const work = drain(conversation)
        .catch((error: unknown) => logger.error('inbox not reachable', { error }))
        .finally(() => {
          busy.delete(conversation)
          pump()
        })
      busy.set(conversation, work)
    }
  }

  async function drain(conversation: string): Promise<void> {
    while (!stopped) {
      const row = await inbox.lease(deskId(), conversation)
      if (!row) return
      await workOff(row)
    }
  }

  async function workOff(row: InboxDoc<InboundEvent>): Promise<void> {
    try {
      const taken = await dispatchEvent(deps, row)
      if (taken.kind === 'done') await inbox.done(row)
      else if (!(await letPass(row))) await inbox.later(row, inMs(retryMs(row)), taken.reason)
    } catch (error) {
      const gone = row.attempts >= GIVE_UP_AFTER
      logger.error(gone ? 'event set aside' : 'event failed', {
        eventKey: row.keys[0],
        attempts: row.attempts,
        error,
      })
      const reason = error instanceof AppError ? error.code : 'internal.bug'
      await (gone ? inbox.aside(row, reason) : inbox.later(row, inMs(retryMs(row)), reason))
    }
  }

  /** A change may bear an earlier time than its message, which would then wait behind it: the message goes first. */
  async function letPass(row: InboxDoc<InboundEvent>): Promise<boolean> {
    const { event } = row
    if (event.kind !== 'edit' && event.kind !== 'delete') return false
    return await inbox.behind(row, messageKeyOf(event))
  }

  async function look(): Promise<void> {
    try {
      for (const conversation of await inbox.waiting(deskId(), 200)) queue.add(conversation)
      pump()
    } catch (error) {
      logger.warn('inbox not reachable', { error })
    }
  }

  return {
    wake,
    start: () => {
      stopped = false
      const again = () => {
        looking = look().finally(() => {
          if (!stopped) timer = setTimeout(again, pollMs)
        })
      }
      again()
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
      await Promise.all(busy.values())
    },
    idle: async () => {
      await look()
      while (busy.size > 0 || (queue.size > 0 && !stopped)) {
        await Promise.all(busy.values())
        pump()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

/** What waits for something else to arrive looks again soon; what failed waits longer each time. */
function retryMs(row: InboxDoc<InboundEvent>): number {
  return row.attempts <= LAST_TRY
    ? backoffMs(row.attempts - 1, { baseMs: 300, capMs: 3000 })
    : backoffMs(row.attempts, { capMs: 60_000 })
}

const inMs = (ms: number): Date => new Date(now().getTime() + ms)
