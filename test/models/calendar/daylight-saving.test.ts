import { expect } from 'chai'
import { addWorkingTime } from '../../../src/models/calendar/add-working-time.js'
import { explainSpans } from '../../../src/models/calendar/explain-spans.js'
import { isDayOff, isWorking } from '../../../src/models/calendar/opening-hours.js'
import { workingMsBetween, workingSpans } from '../../../src/models/calendar/working-spans.js'
import { AROUND_THE_CLOCK, at, calendar, HOUR, MINUTE, span, week } from './support.js'

/** Working spans of one stretch: hours of every day, the range looked at, and the spans in UTC. */
type Row = [fact: string, zone: string, hours: string, range: string, spans: string[]]

const rows: Row[] = [
  [
    'a night shift is an hour shorter when New York springs forward',
    'America/New_York',
    '00:00-06:00',
    '2026-03-08T00:00-05:00/2026-03-09T00:00-04:00',
    ['2026-03-08T05:00Z/2026-03-08T10:00Z'],
  ],
  [
    'a night shift is an hour longer when New York falls back',
    'America/New_York',
    '00:00-06:00',
    '2026-11-01T00:00-04:00/2026-11-02T00:00-05:00',
    ['2026-11-01T04:00Z/2026-11-01T11:00Z'],
  ],
  [
    'a start that New York skips moves to the end of the gap',
    'America/New_York',
    '02:30-04:00',
    '2026-03-08T00:00-05:00/2026-03-09T00:00-04:00',
    ['2026-03-08T07:00Z/2026-03-08T08:00Z'],
  ],
  [
    'an end that New York skips moves to the end of the gap',
    'America/New_York',
    '01:00-02:30',
    '2026-03-08T00:00-05:00/2026-03-09T00:00-04:00',
    ['2026-03-08T06:00Z/2026-03-08T07:00Z'],
  ],
  [
    'hours that New York skips altogether have no length',
    'America/New_York',
    '02:10-02:50',
    '2026-03-08T00:00-05:00/2026-03-09T00:00-04:00',
    [],
  ],
  [
    'hours on both sides of a skipped break are counted once',
    'America/New_York',
    '01:00-02:20 02:40-04:00',
    '2026-03-08T00:00-05:00/2026-03-09T00:00-04:00',
    ['2026-03-08T06:00Z/2026-03-08T08:00Z'],
  ],
  [
    'a start that occurs twice is the first, an end the second',
    'America/New_York',
    '01:15-01:45',
    '2026-11-01T00:00-04:00/2026-11-02T00:00-05:00',
    ['2026-11-01T05:15Z/2026-11-01T06:45Z'],
  ],
  [
    'hours that meet inside a repeated hour are counted once',
    'America/New_York',
    '00:00-01:20 01:40-03:00',
    '2026-11-01T00:00-04:00/2026-11-02T00:00-05:00',
    ['2026-11-01T04:00Z/2026-11-01T08:00Z'],
  ],
  [
    'London springs forward at one',
    'Europe/London',
    '00:30-02:30',
    '2026-03-29T00:00+00:00/2026-03-30T00:00+01:00',
    ['2026-03-29T00:30Z/2026-03-29T01:30Z'],
  ],
  [
    'London falls back at two',
    'Europe/London',
    '00:30-02:30',
    '2026-10-25T00:00+01:00/2026-10-26T00:00+00:00',
    ['2026-10-24T23:30Z/2026-10-25T02:30Z'],
  ],
  [
    'Lord Howe moves by half an hour: forward',
    'Australia/Lord_Howe',
    '01:00-03:00',
    '2026-10-04T00:00+10:30/2026-10-05T00:00+11:00',
    ['2026-10-03T14:30Z/2026-10-03T16:00Z'],
  ],
  [
    'Lord Howe moves by half an hour: back',
    'Australia/Lord_Howe',
    '01:00-03:00',
    '2026-04-05T00:00+11:00/2026-04-06T00:00+10:30',
    ['2026-04-04T14:00Z/2026-04-04T16:30Z'],
  ],
  [
    'São Paulo skipped a midnight in 2018',
    'America/Sao_Paulo',
    '00:00-02:00 23:00-24:00',
    '2018-11-03T12:00-03:00/2018-11-04T12:00-02:00',
    ['2018-11-04T02:00Z/2018-11-04T04:00Z'],
  ],
  [
    'São Paulo repeated the hour before a midnight in 2018',
    'America/Sao_Paulo',
    '00:00-02:00 23:00-24:00',
    '2018-02-17T12:00-02:00/2018-02-18T12:00-03:00',
    ['2018-02-18T01:00Z/2018-02-18T05:00Z'],
  ],
  [
    'São Paulo has not moved its clock since 2019',
    'America/Sao_Paulo',
    '00:00-02:00 23:00-24:00',
    '2026-11-01T12:00-03:00/2026-11-02T12:00-03:00',
    ['2026-11-02T02:00Z/2026-11-02T05:00Z'],
  ],
  [
    'Shanghai never moves its clock',
    'Asia/Shanghai',
    '01:00-03:00',
    '2026-03-08T00:00+08:00/2026-03-09T00:00+08:00',
    ['2026-03-07T17:00Z/2026-03-07T19:00Z'],
  ],
  [
    "St. John's repeated the minutes around a midnight in 2010: hours of both days are counted once",
    'America/St_Johns',
    '00:00-01:00 23:30-24:00',
    '2010-11-06T22:00-02:30/2010-11-07T03:00-03:30',
    ['2010-11-07T02:00Z/2010-11-07T04:30Z'],
  ],
  [
    "an end that St. John's repeated from beyond midnight is the second",
    'America/St_Johns',
    '23:15-23:45',
    '2010-11-06T12:00-02:30/2010-11-07T12:00-03:30',
    ['2010-11-07T01:45Z/2010-11-07T03:15Z'],
  ],
  [
    'Samoa skipped a whole day in 2011',
    'Pacific/Apia',
    '09:00-17:00',
    '2011-12-29T00:00-10:00/2012-01-01T00:00+14:00',
    ['2011-12-29T19:00Z/2011-12-30T03:00Z', '2011-12-30T19:00Z/2011-12-31T03:00Z'],
  ],
]

describe('working spans over a change of the clock', () => {
  for (const [fact, zone, daily, range, spans] of rows) {
    it(fact, () => {
      const which = calendar({ zone, weekly: week(daily) })
      const { from, to } = span(range)
      expect(workingSpans(which, from, to)).to.deep.equal(spans.map(span))
      const sum = spans.map(span).reduce((ms, { from, to }) => ms + to.getTime() - from.getTime(), 0)
      expect(workingMsBetween(which, from, to)).to.equal(sum)
    })
  }

  it('adds elapsed time, not wall time, across the gap', () => {
    const result = addWorkingTime(AROUND_THE_CLOCK('America/New_York'), at('2026-03-08T01:30-05:00'), HOUR)
    expect(result?.at).to.deep.equal(at('2026-03-08T03:30-04:00'))
  })

  it('tells the two one-thirties of a repeated hour apart', () => {
    const which = AROUND_THE_CLOCK('America/New_York')
    const first = at('2026-11-01T01:30-04:00')
    expect(addWorkingTime(which, first, HOUR)?.at).to.deep.equal(at('2026-11-01T01:30-05:00'))
  })

  it('follows the wall clock just after a gap', () => {
    const which = calendar({ zone: 'America/New_York', weekly: week('02:30-04:00') })
    expect(isWorking(which, at('2026-03-08T03:00-04:00'))).to.equal(true)
    expect(isWorking(which, at('2026-03-08T01:59:59.999-05:00'))).to.equal(false)
  })

  it('leaves a day off where all its hours are skipped', () => {
    const which = calendar({ zone: 'America/New_York', weekly: week('02:10-02:50') })
    const { from, to } = span('2026-03-08T00:00-05:00/2026-03-09T00:00-04:00')
    expect(isDayOff(which, at('2026-03-08T12:00-04:00'))).to.equal(true)
    expect(isDayOff(which, at('2026-03-09T12:00-04:00'))).to.equal(false)
    expect(explainSpans(which, from, to, []).map(({ reason }) => reason)).to.deep.equal(['day_off'])
  })

  it('has days of 23, 24 and 25 hours', () => {
    const which = AROUND_THE_CLOCK('Europe/London')
    expect(workingMsBetween(which, at('2026-03-29T00:00+00:00'), at('2026-03-30T00:00+01:00'))).to.equal(
      23 * HOUR,
    )
    expect(workingMsBetween(which, at('2026-03-30T00:00+01:00'), at('2026-03-31T00:00+01:00'))).to.equal(
      24 * HOUR,
    )
    expect(workingMsBetween(which, at('2026-10-25T00:00+01:00'), at('2026-10-26T00:00+00:00'))).to.equal(
      25 * HOUR,
    )
  })

  it('sums up the same wherever a repeated hour is cut', () => {
    const which = calendar({ zone: 'Australia/Lord_Howe', weekly: week('01:20-01:50 02:00-03:00') })
    const { from, to } = span('2026-04-05T00:00+11:00/2026-04-05T06:00+10:30')
    const whole = workingMsBetween(which, from, to)
    for (let cut = from.getTime(); cut <= to.getTime(); cut += 5 * MINUTE) {
      const middle = new Date(cut)
      expect(workingMsBetween(which, from, middle) + workingMsBetween(which, middle, to)).to.equal(whole)
    }
  })
})
