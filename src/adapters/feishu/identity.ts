import { z } from 'zod'
import { backoffMs } from '../../lib/backoff.js'
import type { Logger } from '../../lib/logger.js'
import type { OpenApi } from './open-api.js'
import type { Self } from './parsed.js'

/** Who we are in the organisation, asked in the background until Feishu answers. */
export interface Identity {
  known(): Self
  /** Asks at once unless it is known. Never fails. */
  ask(): Promise<Self>
  start(): void
  stop(): void
}
const BOT_INFO = z.object({ bot: z.object({ open_id: z.string().min(1) }) })

export function createIdentity(api: OpenApi, logger: Logger): Identity {
  let self: Self = {}
  let asking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = true

  async function askOnce(): Promise<void> {
    try {
      const { bot } = BOT_INFO.parse(await api.call({ method: 'GET', path: '/bot/v3/info' }))
      self = { botOpenId: bot.open_id }
    } catch (error) {
      logger.warn('feishu does not say who we are', { cause: error })
    } finally {
      asking = undefined
    }
  }

  async function ask(): Promise<Self> {
    if (self.botOpenId !== undefined) return self
    asking ??= askOnce()
    await asking
    return self
  }

  async function untilKnown(attempt: number): Promise<void> {
    const { botOpenId } = await ask()
    if (stopped || botOpenId !== undefined) return
    timer = setTimeout(() => void untilKnown(attempt + 1), backoffMs(attempt, { capMs: 60_000 }))
    timer.unref()
  }

  return {
    known: () => self,
    ask,
    start() {
      if (!stopped) return
      stopped = false
      void untilKnown(0)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
