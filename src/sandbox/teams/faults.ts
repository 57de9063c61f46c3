import { type AskedFaults, type CommonFaults, createFaultBoard } from '../fault-board.js'
import type { CallName, FailMode, FaultsView } from './log-types.js'

export type FailNext = { call: CallName | '*'; mode: FailMode; times?: number; retryAfterS?: number }
export type DeliverTwice = {
  which?: 'last' | 'next'
  /** `same`: byte for byte; `later_timestamp`: the same activity id, a new timestamp, as Teams re-sends */
  variant?: 'same' | 'later_timestamp'
  /** how many more, sent at once; 1 if absent */
  copies?: number
}
type Rule = FaultsView['failNext'][number]

/** What can be made to go wrong. While the service is away invokes fail; what is sent again are message activities. */
export type Faults = CommonFaults<DeliverTwice> & {
  /** The next `times` calls of `call` (`*`: any) fail in that way. A 429 carries Retry-After only when it is given. */
  failNext(how: FailNext): void
  view(): FaultsView
}

/** The side of the faults that the emulator itself asks. */
export type FaultBoard = Faults &
  AskedFaults<DeliverTwice> & {
    /** The rule that this call falls under; each answer uses it up once. */
    ruleFor(call: CallName): Rule | undefined
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
    failNext({ call, mode, times = 1, retryAfterS }) {
      rules.add({ call, mode, timesLeft: times, ...(retryAfterS === undefined ? {} : { retryAfterS }) })
      deps.onFault(`fail_next ${call} ${mode}`)
    },
    ruleFor: (call) => rules.take((rule) => rule.call === call || rule.call === '*'),
  }
}
