import { expect } from 'chai'
import { parse } from 'yaml'
import { z } from 'zod'
import { addWorkingTime } from '../../../src/models/calendar/add-working-time.js'
import { chinaYears } from '../../../src/models/calendar/china-days.js'
import { calendarSchema } from '../../../src/models/calendar/schema.js'
import { at, HOUR, hours, MON_TO_FRI, week } from './support.js'

const PLAIN = { id: 'office', zone: 'Europe/London', weekly: { 'mon-fri': ['09:00-12:00', '13:00-17:00'] } }

/** `path: message` for every problem, as a desk file would show them. */
function problems(change: Record<string, unknown>): string[] {
  const result = z
    .object({ calendars: z.array(calendarSchema) })
    .safeParse({ calendars: [{ ...PLAIN, ...change }] })
  return (result.error?.issues ?? []).map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`)
}

describe('calendarSchema', () => {
  it('reads what a desk file says', () => {
    const file: unknown = parse(`
      id: shanghai
      zone: Asia/Shanghai
      weekly:
        mon-thu: [13:30-18:00, 9:00-12:00]
        fri: ['09:00-12:00']
      holidays: [2026-02-16/2026-02-18, 2026-01-01]
      workdays: [2026-02-14, { date: 2026-02-28, like: fri }]
      overrides: { 2026-12-31: [09:00-11:00], 2026-12-30: [] }
      validThrough: 2026-12-31
    `)
    expect(calendarSchema.parse(file)).to.deep.equal({
      id: 'shanghai',
      zone: 'Asia/Shanghai',
      weekly: { ...week('09:00-12:00 13:30-18:00', ['mon', 'tue', 'wed', 'thu']), fri: hours('09:00-12:00') },
      holidays: ['2026-01-01', '2026-02-16', '2026-02-17', '2026-02-18'],
      workdays: [{ date: '2026-02-14' }, { date: '2026-02-28', like: 'fri' }],
      overrides: { '2026-12-31': hours('09:00-11:00'), '2026-12-30': [] },
      validThrough: '2026-12-31',
    })
  })

  it('takes a range of days over the end of the week', () => {
    const { weekly } = calendarSchema.parse({ ...PLAIN, weekly: { 'sat-mon': ['00:00-24:00'] } })
    expect(weekly).to.deep.equal(week('00:00-24:00', ['sat', 'sun', 'mon']))
  })

  it('never runs out without any date, even when the last of it lies in the past', () => {
    expect(calendarSchema.parse(PLAIN)).to.not.have.property('validThrough')
    expect(calendarSchema.parse({ ...PLAIN, validThrough: '2001-12-31' }).validThrough).to.equal('2001-12-31')
  })

  it('takes listed days to be complete up to the end of their last year', () => {
    expect(calendarSchema.parse({ ...PLAIN, holidays: ['2026-12-25', '2025-12-25'] }).validThrough).to.equal(
      '2026-12-31',
    )
    expect(calendarSchema.parse({ ...PLAIN, workdays: ['2027-01-02'] }).validThrough).to.equal('2027-12-31')
  })

  it('reads its own output again', () => {
    const once = calendarSchema.parse({
      ...PLAIN,
      preset: 'cn',
      overrides: { '2026-12-31': ['09:00-11:00'] },
    })
    expect(calendarSchema.parse(once)).to.deep.equal(once)
  })

  it('has a JSON Schema for editors', () => {
    const schema = z.toJSONSchema(calendarSchema, { io: 'input' })
    expect(schema.required).to.deep.equal(['id', 'zone', 'weekly'])
  })

  describe('a Chinese preset', () => {
    const SHANGHAI = { ...PLAIN, zone: 'Asia/Shanghai' }

    it('fills holidays, make-up days and their end', () => {
      const read = calendarSchema.parse({ ...SHANGHAI, preset: 'cn-2026' })
      expect(read.holidays).to.include.members(['2026-02-16', '2026-10-07']).and.not.include('2025-10-01')
      expect(read.workdays).to.deep.include({ date: '2026-02-14' })
      expect(read.validThrough).to.equal('2026-12-31')
      const due = addWorkingTime(read, at('2026-02-13T17:00+08:00'), 7 * HOUR)
      expect(due).to.deep.equal({ at: at('2026-02-14T17:00+08:00'), certain: true })
    })

    it('joins several years', () => {
      const read = calendarSchema.parse({ ...SHANGHAI, preset: ['cn-2026', 'cn-2025'] })
      expect(read.holidays).to.include.members(['2025-10-01', '2026-10-01'])
      expect(read.validThrough).to.equal('2026-12-31')
    })

    it('takes every year it knows under its plain name', () => {
      const read = calendarSchema.parse({ ...SHANGHAI, preset: 'cn' })
      expect(read.holidays).to.include.members(['2024-10-01', '2025-10-01', '2026-10-01'])
    })

    it('yields to what the file itself lists', () => {
      const read = calendarSchema.parse({
        ...SHANGHAI,
        preset: 'cn-2026',
        holidays: ['2026-02-14'],
        workdays: [
          { date: '2026-02-23', like: 'mon' },
          { date: '2026-02-28', like: 'fri' },
        ],
        validThrough: '2027-06-30',
      })
      expect(read.holidays).to.include('2026-02-14').and.not.include('2026-02-23')
      expect(read.workdays.map(({ date }) => date)).to.not.include('2026-02-14')
      expect(read.workdays.filter(({ date }) => date === '2026-02-28')).to.deep.equal([
        { date: '2026-02-28', like: 'fri' },
      ])
      expect(read.validThrough).to.equal('2027-06-30')
    })
  })

  describe('refuses', () => {
    const date = 'expected a date like 2026-02-14'
    const range = 'expected a date like 2026-02-14, or a range like 2026-02-15/2026-02-23'
    const clock = 'expected hours like 09:00-12:00, from 00:00 to 24:00'
    const midnight = 'hours that pass midnight are two: 22:00-24:00, and 00:00-06:00 on the next day'
    const rows: [fact: string, change: Record<string, unknown>, expected: string[]][] = [
      ['a time that is none', { weekly: { mon: ['09:00-12:60'] } }, [`weekly.mon.0: ${clock}`]],
      ['hours without an end', { weekly: { mon: ['08:00-09:00', '09:00'] } }, [`weekly.mon.1: ${clock}`]],
      ['a time after 24:00', { weekly: { mon: ['09:00-24:01'] } }, [`weekly.mon.0: ${clock}`]],
      [
        'hours that pass midnight, and says how to write them',
        { weekly: { mon: ['22:00-06:00'] } },
        [`weekly.mon.0: 22:00 is not before 06:00; ${midnight}`],
      ],
      [
        'hours of no length',
        { overrides: { '2026-01-01': ['09:00-09:00'] } },
        [`overrides.2026-01-01.0: 09:00 is not before 09:00; ${midnight}`],
      ],
      [
        'hours that overlap',
        { weekly: { mon: ['09:00-12:00', '11:59-13:00'] } },
        ['weekly.mon.1: 11:59-13:00 overlaps 09:00-12:00'],
      ],
      [
        'a day that is none',
        { weekly: { 'mon-fry': ['09:00-12:00'] } },
        ['weekly.mon-fry: expected a day (mon, tue, wed, thu, fri, sat, sun) or a range like mon-fri'],
      ],
      [
        'a day given twice',
        { weekly: { 'mon-fri': ['09:00-12:00'], fri: ['09:00-11:00'] } },
        ['weekly.fri: fri is given twice'],
      ],
      [
        'a week without hours',
        { weekly: { 'mon-sun': [] } },
        ['weekly: expected working hours on at least one day'],
      ],
      [
        'an unknown zone',
        { zone: 'Asia/Peking' },
        ['zone: unknown time zone; expected an IANA name like Asia/Shanghai or America/New_York'],
      ],
      [
        'an offset for a zone',
        { zone: '+08:00' },
        ['zone: unknown time zone; expected an IANA name like Asia/Shanghai or America/New_York'],
      ],
      ['a date that no calendar has', { holidays: ['2026-02-29'] }, [`holidays.0: ${range}`]],
      ['half a range', { holidays: ['2026-01-01', '2026-02-01/soon'] }, [`holidays.1: ${range}`]],
      [
        'a range that runs backwards',
        { holidays: ['2026-02-02/2026-02-01'] },
        ['holidays.0: the range ends before it starts'],
      ],
      [
        'a range over years',
        { holidays: ['2025-02-02/2026-02-03'] },
        ['holidays.0: the range is longer than 366 days'],
      ],
      [
        'a make-up day that is no date',
        { workdays: ['14.2.2026'] },
        ['workdays.0: expected a date like 2026-02-14, or { date, like: mon … sun }'],
      ],
      [
        'a make-up day without a date',
        { workdays: [{ date: 'x', like: 'fri' }] },
        [`workdays.0.date: ${date}`],
      ],
      [
        'a make-up day like a day without hours',
        { workdays: [{ date: '2026-02-14', like: 'sat' }] },
        ['workdays.0.like: sat has no working hours'],
      ],
      [
        'a day that is both off and made up',
        { holidays: ['2026-02-14'], workdays: ['2026-02-07', '2026-02-14'] },
        ['workdays.1: 2026-02-14 is among the holidays too'],
      ],
      [
        'a make-up day given twice',
        { workdays: ['2026-02-14', '2026-02-14'] },
        ['workdays.1: 2026-02-14 is given twice'],
      ],
      ['an override for no date', { overrides: { '1.1.': [] } }, [`overrides.1.1.: ${date}`]],
      [
        'an end that is no date',
        { validThrough: '2026-02-30' },
        ['validThrough: the calendar has no such date'],
      ],
      [
        'an unknown preset, and names those it knows',
        { preset: 'cn-2019' },
        [`preset: unknown preset; expected cn, or a year of it: cn-${chinaYears().join(', cn-')}`],
      ],
      [
        'an unknown preset in a list',
        { preset: ['cn', 'us'] },
        [`preset.1: unknown preset; expected cn, or a year of it: cn-${chinaYears().join(', cn-')}`],
      ],
      ['a misspelt key', { holiday: [] }, [': Unrecognized key: "holiday"']],
    ]
    for (const [fact, change, expected] of rows) {
      it(fact, () => expect(problems(change)).to.deep.equal(expected))
    }

    it('several mistakes at once, each with its path', () => {
      const found = problems({
        zone: 'Mars',
        weekly: { mon: ['9'], tue: ['10:00-09:00'] },
        holidays: ['x'],
        validThrough: 7,
      })
      expect(found.map((problem) => problem.split(':')[0])).to.deep.equal([
        'zone',
        'weekly.mon.0',
        'weekly.tue.0',
        'holidays.0',
        'validThrough',
      ])
    })
  })

  it('accepts hours that touch', () => {
    expect(problems({ weekly: { mon: ['12:00-18:00', '09:00-12:00', '18:00-24:00'] } })).to.deep.equal([])
  })

  it('accepts a plain week', () => {
    expect(problems({})).to.deep.equal([])
    expect(calendarSchema.parse(PLAIN).weekly).to.deep.equal(week('09:00-12:00 13:00-17:00', MON_TO_FRI))
  })
})
