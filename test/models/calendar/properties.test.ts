import { expect } from 'chai'
import fc from 'fast-check'
import { addWorkingTime } from '../../../src/models/calendar/add-working-time.js'
import type { Calendar, Span } from '../../../src/models/calendar/calendar.js'
import { explainSpans } from '../../../src/models/calendar/explain-spans.js'
import { isDayOff, isWorking, nextOpening } from '../../../src/models/calendar/opening-hours.js'
import { workingMsBetween, workingSpans } from '../../../src/models/calendar/working-spans.js'
import { calendars, frozen, instantsNear, isNearRepeatedHour, wallClockSaysOpen } from './random-calendars.js'
import { HOUR } from './support.js'

/** A calendar and instants in order, near each other and near a change of that zone's clock. */
function cases(instants: number): fc.Arbitrary<[Calendar, ...Date[]]> {
  return calendars.chain(({ calendar, jump }) =>
    fc
      .array(instantsNear(jump), { minLength: instants, maxLength: instants })
      .map((dates): [Calendar, ...Date[]] => [calendar, ...dates.sort((a, b) => a.getTime() - b.getTime())]),
  )
}

const durations = fc.integer({ min: 0, max: 120 * HOUR })

function check<T>(arbitrary: fc.Arbitrary<T>, numRuns: number, holds: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, holds), { numRuns })
}

function three(dates: Date[]): [Date, Date, Date] {
  const [a = new Date(0), b = a, c = b] = dates
  return [a, b, c]
}

describe('working time under any calendar in any zone', function () {
  this.timeout(120_000)

  it('sums up: work(a, b) + work(b, c) = work(a, c)', () => {
    check(cases(3), 10_000, ([calendar, ...dates]) => {
      const [a, b, c] = three(dates)
      expect(workingMsBetween(calendar, a, b) + workingMsBetween(calendar, b, c)).to.equal(
        workingMsBetween(calendar, a, c),
      )
    })
  })

  it('agrees with the wall clock, except around an hour that occurs twice', () => {
    check(cases(1), 5_000, ([calendar, ...dates]) => {
      const [at] = three(dates)
      fc.pre(!isNearRepeatedHour(calendar.zone, at))
      expect(isWorking(calendar, at)).to.equal(wallClockSaysOpen(calendar, at))
    })
  })

  it('is found again: the time up to a due instant is the time that was added', () => {
    check(fc.tuple(cases(1), durations), 2_000, ([[calendar, ...dates], ms]) => {
      const [from] = three(dates)
      const due = addWorkingTime(calendar, from, ms)
      fc.pre(due !== undefined)
      expect(workingMsBetween(calendar, from, due.at)).to.equal(ms)
      if (ms > 0) expect(isWorking(calendar, new Date(due.at.getTime() - 1))).to.equal(true)
    })
  })

  it('is added again: adding the time up to an instant gives it, or the last closing before it', () => {
    check(cases(2), 2_000, ([calendar, ...dates]) => {
      const [from, to] = three(dates)
      const ms = workingMsBetween(calendar, from, to)
      const due = addWorkingTime(calendar, from, ms)
      fc.pre(ms > 0)
      const last = workingSpans(calendar, from, to).at(-1)
      expect(due?.at).to.deep.equal(last?.to)
    })
  })

  it('is monotonic in the duration and in the start', () => {
    check(fc.tuple(cases(2), durations, durations), 2_000, ([[calendar, ...dates], ms, moreMs]) => {
      const [from, later] = three(dates)
      const due = addWorkingTime(calendar, from, ms)?.at.getTime() ?? Number.POSITIVE_INFINITY
      const dueOfMore = addWorkingTime(calendar, from, ms + moreMs)?.at.getTime() ?? Number.POSITIVE_INFINITY
      const dueOfLater = addWorkingTime(calendar, later, ms)?.at.getTime() ?? Number.POSITIVE_INFINITY
      expect(dueOfMore).to.be.at.least(due)
      expect(dueOfLater).to.be.at.least(due)
    })
  })

  it('lies in ordered spans apart from each other, inside the range, open throughout', () => {
    check(cases(2), 2_000, ([calendar, ...dates]) => {
      const [from, to] = three(dates)
      let endMs = Number.NEGATIVE_INFINITY
      for (const span of workingSpans(calendar, from, to)) {
        expect(span.from.getTime()).to.be.greaterThan(endMs).and.at.least(from.getTime())
        expect(span.to.getTime()).to.be.greaterThan(span.from.getTime()).and.at.most(to.getTime())
        expect(isWorking(calendar, span.from)).to.equal(true)
        expect(isWorking(calendar, new Date(span.to.getTime() - 1))).to.equal(true)
        endMs = span.to.getTime()
      }
    })
  })

  it('opens next where no time has passed yet', () => {
    check(cases(1), 2_000, ([calendar, ...dates]) => {
      const [at] = three(dates)
      const opening = nextOpening(calendar, at)
      fc.pre(opening !== undefined)
      expect(isWorking(calendar, opening)).to.equal(true)
      expect(workingMsBetween(calendar, at, opening)).to.equal(0)
    })
  })

  it('is absent from a day off', () => {
    check(cases(1), 2_000, ([calendar, ...dates]) => {
      const [at] = three(dates)
      fc.pre(isDayOff(calendar, at) && !isNearRepeatedHour(calendar.zone, at))
      expect(isWorking(calendar, at)).to.equal(false)
    })
  })

  it('has a ledger without holes or overlaps, whose counted lines are the clock', () => {
    const withPauses = calendars.chain(({ calendar, jump }) => {
      const pause = fc.tuple(instantsNear(jump), fc.integer({ min: 0, max: 30 * HOUR })).map(toSpan)
      const ends = fc.tuple(instantsNear(jump), instantsNear(jump))
      return fc.tuple(fc.constant(calendar), ends, fc.array(pause, { maxLength: 4 }))
    })
    check(withPauses, 3_000, ([calendar, ends, pauses]) => {
      const [from, to] = three([...ends].sort((a, b) => a.getTime() - b.getTime()))
      const lines = explainSpans(calendar, from, to, frozen(pauses))
      let cursor = from
      let last = ''
      for (const line of lines) {
        expect(line.from).to.deep.equal(cursor)
        expect(line.ms)
          .to.equal(line.to.getTime() - line.from.getTime())
          .and.greaterThan(0)
        expect(`${line.kind} ${line.reason}`).to.not.equal(last)
        last = `${line.kind} ${line.reason}`
        cursor = line.to
      }
      expect(cursor).to.deep.equal(to)
      const countedMs = lines.reduce((ms, line) => ms + (line.kind === 'counted' ? line.ms : 0), 0)
      expect(countedMs).to.equal(workingMsOutside(calendar, from, to, pauses))
    })
  })

  it('leaves what it was given as it was', () => {
    check(cases(2), 200, ([calendar, ...dates]) => {
      const [from, to] = three(dates)
      const pauses = frozen([{ from, to }])
      const before = JSON.stringify([calendar, from, to, pauses])
      addWorkingTime(calendar, from, HOUR)
      workingSpans(calendar, from, to)
      explainSpans(calendar, from, to, pauses)
      nextOpening(calendar, from)
      expect(JSON.stringify([calendar, from, to, pauses])).to.equal(before)
    })
  })
})

function toSpan([from, ms]: [Date, number]): Span {
  return { from, to: new Date(from.getTime() + ms) }
}

/** The clock's own way: a running stretch at a time, with the pauses taken out by hand. */
function workingMsOutside(calendar: Calendar, from: Date, to: Date, pauses: readonly Span[]): number {
  const cuts = [from, to, ...pauses.flatMap((pause) => [pause.from, pause.to])]
    .filter((cut) => cut >= from && cut <= to)
    .sort((a, b) => a.getTime() - b.getTime())
  return cuts.slice(1).reduce((sumMs, end, index) => {
    const start = cuts[index] ?? end
    const isPaused = pauses.some((pause) => pause.from <= start && end <= pause.to && start < end)
    return isPaused ? sumMs : sumMs + workingMsBetween(calendar, start, end)
  }, 0)
}
