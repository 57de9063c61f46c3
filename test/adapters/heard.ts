import type { Answer, InboundClick, InboundEvent } from '../../src/intake/inbound.js'
import { type KeptLog, keptLog } from '../support/kept-log.js'

/** What an adapter handed on, and what it said beside it. `accept` and `click` can be replaced at any time. */
export interface Heard {
  log: KeptLog
  accepted: InboundEvent[]
  clicks: InboundClick[]
  refused: string[]
  intake: { accept(events: InboundEvent[]): Promise<void>; click(click: InboundClick): Promise<Answer> }
}

/** Takes everything, and answers nothing. */
export function heard(): Heard {
  const accepted: InboundEvent[] = []
  const clicks: InboundClick[] = []
  return {
    log: keptLog(),
    accepted,
    clicks,
    refused: [],
    intake: {
      accept: async (events) => {
        accepted.push(...events)
      },
      click: async (click) => {
        clicks.push(click)
        return { kind: 'nothing' }
      },
    },
  }
}
