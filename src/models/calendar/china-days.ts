import announced from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { IsoDate } from './calendar.js'

/*
 * Public holidays and make-up days of mainland China, as the State Council announces them each autumn for the next year.
 * Source: npm chinese-days, MIT, © its authors. A newer version of the package brings newer years. Only its data are
 * used: its functions build their tables in the machine's zone and are a day off anywhere west of Greenwich.
 */

/** The first year on offer: older ones are of no use to a desk. */
const FIRST_YEAR = 2024

export interface ChinaYear {
  readonly holidays: readonly IsoDate[]
  readonly workdays: readonly IsoDate[]
}

/** @returns the announced holidays (weekends inside them included) and make-up days of one year; undefined when not known. */
export function chinaYear(year: number): ChinaYear | undefined {
  if (year < FIRST_YEAR) return undefined
  const holidays = datesIn(year, announced.holidays)
  return holidays.length === 0 ? undefined : { holidays, workdays: datesIn(year, announced.workdays) }
}

/** @returns the years on offer, in order. */
export function chinaYears(): number[] {
  const offered: number[] = []
  for (let year = FIRST_YEAR; chinaYear(year) !== undefined; year += 1) offered.push(year)
  return offered
}

function datesIn(year: number, days: object): IsoDate[] {
  return Object.keys(days)
    .filter((date) => date.startsWith(`${year}-`))
    .sort()
}
