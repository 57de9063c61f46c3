import { expect } from 'chai'
import { ALWAYS, type Calendar } from '../../../src/models/calendar/calendar.js'
import { explainSpans } from '../../../src/models/calendar/explain-spans.js'
import { at, HOUR, SHANGHAI, span } from './support.js'

/** A ledger as text: a line's span, its kind and reason. */
function ledger(which: Calendar, range: string, pauses: string[] = []): string[] {
  const { from, to } = span(range)
  return explainSpans(which, from, to, pauses.map(span)).map(
    (line) => `${local(line.from)} ${local(line.to)} ${line.kind} ${line.reason}`,
  )
}

function local(instant: Date): string {
  return new Date(instant.getTime() + 8 * HOUR).toISOString().slice(5, 16)
}

describe('explainSpans', () => {
  const rows: [fact: string, range: string, pauses: string[], lines: string[]][] = [
    [
      'tells lunch from work',
      '2026-02-09T11:00+08:00/2026-02-09T14:00+08:00',
      [],
      [
        '02-09T11:00 02-09T12:00 counted working',
        '02-09T12:00 02-09T13:30 closed outside_hours',
        '02-09T13:30 02-09T14:00 counted working',
      ],
    ],
    [
      'tells nights from a weekend',
      '2026-02-06T16:00+08:00/2026-02-09T10:00+08:00',
      [],
      [
        '02-06T16:00 02-06T17:00 counted working',
        '02-06T17:00 02-07T00:00 closed outside_hours',
        '02-07T00:00 02-09T00:00 closed day_off',
        '02-09T00:00 02-09T09:00 closed outside_hours',
        '02-09T09:00 02-09T10:00 counted working',
      ],
    ],
    [
      'names the make-up day, the day off and the holidays',
      '2026-02-14T17:00+08:00/2026-02-23T09:30+08:00',
      [],
      [
        '02-14T17:00 02-14T18:00 counted makeup_day',
        '02-14T18:00 02-15T00:00 closed outside_hours',
        '02-15T00:00 02-16T00:00 closed day_off',
        '02-16T00:00 02-21T00:00 closed holiday',
        '02-21T00:00 02-23T00:00 closed day_off',
        '02-23T00:00 02-23T09:00 closed outside_hours',
        '02-23T09:00 02-23T09:30 counted working',
      ],
    ],
    [
      'calls a day closed by an override a day off',
      '2026-03-04T23:00+08:00/2026-03-06T00:00+08:00',
      [],
      ['03-04T23:00 03-05T00:00 closed outside_hours', '03-05T00:00 03-06T00:00 closed day_off'],
    ],
    [
      'shows a pause as one line, over closed time too',
      '2026-02-09T10:00+08:00/2026-02-10T10:00+08:00',
      ['2026-02-09T11:00+08:00/2026-02-10T09:30+08:00'],
      [
        '02-09T10:00 02-09T11:00 counted working',
        '02-09T11:00 02-10T09:30 paused pause',
        '02-10T09:30 02-10T10:00 counted working',
      ],
    ],
    [
      'joins pauses that touch or overlap, in any order',
      '2026-02-09T09:00+08:00/2026-02-09T12:00+08:00',
      [
        '2026-02-09T10:30+08:00/2026-02-09T11:00+08:00',
        '2026-02-09T10:00+08:00/2026-02-09T10:40+08:00',
        '2026-02-09T11:00+08:00/2026-02-09T11:10+08:00',
      ],
      [
        '02-09T09:00 02-09T10:00 counted working',
        '02-09T10:00 02-09T11:10 paused pause',
        '02-09T11:10 02-09T12:00 counted working',
      ],
    ],
    [
      'cuts a pause at the ends of the range',
      '2026-02-09T10:00+08:00/2026-02-09T11:00+08:00',
      ['2026-02-01T00:00+08:00/2026-02-09T10:15+08:00', '2026-02-09T10:45+08:00/2026-03-01T00:00+08:00'],
      [
        '02-09T10:00 02-09T10:15 paused pause',
        '02-09T10:15 02-09T10:45 counted working',
        '02-09T10:45 02-09T11:00 paused pause',
      ],
    ],
    [
      'ignores an empty pause and one elsewhere',
      '2026-02-09T10:00+08:00/2026-02-09T11:00+08:00',
      ['2026-02-09T10:30+08:00/2026-02-09T10:30+08:00', '2026-02-08T10:30+08:00/2026-02-08T10:40+08:00'],
      ['02-09T10:00 02-09T11:00 counted working'],
    ],
    ['is empty for no time', '2026-02-09T10:00+08:00/2026-02-09T10:00+08:00', [], []],
    ['is empty for time that runs backwards', '2026-02-09T10:00+08:00/2026-02-08T10:00+08:00', [], []],
  ]
  for (const [fact, range, pauses, lines] of rows) {
    it(fact, () => expect(ledger(SHANGHAI, range, pauses)).to.deep.equal(lines))
  }

  it('is one line around the clock', () => {
    const lines = explainSpans(ALWAYS, at('2026-02-07T10:00Z'), at('2026-02-10T10:00Z'), [])
    expect(lines).to.deep.equal([
      { ...span('2026-02-07T10:00Z/2026-02-10T10:00Z'), kind: 'counted', reason: 'working', ms: 72 * HOUR },
    ])
  })
})
