import { createHoldBack, type Turn } from './hold-back.js'
import { createOutage, type OutageMode } from './outage.js'

/** What the next calls of an app meet, so often. */
type Countdown = { timesLeft: number }
type Repetition = { which?: 'last' | 'next' }

/** What can be made to go wrong with any messenger. Durations are real milliseconds; nothing here follows the program's clock. */
export interface CommonFaults<Twice extends Repetition> {
  /** Sends an event that a person caused again: the last one now, or the next one when it comes. Answers the ids sent. */
  deliverTwice(how?: Twice): string[]
  /** It is away: calls are answered 503 (or their connections dropped), events wait until it is back. */
  down(ms: number, mode?: OutageMode): void
  /** Every call takes that much longer; 0 ends it. */
  slow(ms: number): void
  /** The next event of a person waits until a later one has arrived, for `atMostMs` (2000 if absent) when none does. */
  holdBack(atMostMs?: number): void
  clear(): void
}
/** The side of the faults that an emulator itself asks. */
export interface AskedFaults<Twice extends Repetition> {
  downMode(): OutageMode | undefined
  /** Resolves once it is not away. */
  up(): Promise<void>
  slowMs(): number
  /** How the event being sent now is to be repeated; each answer uses it up. */
  takeTwice(): Twice | undefined
  /** The turn of a person's event being sent now. */
  turn(): Turn
}
export interface FaultRules<Rule extends Countdown> {
  add(rule: Rule): void
  /** The first that matches; each answer uses it up once. */
  take(matches: (rule: Rule) => boolean): Rule | undefined
}
export interface View<Rule> {
  downMsLeft: number
  slowMs: number
  failNext: Rule[]
  deliverTwiceNext: boolean
}

type Deps<Twice> = {
  monotonic: () => number
  repeatLast: (how: Twice) => string[]
  onFault: (detail: string) => void
}

/** A board with nothing wrong, and its rules for failing calls. */
export function createFaultBoard<Twice extends Repetition, Rule extends Countdown>({
  monotonic,
  repeatLast,
  onFault,
}: Deps<Twice>): {
  board: CommonFaults<Twice> & AskedFaults<Twice> & { view(): View<Rule> }
  rules: FaultRules<Rule>
} {
  const outage = createOutage(monotonic)
  const held = createHoldBack()
  let slowedMs = 0
  let rules: Rule[] = []
  let twice: Twice | undefined
  return {
    board: {
      deliverTwice(how = {} as Twice) {
        onFault('deliver_twice')
        if (how.which !== 'next') return repeatLast(how)
        twice = how
        return []
      },
      down(ms, mode) {
        outage.begin(ms, mode)
        onFault('down')
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
      takeTwice() {
        const how = twice
        twice = undefined
        return how
      },
    },
    rules: {
      add: (rule) => void rules.push(rule),
      take(matches) {
        const rule = rules.find(matches)
        if (!rule) return undefined
        rule.timesLeft -= 1
        if (rule.timesLeft <= 0) rules = rules.filter((each) => each !== rule)
        return rule
      },
    },
  }
}
