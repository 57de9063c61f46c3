import { expect } from 'chai'
import { ALWAYS } from '../../../src/models/calendar/calendar.js'
import { daysOfDataLeft, runsOutOfDataWithin } from '../../../src/models/calendar/calendar-data.js'
import { at, SHANGHAI } from './support.js'

describe('daysOfDataLeft', () => {
  const rows: [string, string, number][] = [
    ['counts the days that follow', '2026-12-01T10:00+08:00', 30],
    ['is 0 on the last known day', '2026-12-31T23:59+08:00', 0],
    ['is negative past it', '2027-01-01T00:00+08:00', -1],
    ['goes by the local date', '2026-12-30T16:00Z', 0],
  ]
  for (const [fact, when, left] of rows)
    it(fact, () => expect(daysOfDataLeft(SHANGHAI, at(when))).to.equal(left))

  it('is unknown for a calendar that cannot run out', () => {
    expect(daysOfDataLeft(ALWAYS, at('2026-12-31T00:00Z'))).to.equal(undefined)
  })
})

describe('runsOutOfDataWithin', () => {
  it('begins to warn that many days ahead, and goes on past the end', () => {
    expect(runsOutOfDataWithin(SHANGHAI, at('2026-12-01T10:00+08:00'), 30)).to.equal(false)
    expect(runsOutOfDataWithin(SHANGHAI, at('2026-12-02T10:00+08:00'), 30)).to.equal(true)
    expect(runsOutOfDataWithin(SHANGHAI, at('2028-01-01T10:00+08:00'), 30)).to.equal(true)
  })

  it('never warns of a calendar that cannot run out', () => {
    expect(runsOutOfDataWithin(ALWAYS, at('2026-12-31T00:00Z'), 30)).to.equal(false)
  })
})
