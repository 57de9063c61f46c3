import { createHoldBack, type Turn } from '../hold-back.js'
import { createOutage, type OutageMode } from '../outage.js'
import type { FailMode, FaultsView } from './log-types.js'

export type FailNext = { times?: number; mode: FailMode; retryAfterS?: number }
export type DeliverTwice = {
  which?: 'last' | 'next'
  /** `same_event`: the very same envelope; `other_event_id`: the same message under a new event id */
  variant?: 'same_event' | 'other_event_id'
  /** how many more, sent at once; 1 if absent */
  copies?: number
}
type Rule = { method: string; mode: FailMode; timesLeft: number; retryAfterS: number }

/** What can be made to go wrong. Durations are real milliseconds; nothing here follows the program's clock. */
export type Faults = {
  /**
   * Sends an event again: the last one now, or the next one when it comes. Answers the event ids sent.
   * Only what people do counts: events about the bot's own messages and reactions are passed over.
   */
  deliverTwice(how?: DeliverTwice): string[]
  /** Slack is away: the Web API answers 503 (or drops connections), events wait until it is back. */
  down(ms: number, mode?: OutageMode): void
  /** The next `times` calls of `method` (`*`: any) fail in that way. */
  failNext(method: string, how: FailNext): void
  /** Every Web API call takes that much longer; 0 ends it. */
  slow(ms: number): void
  /** The next event of a person waits until a later one has arrived, for `atMostMs` (2000 if absent) when none does. */
  holdBack(atMostMs?: number): void
  clear(): void
  view(): FaultsView
}

/** The side of the faults that the emulator itself asks. */
export type FaultBoard = Faults & {
  downMode(): OutageMode | undefined
  /** Resolves once Slack is not down. */
  up(): Promise<void>
  slowMs(): number
  /** The rule that this call falls under; each answer uses it up once. */
  ruleFor(method: string): Rule | undefined
  /** How often, and how, the person's event being sent now is to be repeated; each answer uses it up. */
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
      if (how.which === 'next') {
        twice = how
        return []
      }
      return repeatLast(how)
    },
    down(ms, mode) {
      outage.begin(ms, mode)
      onFault('down')
    },
    failNext(method, { times = 1, mode: how, retryAfterS = 1 }) {
      rules.push({ method, mode: how, timesLeft: times, retryAfterS })
      onFault(`fail_next ${method} ${how}`)
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
    ruleFor(method) {
      const rule = rules.find((each) => each.method === method || each.method === '*')
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
