import { type Calendar, type ClockSpan, WEEKDAYS, type Weekday } from './calendar.js'
import { type MinuteSpan, minuteSpans } from './clock-span.js'
import { epochDayOf, weekdayOf } from './epoch-day.js'
import { dayStartMs, wallTimeMs } from './zone-days.js'

/** Why time counts. */
export type OpenReason = 'working' | 'makeup_day'
/** Why time does not count. */
export type ClosedReason = 'outside_hours' | 'holiday' | 'day_off'

/** One local day of one calendar, in epoch milliseconds. */
export interface DayPlan {
  readonly startMs: number
  /** Where the next local day starts. */
  readonly endMs: number
  /** In order. */
  readonly spans: readonly MsSpan[]
  readonly openReason: OpenReason
  readonly closedReason: ClosedReason
}

export interface MsSpan {
  readonly fromMs: number
  readonly toMs: number
}

interface DayRules {
  readonly weekly: ReadonlyMap<Weekday, readonly MinuteSpan[]>
  readonly holidays: ReadonlySet<number>
  readonly workdays: ReadonlyMap<number, readonly MinuteSpan[]>
  readonly overrides: ReadonlyMap<number, readonly MinuteSpan[]>
  readonly plans: Map<number, DayPlan>
}

/** Eleven years of days; beyond it a calendar's plans start anew. */
const MAX_PLANS = 4_096

const rulesByCalendar = new WeakMap<Calendar, DayRules>()

/**
 * @returns the plan of one local day; remembered for as long as the calendar object lives.
 * @throws RangeError when the calendar holds an unknown zone, a bad time or a bad date (its schema lets none pass).
 */
export function dayPlan(calendar: Calendar, epochDay: number): DayPlan {
  const rules = rulesOf(calendar)
  const known = rules.plans.get(epochDay)
  if (known !== undefined) return known
  const plan = makePlan(calendar.zone, epochDay, rules)
  if (rules.plans.size >= MAX_PLANS) rules.plans.clear()
  rules.plans.set(epochDay, plan)
  return plan
}

function makePlan(zone: string, epochDay: number, rules: DayRules): DayPlan {
  const hours = hoursOn(epochDay, rules)
  const isHoliday = rules.holidays.has(epochDay)
  const spans = hours
    .map(({ from, to }) => ({
      fromMs: wallTimeMs(zone, epochDay, from, 'start'),
      toMs: wallTimeMs(zone, epochDay, to, 'end'),
    }))
    // What lies wholly in a skipped hour has no length.
    .filter(({ fromMs, toMs }) => fromMs < toMs)
  return {
    startMs: dayStartMs(zone, epochDay),
    endMs: dayStartMs(zone, epochDay + 1),
    spans,
    openReason: rules.workdays.has(epochDay) ? 'makeup_day' : 'working',
    closedReason: spans.length > 0 ? 'outside_hours' : isHoliday ? 'holiday' : 'day_off',
  }
}

function hoursOn(epochDay: number, rules: DayRules): readonly MinuteSpan[] {
  const special = rules.overrides.get(epochDay) ?? rules.workdays.get(epochDay)
  if (special !== undefined) return special
  if (rules.holidays.has(epochDay)) return []
  return rules.weekly.get(weekdayOf(epochDay)) ?? []
}

function rulesOf(calendar: Calendar): DayRules {
  const known = rulesByCalendar.get(calendar)
  if (known !== undefined) return known
  const weekly = new Map(WEEKDAYS.map((day) => [day, minuteSpans(calendar.weekly[day])]))
  const usual = [...weekly.values()].find((spans) => spans.length > 0) ?? []
  const rules: DayRules = {
    weekly,
    holidays: new Set(calendar.holidays.map(epochDayOf)),
    workdays: new Map(
      calendar.workdays.map(({ date, like }) => [
        epochDayOf(date),
        (like === undefined ? undefined : weekly.get(like)) ?? usual,
      ]),
    ),
    overrides: new Map(Object.entries(calendar.overrides).map(overrideEntry)),
    plans: new Map(),
  }
  rulesByCalendar.set(calendar, rules)
  return rules
}

function overrideEntry([date, spans]: [string, readonly ClockSpan[]]): [number, readonly MinuteSpan[]] {
  return [epochDayOf(date), minuteSpans(spans)]
}
