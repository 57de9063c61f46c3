import fc from 'fast-check'
import {
  type Calendar,
  type ClockSpan,
  type IsoDate,
  WEEKDAYS,
} from '../../../src/models/calendar/calendar.js'
import { HOUR } from './support.js'

/** Zones with awkward clocks, and instants at which each of them jumped. */
const JUMPS: Record<string, string[]> = {
  'America/New_York': ['2026-03-08T07:00Z', '2026-11-01T06:00Z'],
  'America/Sao_Paulo': ['2018-02-18T02:00Z', '2018-11-04T03:00Z', '2026-02-15T03:00Z'],
  'America/St_Johns': ['2010-03-14T03:31Z', '2010-11-07T02:31Z'],
  'America/Scoresbysund': ['2025-03-30T01:00Z', '2025-10-26T01:00Z'],
  'Asia/Shanghai': ['2026-02-14T00:00Z', '2026-12-31T16:00Z'],
  'Asia/Kathmandu': ['1985-12-31T18:30Z'],
  'Australia/Lord_Howe': ['2026-04-04T15:00Z', '2026-10-03T15:30Z'],
  'Europe/London': ['2026-03-29T01:00Z', '2026-10-25T01:00Z'],
  'Pacific/Apia': ['2011-12-30T10:00Z', '2012-03-31T14:00Z'],
  UTC: ['2026-01-01T00:00Z'],
}

/** Instants within four days of a jump. */
export function instantsNear(jump: Date): fc.Arbitrary<Date> {
  const ahead = fc.oneof(
    fc.integer({ min: -96 * HOUR, max: 96 * HOUR }),
    fc.integer({ min: -3 * HOUR, max: 3 * HOUR }),
  )
  return ahead.map((ms) => new Date(jump.getTime() + ms))
}

const minutes = fc.oneof(
  fc.integer({ min: 0, max: 1440 }),
  fc.integer({ min: 0, max: 48 }).map((half) => half * 30),
)

/** Up to three spans of one day that neither overlap nor touch. */
const daySpans: fc.Arbitrary<ClockSpan[]> = fc
  .uniqueArray(minutes, { maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) =>
    cuts.flatMap((to, index) => {
      const from = cuts[index - 1]
      return index % 2 === 0 || from === undefined ? [] : [{ from: clock(from), to: clock(to) }]
    }),
  )

const allDay = fc.constant<ClockSpan[]>([{ from: '00:00', to: '24:00' }])
const anyDay = fc.oneof({ weight: 4, arbitrary: daySpans }, { weight: 1, arbitrary: allDay })

export interface RandomCalendar {
  calendar: Calendar
  /** When this zone's clock jumped; the calendar's special dates lie around it. */
  jump: Date
}

const places = Object.entries(JUMPS).flatMap(([zone, jumps]) =>
  jumps.map((jump) => ({ zone, jump: new Date(jump) })),
)

export const calendars: fc.Arbitrary<RandomCalendar> = fc.constantFrom(...places).chain(({ zone, jump }) => {
  const date = instantsNear(jump).map((instant) => instant.toISOString().slice(0, 10))
  const calendar = fc.record({
    id: fc.constant('random'),
    zone: fc.constant(zone),
    weekly: fc.record({
      mon: anyDay,
      tue: anyDay,
      wed: anyDay,
      thu: anyDay,
      fri: anyDay,
      sat: anyDay,
      sun: anyDay,
    }),
    holidays: fc.array(date, { maxLength: 3 }),
    workdays: fc.uniqueArray(fc.record({ date, like: fc.constantFrom(...WEEKDAYS) }), {
      maxLength: 2,
      selector: (day) => day.date,
    }),
    overrides: fc.dictionary(date, anyDay, { maxKeys: 2 }),
  })
  return fc.record({ calendar: calendar.map(frozen), jump: fc.constant(jump) })
})

/** The same, unable to change: whoever tries throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const part of Object.values(value)) frozen(part)
    Object.freeze(value)
  }
  return value
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

interface WallClock {
  date: IsoDate
  weekday: (typeof WEEKDAYS)[number]
  minute: number
}

const formats = new Map(
  Object.keys(JUMPS).map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }),
  ]),
)

/** What a clock on the wall in that zone shows, by Intl alone. */
function wallClock(zone: string, at: Date): WallClock {
  const parts = formats.get(zone)?.formatToParts(at) ?? []
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((some) => some.type === type)?.value ?? ''
  const date = `${part('year')}-${part('month')}-${part('day')}`
  const weekday = WEEKDAYS[(new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7] ?? 'mon'
  return { date, weekday, minute: Number(part('hour')) * 60 + Number(part('minute')) }
}

/** The rule of precedence said once more, for a wall clock. */
export function wallClockSaysOpen(calendar: Calendar, at: Date): boolean {
  const { date, weekday, minute } = wallClock(calendar.zone, at)
  const makeup = calendar.workdays.find((day) => day.date === date)?.like
  const usual = calendar.holidays.includes(date) ? [] : calendar.weekly[weekday]
  const spans = calendar.overrides[date] ?? (makeup === undefined ? usual : calendar.weekly[makeup])
  const now = clock(minute)
  return spans.some(({ from, to }) => from <= now && now < to)
}

/** Whether the zone's clock goes back within a day and a half: there a start is the first and an end the second. */
export function isNearRepeatedHour(zone: string, at: Date): boolean {
  const around = [-36, 36].map((ahead) => new Date(at.getTime() + ahead * HOUR))
  const [before = 0, after = 0] = around.map((instant) => offsetMinutes(zone, instant))
  return after < before
}

function offsetMinutes(zone: string, at: Date): number {
  const { date, minute } = wallClock(zone, at)
  return Date.parse(`${date}T00:00Z`) / 60_000 + minute - Math.floor(at.getTime() / 60_000)
}
