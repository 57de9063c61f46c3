import { expect } from 'chai'
import { addWorkingTime } from '../../../src/models/calendar/add-working-time.js'
import { ALWAYS, type Calendar } from '../../../src/models/calendar/calendar.js'
import { workingMsBetween } from '../../../src/models/calendar/working-spans.js'
import { at, calendar, HOUR, MINUTE, SHANGHAI, week } from './support.js'

type Row = [fact: string, from: string, ms: number, due: string]

const office: Row[] = [
  ['stays inside a morning', '2026-02-09T09:10+08:00', 90 * MINUTE, '2026-02-09T10:40+08:00'],
  ['skips lunch', '2026-02-09T11:00+08:00', 2 * HOUR, '2026-02-09T14:30+08:00'],
  [
    'ends at the end of a span, not at the next opening',
    '2026-02-09T11:00+08:00',
    HOUR,
    '2026-02-09T12:00+08:00',
  ],
  ['ends at the end of the day, not on the next', '2026-02-09T17:00+08:00', HOUR, '2026-02-09T18:00+08:00'],
  ['goes on to the next morning', '2026-02-09T17:00+08:00', 2 * HOUR, '2026-02-10T10:00+08:00'],
  ['starts at the opening when begun at night', '2026-02-09T03:00+08:00', HOUR, '2026-02-09T10:00+08:00'],
  ['starts after lunch when begun during it', '2026-02-09T12:30+08:00', HOUR, '2026-02-09T14:30+08:00'],
  [
    'starts after lunch when begun as it begins',
    '2026-02-09T12:00+08:00',
    1,
    '2026-02-09T13:30:00.001+08:00',
  ],
  ['skips a plain weekend', '2026-02-06T16:30+08:00', HOUR, '2026-02-09T09:30+08:00'],
  [
    'counts a make-up Saturday like the first working weekday',
    '2026-02-13T16:30+08:00',
    8 * HOUR,
    '2026-02-14T18:00+08:00',
  ],
  [
    'counts a make-up Saturday like the weekday it names',
    '2026-02-27T17:00+08:00',
    7 * HOUR,
    '2026-03-02T09:30+08:00',
  ],
  ['skips the holidays after it', '2026-02-14T17:00+08:00', 2 * HOUR, '2026-02-23T10:00+08:00'],
  ['follows an override on a holiday', '2026-02-20T12:00+08:00', 90 * MINUTE, '2026-02-24T09:30+08:00'],
  ['follows a shortened day', '2026-03-03T17:30+08:00', 90 * MINUTE, '2026-03-04T11:00+08:00'],
  ['skips a day closed by an override', '2026-03-04T10:30+08:00', HOUR, '2026-03-06T09:30+08:00'],
  ['gives the moment itself for nothing, when open', '2026-02-09T10:00+08:00', 0, '2026-02-09T10:00+08:00'],
  ['gives the moment itself for nothing, when closed', '2026-02-08T10:00+08:00', 0, '2026-02-08T10:00+08:00'],
  [
    'gives the moment itself for less than nothing',
    '2026-02-08T10:00+08:00',
    -HOUR,
    '2026-02-08T10:00+08:00',
  ],
  ['rounds a fraction of a millisecond up', '2026-02-09T10:00+08:00', 0.2, '2026-02-09T10:00:00.001+08:00'],
]

const clock: Row[] = [
  ['is plain addition', '2026-02-28T23:00Z', 26 * HOUR, '2026-03-02T01:00Z'],
  ['is plain addition before 1970', '1969-12-30T23:00Z', 26 * HOUR, '1970-01-01T01:00Z'],
]

const night = calendar({ zone: 'Asia/Shanghai', weekly: week('00:00-06:00 22:00-24:00') })
const nightShift: Row[] = [
  ['passes midnight without a gap', '2026-02-09T23:00+08:00', 3 * HOUR, '2026-02-10T02:00+08:00'],
  ['may end at midnight itself', '2026-02-09T22:30+08:00', 90 * MINUTE, '2026-02-10T00:00+08:00'],
  ['waits through the day', '2026-02-09T05:00+08:00', 2 * HOUR, '2026-02-09T23:00+08:00'],
]

describe('addWorkingTime', () => {
  const tables: [string, Calendar, Row[]][] = [
    ['in an office in Shanghai', SHANGHAI, office],
    ['around the clock', ALWAYS, clock],
    ['on a night shift', night, nightShift],
  ]
  for (const [where, which, rows] of tables) {
    describe(where, () => {
      for (const [fact, from, ms, due] of rows) {
        it(fact, () => {
          const result = addWorkingTime(which, at(from), ms)
          expect(result?.at.toISOString()).to.equal(at(due).toISOString())
          expect(workingMsBetween(which, at(from), at(due))).to.equal(Math.max(0, Math.ceil(ms)))
        })
      }
    })
  }

  describe('certain', () => {
    const rows: [string, string, number, boolean][] = [
      ['holds within the known days', '2026-12-31T10:00+08:00', HOUR, true],
      ['holds at the very end of the last known day', '2027-01-01T00:00+08:00', 0, true],
      ['is lost when the answer lies past them', '2026-12-31T17:30+08:00', HOUR, false],
      ['is lost when the start lies past them', '2027-03-01T10:00+08:00', 0, false],
    ]
    for (const [fact, from, ms, certain] of rows) {
      it(fact, () => expect(addWorkingTime(SHANGHAI, at(from), ms)?.certain).to.equal(certain))
    }

    it('holds for ever in a calendar that cannot run out', () => {
      expect(addWorkingTime(ALWAYS, at('2090-01-01T00:00Z'), HOUR)?.certain).to.equal(true)
    })
  })

  it('gives up on a calendar without hours', () => {
    const shut = calendar({ zone: 'Asia/Shanghai', weekly: week('') })
    expect(addWorkingTime(shut, at('2026-02-09T10:00Z'), 1)).to.equal(undefined)
    expect(addWorkingTime(shut, at('2026-02-09T10:00Z'), 0)?.at).to.deep.equal(at('2026-02-09T10:00Z'))
  })

  it('gives up when five years have less working time than asked', () => {
    expect(addWorkingTime(ALWAYS, at('2026-02-09T10:00Z'), 4 * 365 * 24 * HOUR)?.at).to.deep.equal(
      at('2030-02-08T10:00Z'),
    )
    expect(addWorkingTime(ALWAYS, at('2026-02-09T10:00Z'), 6 * 366 * 24 * HOUR)).to.equal(undefined)
    expect(addWorkingTime(ALWAYS, at('2026-02-09T10:00Z'), Number.POSITIVE_INFINITY)).to.equal(undefined)
  })

  it('refuses what is not a number', () => {
    expect(() => addWorkingTime(ALWAYS, new Date(Number.NaN), 1)).to.throw(RangeError)
    expect(() => addWorkingTime(ALWAYS, at('2026-02-09T10:00Z'), Number.NaN)).to.throw(RangeError)
  })
})
