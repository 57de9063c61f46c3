import { createHoldBack, type Turn } from '../hold-back.js'
import { createOutage, type OutageMode } from '../outage.js'
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

/** What can be made to go wrong. Durations are real milliseconds; nothing here follows the program's clock. */
export type Faults = {
  /** Sends a message activity again: the last one now, or the next one when it comes. Answers the activity ids sent. */
  deliverTwice(how?: DeliverTwice): string[]
  /** The service is away: it answers 503 (or drops connections), activities wait until it is back, invokes fail. */
  down(ms: number, mode?: OutageMode): void
  /** The next `times` calls of `call` (`*`: any) fail in that way. A 429 carries Retry-After only when it is given. */
  failNext(how: FailNext): void
  /** Every call takes that much longer; 0 ends it. */
  slow(ms: number): void
  /** The next event of a person waits until a later one has arrived, for `atMostMs` (2000 if absent) when none does. */
  holdBack(atMostMs?: number): void
  clear(): void
  view(): FaultsView
}

/** The side of the faults that the emulator itself asks. */
export type FaultBoard = Faults & {
  downMode(): OutageMode | undefined
  /** Resolves once the service is not down. */
  up(): Promise<void>
  slowMs(): number
  /** The rule that this call falls under; each answer uses it up once. */
  ruleFor(call: CallName): Rule | undefined
  /** How the activity being sent now is to be repeated; each answer uses it up. */
  takeTwice(): DeliverTwice | undefined
  /** The turn of a person's event being sent now. */
  turn(): Turn
}

type Deps = {
  monotonic: () => number
  repeatLast: (how: DeliverTwice) => string[]
  onFault: (detail: string) => void
}

/** A board with nothing wrong. */
export function createFaults({ monotonic, repeatLast, onFault }: Deps): FaultBoard {
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
    },
    failNext({ call, mode: how, times = 1, retryAfterS }) {
      rules.push({ call, mode: how, timesLeft: times, ...(retryAfterS === undefined ? {} : { retryAfterS }) })
      onFault(`fail_next ${call} ${how}`)
    },
    slow(ms) {
      slowedMs = ms
      onFault('slow')
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
    view: () => ({
      downMsLeft: outage.msLeft(),
      slowMs: slowedMs,
      failNext: rules.map((rule) => ({ ...rule })),
      deliverTwiceNext: twice !== undefined,
    }),
    downMode: outage.mode,
    up: outage.over,
    slowMs: () => slowedMs,
    turn: () => held.turn(),
    ruleFor(call) {
      const rule = rules.find((each) => each.call === call || each.call === '*')
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
