import type { WebClient } from '@slack/web-api'
import { backoffMs } from '../../lib/backoff.js'
import type { Logger } from '../../lib/logger.js'
import type { Self } from './parsed.js'

/** Who we are in the workspace, asked in the background until Slack answers; nothing waits for it. */
export interface Identity {
  known(): Self
  start(): void
  stop(): void
}

export function createIdentity(client: WebClient, logger: Logger): Identity {
  let self: Self = {}
  let timer: NodeJS.Timeout | undefined
  let stopped = true

  async function ask(attempt: number): Promise<void> {
    try {
      const { user_id, bot_id } = await client.auth.test()
      self = {
        ...(user_id === undefined ? {} : { botUserId: user_id }),
        ...(bot_id === undefined ? {} : { botId: bot_id }),
      }
    } catch (error) {
      if (stopped) return
      logger.warn('slack does not say who we are', { attempt, cause: error })
      timer = setTimeout(() => void ask(attempt + 1), backoffMs(attempt, { capMs: 60_000 }))
      timer.unref()
    }
  }

  return {
    known: () => self,
    start() {
      if (!stopped) return
      stopped = false
      void ask(0)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
