import chineseDays from 'chinese-days'
import type { IsoDate } from './calendar.js'
import { epochDayOf, toIsoDate } from './epoch-day.js'

/*
 * Public holidays and make-up days of mainland China, as the State Council announces them each autumn for the next year.
 * Source: npm chinese-days, MIT, © its authors. A newer version of the package brings newer years.
 */

/** The first year on offer: older ones are of no use to a desk. */
const FIRST_YEAR = 2024

export interface ChinaYear {
  readonly holidays: readonly IsoDate[]
  readonly workdays: readonly IsoDate[]
}

const years = new Map<number, ChinaYear>()

/** @returns the announced holidays (weekends inside them included) and make-up days of one year; undefined when not known. */
export function chinaYear(year: number): ChinaYear | undefined {
  if (year < FIRST_YEAR) return undefined
  const known = years.get(year)
  if (known !== undefined) return known
  const announced = readYear(year)
  if (announced.holidays.length === 0) return undefined
  years.set(year, announced)
  return announced
}

/** @returns the years on offer, in order. */
export function chinaYears(): number[] {
  const offered: number[] = []
  for (let year = FIRST_YEAR; chinaYear(year) !== undefined; year += 1) offered.push(year)
  return offered
}

function readYear(year: number): ChinaYear {
  const holidays: IsoDate[] = []
  const workdays: IsoDate[] = []
  for (let day = epochDayOf(`${year}-01-01`); day < epochDayOf(`${year + 1}-01-01`); day += 1) {
    const date = toIsoDate(day)
    const { name, work } = chineseDays.getDayDetail(localNoon(date))
    // An announced day is named "English,中文,length"; any other bears its weekday's name.
    if (name.includes(',')) (work ? workdays : holidays).push(date)
  }
  return { holidays, workdays }
}

/** The package reads a date in the machine's own zone; its noon is on that date everywhere. */
function localNoon(date: IsoDate): Date {
  return new Date(`${date}T12:00:00`)
}
