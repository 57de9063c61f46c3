/** What a working calendar is: plain data, shared by reference and never changed in place. */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export type Weekday = (typeof WEEKDAYS)[number]

/** A local date, `YYYY-MM-DD`. */
export type IsoDate = string

/** Working hours on one local day, `HH:MM`; `to` may be `24:00`. Hours that pass midnight are two of these. */
export interface ClockSpan {
  readonly from: string
  readonly to: string
}

/** A make-up working day (调休): the date works like the named weekday, or like the first one that has hours. */
export interface MakeupDay {
  readonly date: IsoDate
  readonly like?: Weekday | undefined
}

/**
 * Precedence on one date: overrides, then workdays, then holidays, then weekly.
 * Day tables are remembered per object, so a changed calendar must be a new object.
 */
export interface Calendar {
  readonly id: string
  /** IANA name. */
  readonly zone: string
  readonly weekly: Readonly<Record<Weekday, readonly ClockSpan[]>>
  readonly holidays: readonly IsoDate[]
  readonly workdays: readonly MakeupDay[]
  /** An empty list closes the day. */
  readonly overrides: Readonly<Record<IsoDate, readonly ClockSpan[]>>
  /** The last date whose holidays are known; absent means that nothing can run out. */
  readonly validThrough?: IsoDate | undefined
}

/** A stretch of time: `from` included, `to` not. */
export interface Span {
  readonly from: Date
  readonly to: Date
}

const ALL_DAY: readonly ClockSpan[] = [{ from: '00:00', to: '24:00' }]

/** Around the clock, for promises that know no night. */
export const ALWAYS: Calendar = {
  id: 'always',
  zone: 'UTC',
  weekly: {
    mon: ALL_DAY,
    tue: ALL_DAY,
    wed: ALL_DAY,
    thu: ALL_DAY,
    fri: ALL_DAY,
    sat: ALL_DAY,
    sun: ALL_DAY,
  },
  holidays: [],
  workdays: [],
  overrides: {},
}
