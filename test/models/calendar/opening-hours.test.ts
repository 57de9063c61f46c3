import { expect } from 'chai'
import { ALWAYS } from '../../../src/models/calendar/calendar.js'
import { isDayOff, isWorking, nextOpening } from '../../../src/models/calendar/opening-hours.js'
import { at, calendar, SHANGHAI, week } from './support.js'

describe('isWorking', () => {
  const rows: [string, string, boolean][] = [
    ['is true as a span begins', '2026-02-09T09:00+08:00', true],
    ['is false a millisecond before', '2026-02-09T08:59:59.999+08:00', false],
    ['is true until just before the end', '2026-02-09T11:59:59.999+08:00', true],
    ['is false at the end', '2026-02-09T12:00+08:00', false],
    ['is false at lunch', '2026-02-09T12:45+08:00', false],
    ['is false on a holiday', '2026-02-17T10:00+08:00', false],
    ['is true on a make-up Saturday', '2026-02-14T10:00+08:00', true],
    ['is false on a plain Saturday', '2026-02-07T10:00+08:00', false],
    ["goes by the calendar's zone, not by UTC", '2026-02-09T01:30Z', true],
  ]
  for (const [fact, when, expected] of rows)
    it(fact, () => expect(isWorking(SHANGHAI, at(when))).to.equal(expected))

  it('is always true around the clock', () => {
    expect(isWorking(ALWAYS, at('2026-02-08T00:00Z'))).to.equal(true)
    expect(isWorking(ALWAYS, at('2026-02-08T23:59:59.999Z'))).to.equal(true)
  })
})

describe('isDayOff', () => {
  const rows: [string, string, boolean][] = [
    ['is false at night on a working day', '2026-02-09T03:00+08:00', false],
    ['is true on a Sunday', '2026-02-08T10:00+08:00', true],
    ['is true on a holiday', '2026-02-17T10:00+08:00', true],
    ['is false on a make-up Saturday', '2026-02-14T03:00+08:00', false],
    ['is false on a holiday with hours of its own', '2026-02-23T20:00+08:00', false],
    ['is true on a day closed by an override', '2026-03-05T10:00+08:00', true],
    ['goes by the local date: Friday evening in UTC is Saturday in Shanghai', '2026-02-06T16:30Z', true],
  ]
  for (const [fact, when, expected] of rows)
    it(fact, () => expect(isDayOff(SHANGHAI, at(when))).to.equal(expected))
})

describe('nextOpening', () => {
  const rows: [string, string, string][] = [
    ['is the moment itself when open', '2026-02-09T10:00+08:00', '2026-02-09T10:00+08:00'],
    ['is the end of lunch', '2026-02-09T12:00+08:00', '2026-02-09T13:30+08:00'],
    ['is Monday morning on a Saturday', '2026-02-07T10:00+08:00', '2026-02-09T09:00+08:00'],
    ['is a make-up Saturday on the Friday before', '2026-02-13T20:00+08:00', '2026-02-14T09:00+08:00'],
    ['lies behind the holidays', '2026-02-15T10:00+08:00', '2026-02-23T09:00+08:00'],
  ]
  for (const [fact, when, opening] of rows) {
    it(fact, () => expect(nextOpening(SHANGHAI, at(when))?.toISOString()).to.equal(at(opening).toISOString()))
  }

  it('is unknown for a calendar without hours', () => {
    expect(nextOpening(calendar({ zone: 'UTC', weekly: week('') }), at('2026-02-09T10:00Z'))).to.equal(
      undefined,
    )
  })
})
