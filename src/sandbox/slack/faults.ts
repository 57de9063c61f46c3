import { type AskedFaults, type CommonFaults, createFaultBoard } from '../fault-board.js'
import type { FailMode, FaultsView } from './log-types.js'

export type FailNext = { times?: number; mode: FailMode; retryAfterS?: number }
export type DeliverTwice = {
  which?: 'last' | 'next'
  /** `same_event`: the very same envelope; `other_event_id`: the same message under a new event id */
  variant?: 'same_event' | 'other_event_id'
  /** how many more, sent at once; 1 if absent */
  copies?: number
}
type Rule = FaultsView['failNext'][number]

/** What can be made to go wrong. Only what people do is repeated: not events about the bot's own messages and reactions. */
export type Faults = CommonFaults<DeliverTwice> & {
  /** The next `times` calls of `method` (`*`: any) fail in that way. */
  failNext(method: string, how: FailNext): void
  view(): FaultsView
}

/** The side of the faults that the emulator itself asks. */
export type FaultBoard = Faults &
  AskedFaults<DeliverTwice> & {
    /** The rule that this call falls under; each answer uses it up once. */
    ruleFor(method: string): Rule | undefined
  }

type Deps = {
  monotonic: () => number
  repeatLast: (how: DeliverTwice) => string[]
  onFault: (detail: string) => void
}

/** A board with nothing wrong. */
export function createFaults(deps: Deps): FaultBoard {
  const { board, rules } = createFaultBoard<DeliverTwice, Rule>(deps)
  return {
    ...board,
    failNext(method, { times = 1, mode, retryAfterS = 1 }) {
      rules.add({ method, mode, timesLeft: times, retryAfterS })
      deps.onFault(`fail_next ${method} ${mode}`)
    },
    ruleFor: (method) => rules.take((rule) => rule.method === method || rule.method === '*'),
  }
}
