import { type AskedFaults, type CommonFaults, createFaultBoard } from '../fault-board.js'
import type { FailMode, FaultsView } from './log-types.js'

export type FailNext = { call: string; times?: number; mode: FailMode; retryAfterS?: number }
export type DeliverTwice = {
  which?: 'last' | 'next'
  /** `same_event`: the very same event id; `other_event_id`: the same message under a new one */
  variant?: 'same_event' | 'other_event_id'
  /** how many more, sent at once; 1 if absent */
  copies?: number
}
type Rule = FaultsView['failNext'][number]

/** What can be made to go wrong. Going away cuts long connections as well. */
export type Faults = CommonFaults<DeliverTwice> & {
  /** The next `times` calls of `call` (`*`: any but the token's) fail in that way. */
  failNext(how: FailNext): void
  /** Cuts every long connection. */
  disconnect(): void
  /** Every access token given out is void from now on. */
  revokeTokens(): void
  view(): FaultsView
}

/** The side of the faults that the emulator itself asks. */
export type FaultBoard = Faults &
  AskedFaults<DeliverTwice> & {
    /** The rule that this call falls under; each answer uses it up once. */
    ruleFor(call: string): Rule | undefined
  }

type Deps = {
  monotonic: () => number
  repeatLast: (how: DeliverTwice) => string[]
  disconnect: () => void
  revokeTokens: () => void
  onFault: (detail: string) => void
}
const TOKEN_CALL = 'auth.v3.tenantAccessToken.internal'

/** A board with nothing wrong. */
export function createFaults(deps: Deps): FaultBoard {
  const { board, rules } = createFaultBoard<DeliverTwice, Rule>(deps)
  return {
    ...board,
    down(ms, mode) {
      board.down(ms, mode)
      deps.disconnect()
    },
    failNext({ call, times = 1, mode, retryAfterS = 1 }) {
      rules.add({ call, mode, timesLeft: times, retryAfterS })
      deps.onFault(`fail_next ${call} ${mode}`)
    },
    disconnect() {
      deps.onFault('disconnect')
      deps.disconnect()
    },
    revokeTokens() {
      deps.onFault('revoke_tokens')
      deps.revokeTokens()
    },
    ruleFor: (call) => rules.take((rule) => rule.call === call || (rule.call === '*' && call !== TOKEN_CALL)),
  }
}
