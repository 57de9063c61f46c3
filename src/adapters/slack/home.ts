import type { WebClient } from '@slack/web-api'
import type { Answer, InboundEvent, InboundPresence } from '../../intake/inbound.js'
import { createInFlight } from '../../lib/in-flight.js'
import type { Logger } from '../../lib/logger.js'
import { toFailure } from './errors.js'
import { renderHome } from './render/form.js'

export type AskHome = (opened: Pick<InboundPresence, 'platform' | 'userId'>) => Promise<Answer>

export interface Home {
  /** Draws the tab of whoever opened it. Returns at once. */
  opened(events: readonly InboundEvent[]): void
  /** Draws a person's tab as it is now. Never throws: a tab that was not drawn is drawn at the next opening. */
  refresh(userId: string): Promise<void>
  drained(maxMs: number): Promise<void>
}

/** The Home tab: drawn when it is opened, and after a click on it. */
export function createHome(deps: { client: WebClient; ask: AskHome; logger: Logger }): Home {
  const { client, ask, logger } = deps
  const inFlight = createInFlight()

  async function draw(userId: string): Promise<void> {
    let answer: Answer
    try {
      answer = await ask({ platform: 'slack', userId })
    } catch (cause) {
      logger.error('a home tab could not be made', { cause })
      return
    }
    if (answer.kind !== 'private') return
    try {
      await client.views.publish({ user_id: userId, view: renderHome(answer.card) })
    } catch (error) {
      logger.warn('a home tab is not shown', { outcome: toFailure(error, 'harmless') })
    }
  }
  const refresh = (userId: string) => inFlight.track(draw(userId))

  return {
    opened: (events) => {
      for (const event of events)
        if (event.kind === 'presence' && event.what === 'home_opened') void refresh(event.userId)
    },
    refresh,
    drained: inFlight.drained,
  }
}
