import type { Calendar, ClockSpan, IsoDate, MakeupDay, Weekday } from './calendar.js'
import type { CalendarFile } from './calendar-file.js'
import { chinaYear } from './china-days.js'
import { presetYears } from './presets.js'
import { weekdaysIn } from './schema-parts.js'

export interface CalendarProblem {
  readonly path: (string | number)[]
  readonly message: string
}

interface BuiltCalendar {
  readonly calendar: Calendar
  readonly problems: readonly CalendarProblem[]
}

/** @returns the calendar that a well-formed file describes, and every contradiction in it; usable only without any. */
export function buildCalendar(file: CalendarFile): BuiltCalendar {
  const problems: CalendarProblem[] = []
  const weekly = buildWeekly(file, problems)
  const listed = new Set(file.holidays.flat())
  checkWorkdays(file, weekly, listed, problems)
  const preset = readPreset(file)
  const ownWorkdays = new Set(file.workdays.map(({ date }) => date))
  const holidays = [...preset.holidays.filter((date) => !ownWorkdays.has(date)), ...listed]
  const workdays: MakeupDay[] = [
    ...preset.workdays
      .filter((date) => !listed.has(date) && !ownWorkdays.has(date))
      .map((date) => ({ date })),
    ...file.workdays,
  ]
  const validThrough = file.validThrough ?? preset.validThrough ?? endOfLastYear([...listed, ...ownWorkdays])
  const calendar: Calendar = {
    id: file.id,
    zone: file.zone,
    weekly,
    holidays: [...new Set(holidays)].sort(),
    workdays: workdays.sort((a, b) => (a.date < b.date ? -1 : 1)),
    overrides: file.overrides,
    ...(validThrough === undefined ? {} : { validThrough }),
  }
  return { calendar, problems }
}

function buildWeekly(file: CalendarFile, problems: CalendarProblem[]): Record<Weekday, readonly ClockSpan[]> {
  const weekly: Partial<Record<Weekday, readonly ClockSpan[]>> = {}
  for (const [key, hours] of Object.entries(file.weekly)) {
    for (const day of weekdaysIn(key)) {
      if (weekly[day] !== undefined)
        problems.push({ path: ['weekly', key], message: `${day} is given twice` })
      weekly[day] = hours
    }
  }
  if (!Object.values(weekly).some((hours) => hours.length > 0)) {
    problems.push({ path: ['weekly'], message: 'expected working hours on at least one day' })
  }
  const { mon = [], tue = [], wed = [], thu = [], fri = [], sat = [], sun = [] } = weekly
  return { mon, tue, wed, thu, fri, sat, sun }
}

function checkWorkdays(
  file: CalendarFile,
  weekly: Calendar['weekly'],
  holidays: ReadonlySet<IsoDate>,
  problems: CalendarProblem[],
): void {
  const seen = new Set<IsoDate>()
  for (const [index, { date, like }] of file.workdays.entries()) {
    if (seen.has(date)) problems.push({ path: ['workdays', index], message: `${date} is given twice` })
    seen.add(date)
    if (holidays.has(date)) {
      problems.push({ path: ['workdays', index], message: `${date} is among the holidays too` })
    }
    if (like !== undefined && weekly[like].length === 0) {
      problems.push({ path: ['workdays', index, 'like'], message: `${like} has no working hours` })
    }
  }
}

interface PresetDays {
  readonly holidays: readonly IsoDate[]
  readonly workdays: readonly IsoDate[]
  readonly validThrough: IsoDate | undefined
}

function readPreset(file: CalendarFile): PresetDays {
  const years = [...new Set(file.preset.flatMap((name) => presetYears(name) ?? []))].sort()
  const days = years.flatMap((year) => chinaYear(year) ?? [])
  const lastYear = years.at(-1)
  return {
    holidays: days.flatMap(({ holidays }) => holidays),
    workdays: days.flatMap(({ workdays }) => workdays),
    validThrough: lastYear === undefined ? undefined : `${lastYear}-12-31`,
  }
}

function endOfLastYear(dates: readonly IsoDate[]): IsoDate | undefined {
  const last = [...dates].sort().at(-1)
  return last === undefined ? undefined : `${last.slice(0, 4)}-12-31`
}
