/** Working-time arithmetic: what each ticket, each look at a ledger and each due time costs. */
import { addWorkingTime } from '../src/models/calendar/add-working-time.js'
import type { Calendar } from '../src/models/calendar/calendar.js'
import { explainSpans } from '../src/models/calendar/explain-spans.js'
import { isWorking, nextOpening } from '../src/models/calendar/opening-hours.js'
import { workingMsBetween } from '../src/models/calendar/working-spans.js'
import { isQuick, machineLine } from './support/machine.js'
import { sampleDesk } from './support/openings.js'
import { median } from './support/stats.js'
import { type Cell, printTable } from './support/table.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ROUNDS = isQuick ? 3 : 9
const ROUND_MS = isQuick ? 50 : 200
const START = new Date('2026-11-02T01:00:00Z')
/** Calls spread over two months, so that no answer is the one before. */
const SPREAD_MS = 60 * DAY_MS

const desk = sampleDesk()
let sink = 0

function perSecond(work: (at: Date) => unknown): number {
  const rates: number[] = []
  let n = 0
  for (let i = 0; i < ROUNDS; i++) {
    const began = performance.now()
    let done = 0
    while (performance.now() - began < ROUND_MS) {
      for (let j = 0; j < 20; j++) {
        n = (n + 7_654_321) % SPREAD_MS
        if (work(new Date(START.getTime() + n))) sink += 1
      }
      done += 20
    }
    rates.push((done / (performance.now() - began)) * 1000)
  }
  return median(rates)
}

/** The first answer of a calendar that nobody has asked before, in µs: its days are laid out then. */
function firstUs(calendar: Calendar): number {
  const times = Array.from({ length: 50 }, () => {
    const fresh = { ...calendar }
    const began = performance.now()
    addWorkingTime(fresh, START, 40 * HOUR_MS)
    return (performance.now() - began) * 1000
  })
  return median(times)
}

const rows: Cell[][] = Object.values(desk.calendars).flatMap((calendar): Cell[][] => {
  const row = (what: string, work: (at: Date) => unknown): Cell[] => {
    const rate = perSecond(work)
    return [what, calendar.id, rate, 1_000_000 / rate]
  }
  const after = (at: Date, days: number) => new Date(at.getTime() + days * DAY_MS)
  return [
    row('addWorkingTime, 4 h', (at) => addWorkingTime(calendar, at, 4 * HOUR_MS)),
    row('addWorkingTime, 40 h', (at) => addWorkingTime(calendar, at, 40 * HOUR_MS)),
    row('addWorkingTime, 1,000 h', (at) => addWorkingTime(calendar, at, 1000 * HOUR_MS)),
    row('workingMsBetween, 7 days', (at) => workingMsBetween(calendar, at, after(at, 7))),
    row('workingMsBetween, 1 year', (at) => workingMsBetween(calendar, at, after(at, 365))),
    row('explainSpans, 7 days', (at) => explainSpans(calendar, at, after(at, 7), [])),
    row('nextOpening', (at) => nextOpening(calendar, at)),
    row('isWorking', (at) => isWorking(calendar, at)),
    ['addWorkingTime, 40 h, first of a new calendar', calendar.id, '–', firstUs(calendar)],
  ]
})
console.log(machineLine('no mongod'))
printTable('Working time, in one process', ['', 'calendar', 'per second', 'µs each'], rows)
if (sink < 0) console.log(sink)
