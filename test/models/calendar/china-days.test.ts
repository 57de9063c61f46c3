import { expect } from 'chai'
import { chinaYear, chinaYears } from '../../../src/models/calendar/china-days.js'

/** Written by hand from the State Council's notices for 2025 and 2026, not from the package. */
const ANNOUNCED: [year: number, daysOff: number, workdays: string[], some: string[]][] = [
  [
    2025,
    28,
    ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    ['2025-01-01', '2025-01-28', '2025-02-04', '2025-04-04', '2025-05-05', '2025-06-02', '2025-10-08'],
  ],
  [
    2026,
    33,
    ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    [
      '2026-01-02',
      '2026-02-15',
      '2026-02-23',
      '2026-04-06',
      '2026-05-05',
      '2026-06-19',
      '2026-09-25',
      '2026-10-07',
    ],
  ],
]

describe('chinaYear', () => {
  for (const [year, daysOff, workdays, some] of ANNOUNCED) {
    it(`knows the days off and make-up days of ${year}`, () => {
      const known = chinaYear(year)
      expect(known?.workdays).to.deep.equal(workdays)
      expect(known?.holidays).to.have.length(daysOff).and.include.members(some)
    })
  }

  it('knows nothing of a year that is not announced', () => {
    expect(chinaYear(2099)).to.equal(undefined)
    expect(chinaYear(2003)).to.equal(undefined)
  })

  it('lists the years it knows without a gap', () => {
    expect(chinaYears().slice(0, 3)).to.deep.equal([2024, 2025, 2026])
  })
})
