import type { Calendar, ClockSpan, Span, Weekday } from '../../../src/models/calendar/calendar.js'
import { WEEKDAYS } from '../../../src/models/calendar/calendar.js'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** Reads `09:00-12:00 13:30-18:00`; empty text is a day off. */
export function hours(text: string): ClockSpan[] {
  return text.split(' ').flatMap((span) => {
    const [from, to] = span.split('-')
    return from === undefined || to === undefined ? [] : [{ from, to }]
  })
}

/** A week in which the named days have the same hours. */
export function week(text: string, days: readonly Weekday[] = WEEKDAYS): Calendar['weekly'] {
  const on = (day: Weekday) => (days.includes(day) ? hours(text) : [])
  return {
    mon: on('mon'),
    tue: on('tue'),
    wed: on('wed'),
    thu: on('thu'),
    fri: on('fri'),
    sat: on('sat'),
    sun: on('sun'),
  }
}

export const MON_TO_FRI: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri']

export function calendar(parts: Partial<Calendar> & Pick<Calendar, 'zone' | 'weekly'>): Calendar {
  return { id: 'test', holidays: [], workdays: [], overrides: {}, ...parts }
}

/** An instant written with its offset, so that no test depends on the machine's zone. */
export function at(text: string): Date {
  if (!/(Z|[+-]\d\d:\d\d)$/.test(text)) throw new Error(`${text} has no offset`)
  return new Date(text)
}

/** Reads `FROM/TO`, both with their offset. */
export function span(text: string): Span {
  const [from = '', to = ''] = text.split('/')
  return { from: at(from), to: at(to) }
}

/** An office in Shanghai around the Spring Festival of 2026, with a lunch gap and two make-up Saturdays. */
export const SHANGHAI = calendar({
  zone: 'Asia/Shanghai',
  weekly: { ...week('09:00-12:00 13:30-18:00', MON_TO_FRI), fri: hours('09:00-12:00 13:30-17:00') },
  holidays: ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-23'],
  workdays: [{ date: '2026-02-14' }, { date: '2026-02-28', like: 'fri' }],
  overrides: { '2026-03-04': hours('10:00-11:00'), '2026-03-05': [], '2026-02-23': hours('09:00-10:00') },
  validThrough: '2026-12-31',
})

export const AROUND_THE_CLOCK = (zone: string): Calendar => calendar({ zone, weekly: week('00:00-24:00') })
