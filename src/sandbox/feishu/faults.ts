import { createHoldBack, type Turn } from '../hold-back.js'
import { createOutage, type OutageMode } from '../outage.js'
import type { FailMode, FaultsView } from './log-types.js'

export type FailNext = { call: string; times?: number; mode: FailMode; retryAfterS?: number }
export type DeliverTwice = {
  which?: 'last' | 'next'
  /** `same_event`: the very same event id; `other_event_id`: the same message under a new one */
  variant?: 'same_event' | 'other_event_id'
  /** how many more, sent at once; 1 if absent */
  copies?: number
}
type Rule = Required<Omit<FailNext, 'times'>> & { timesLeft: number }

/** What can be made to go wrong. Durations are real milliseconds; nothing here follows the program's clock. */
export type Faults = {
  /** Sends an event that a person caused again: the last one now, or the next one when it comes. Answers the event ids. */
  deliverTwice(how?: DeliverTwice): string[]
  /** Feishu is away: the API answers 503 (or drops connections), events wait, long connections are cut. */
  down(ms: number, mode?: OutageMode): void
  /** The next `times` calls of `call` (`*`: any but the token's) fail in that way. */
  failNext(how: FailNext): void
  /** Every API call takes that much longer; 0 ends it. */
  slow(ms: number): void
  /** Cuts every long connection. */
  disconnect(): void
  /** Every access token given out is void from now on. */
  revokeTokens(): void
  /** The next event of a person waits until a later one has arrived, for `atMostMs` (2000 if absent) when none does. */
  holdBack(atMostMs?: number): void
  clear(): void
  view(): FaultsView
}

/** The side of the faults that the emulator itself asks. */
export type FaultBoard = Faults & {
  downMode(): OutageMode | undefined
  /** Resolves once Feishu is not down. */
  up(): Promise<void>
  slowMs(): number
  /** The rule that this call falls under; each answer uses it up once. */
  ruleFor(call: string): Rule | undefined
  /** How the event being sent now is to be repeated; each answer uses it up. */
  takeTwice(): DeliverTwice | undefined
  /** The turn of a person's event being sent now. */
  turn(): Turn
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
export function createFaults({ monotonic, repeatLast, disconnect, revokeTokens, onFault }: Deps): FaultBoard {
  const outage = createOutage(monotonic)
  let slowedMs = 0
  let rules: Rule[] = []
  let twice: DeliverTwice | undefined
  const held = createHoldBack()

  return {
    deliverTwice(how = {}) {
      onFault('deliver_twice')
      if (how.which !== 'next') return repeatLast(how)
      twice = how
      return []
    },
    down(ms, mode) {
      outage.begin(ms, mode)
      onFault('down')
      disconnect()
    },
    failNext({ call, times = 1, mode: how, retryAfterS = 1 }) {
      rules.push({ call, mode: how, timesLeft: times, retryAfterS })
      onFault(`fail_next ${call} ${how}`)
    },
    slow(ms) {
      slowedMs = ms
      onFault('slow')
    },
    disconnect() {
      onFault('disconnect')
      disconnect()
    },
    revokeTokens() {
      onFault('revoke_tokens')
      revokeTokens()
    },
    holdBack(atMostMs = 2000) {
      held.next(atMostMs)
      onFault('hold_back')
    },
    clear() {
      outage.end()
      slowedMs = 0
      rules = []
      twice = undefined
      held.clear()
      onFault('clear')
    },
    view() {
      return {
        downMsLeft: outage.msLeft(),
        slowMs: slowedMs,
        failNext: rules.map((rule) => ({ ...rule })),
        deliverTwiceNext: twice !== undefined,
      }
    },
    downMode: outage.mode,
    up: outage.over,
    slowMs: () => slowedMs,
    turn: () => held.turn(),
    ruleFor(call) {
      const rule = rules.find((each) => each.call === call || (each.call === '*' && call !== TOKEN_CALL))
      if (!rule) return undefined
      rule.timesLeft -= 1
      if (rule.timesLeft <= 0) rules = rules.filter((each) => each !== rule)
      return rule
    },
    takeTwice() {
      const how = twice
      twice = undefined
      return how
    },
  }
}
