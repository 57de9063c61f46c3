import { z } from 'zod'
import type { Logger } from '../../lib/logger.js'
import { loop } from '../../lib/loop.js'
import type { OpenApi } from './open-api.js'

/** What Feishu lets us hear, asked in the background now and then: an administrator grants and takes away. */
export interface Hearing {
  /** Whether what is said in groups reaches us without a mention; taken for granted until Feishu says otherwise. */
  threads(): boolean
  /** Asks at once. Never fails: what was known stays. */
  ask(): Promise<void>
  start(): void
  stop(): Promise<void>
}

/** Asking needs no permission; its rate is rationed. */
const SCOPES = z.object({
  scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })),
})
const GRANTED = 1
const HEARS_GROUPS = /^im:message\.group_msg($|[.:])/
const HOUR_MS = 3_600_000

export function createHearing(api: OpenApi, logger: Logger, everyMs = HOUR_MS): Hearing {
  let hears = true
  let asking: { stop(): Promise<void> } | undefined

  async function ask(): Promise<void> {
    try {
      const { scopes } = SCOPES.parse(await api.call({ method: 'GET', path: '/application/v6/scopes' }))
      const now = scopes.some((one) => one.grant_status === GRANTED && HEARS_GROUPS.test(one.scope_name))
      if (!now && hears)
        logger.warn('feishu passes on only mentions in groups', { scope: 'im:message.group_msg' })
      hears = now
    } catch (error) {
      logger.warn('feishu does not say what it grants', { cause: error })
    }
  }

  return {
    threads: () => hears,
    ask,
    start() {
      if (asking) return
      asking = loop(ask, everyMs, () => undefined)
      void ask()
    },
    async stop() {
      await asking?.stop()
      asking = undefined
    },
  }
}
