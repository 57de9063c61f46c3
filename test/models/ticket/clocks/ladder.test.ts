import { expect } from 'chai'
import { OFFICE, PROMISES, withLadder, withPolicy, withTeam } from '../../../support/desk-fixture.js'
import { cn, only, says, tale, told } from '../support.js'

/** Only the first response is promised, so that one clock speaks. */
const RESPONSE_ONLY = withPolicy({
  promises: { first_response: PROMISES.first_response },
})
const RESOLUTION_ONLY = withPolicy({ promises: { resolution: PROMISES.resolution } })

describe('reminders', () => {
  it('name the leads while nobody has it: at 50 and 80 % of the first response', () => {
    expect(tale({ desk: RESPONSE_ONLY }).heard(cn('02 10:59'))).to.deep.equal([
      '02 10:00 first_response r50: (lin)',
      '02 10:36 first_response r80: (lin)',
    ])
  })

  it('name the assignee once there is one', () => {
    const t = tale({ desk: RESPONSE_ONLY })
    t.does('bo', { verb: 'claim' }, cn('02 10:10'))
    expect(t.heard(cn('02 10:59'))).to.deep.equal([
      '02 10:00 first_response r50: (bo)',
      '02 10:36 first_response r80: (bo)',
    ])
  })

  it('come at 80 % of the resolution, counted in working time', () => {
    const t = tale({ desk: RESOLUTION_ONLY })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(t.heard(cn('03 09:29'))).to.deep.equal(['02 16:54 resolution r80: (bo)'])
  })

  it('are not repeated when a holiday that was entered late moves the promise', () => {
    const t = tale({ desk: RESOLUTION_ONLY })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.heard(cn('02 16:54'))
    t.desk = { ...t.desk, calendars: { office: { ...OFFICE, holidays: ['2026-11-02'] } } }
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 17:00'))
    t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('02 17:10'))
    expect(t.heard(cn('04 09:30'))).to.deep.equal(['04 09:30 resolution L1: bo lin'])
  })

  it('stop with the clock', () => {
    const t = tale({ desk: RESPONSE_ONLY })
    t.does('bo', { verb: 'reply', touch: says('Hi.') }, cn('02 09:30'))
    expect(t.heard(cn('30 09:00'))).to.deep.equal([])
  })

  it('are not repeated after a pause', () => {
    const t = tale({ desk: RESOLUTION_ONLY })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.heard(cn('02 16:54'))
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 17:00'))
    t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('03 09:00'))
    expect(t.heard(cn('03 10:30'))).to.deep.equal(['03 10:30 resolution L1: bo lin'])
  })
})

describe('the ladder', () => {
  it('tells assignee and lead, both again after 30 minutes, and after 60 the manager of the lead, hour by hour', () => {
    const t = tale({ desk: RESOLUTION_ONLY })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.heard(cn('03 09:29'))
    expect(t.heard(cn('03 12:00'))).to.deep.equal([
      '03 09:30 resolution L1: bo lin',
      '03 10:00 resolution L1×2: bo lin',
      '03 10:30 resolution L2: max',
      '03 11:30 resolution L2×2: max',
    ])
    expect(t.ticket.toldIds).to.deep.equal(['bo', 'lin', 'max'])
  })

  it('goes on until somebody acts, and no longer', () => {
    const t = tale({ desk: RESPONSE_ONLY })
    t.heard(cn('02 14:30'))
    t.does('max', { verb: 'reply', touch: says('We are on it.') }, cn('02 14:31'))
    expect(t.ticket.nextDueAt).to.equal(undefined)
    expect(t.clock('first_response').marks).to.deep.equal([])
  })

  it('tells each person once where they are several things', () => {
    const t = tale({ desk: RESOLUTION_ONLY })
    t.does('lin', { verb: 'claim' }, cn('02 09:10'))
    t.heard(cn('03 09:29'))
    expect(t.heard(cn('03 09:30'))).to.deep.equal(['03 09:30 resolution L1: lin'])
  })

  it('tells each person once where two promises break together', () => {
    const desk = withPolicy({
      promises: {
        first_response: PROMISES.first_response,
        resolution: PROMISES.first_response,
      },
    })
    const t = tale({ desk })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.heard(cn('02 10:59'))
    expect(t.heard(cn('02 11:00'))).to.deep.equal([
      '02 11:00 first_response L1: bo lin',
      '02 11:00 resolution L1: ',
    ])
  })
})

describe('outside the hours of the team', () => {
  it('an urgent ticket speaks', () => {
    const t = tale({ desk: RESPONSE_ONLY, priority: 'urgent', at: cn('07 23:00') })
    expect(t.heard(cn('08 00:20'))).to.deep.equal([
      '07 23:07 first_response r50: (lin)',
      '07 23:12 first_response r80: (lin)',
      '07 23:15 first_response L1: lin',
      '07 23:45 first_response L1×2: lin',
      '08 00:15 first_response L2: max',
    ])
  })

  it('the others wait for the opening, and their ladder waits with them', () => {
    // due on Friday at 17:45
    const t = tale({ desk: RESPONSE_ONLY, at: cn('06 15:45') })
    expect(t.heard(cn('09 11:00')).slice(2)).to.deep.equal([
      '06 17:45 first_response L1: lin',
      '09 09:15 first_response L1×2: lin',
      '09 09:45 first_response L2: max',
      '09 10:45 first_response L2×2: max',
    ])
  })

  it('a promise that ends with the day is told of at the next opening', () => {
    const t = tale({ desk: RESPONSE_ONLY, at: cn('06 16:00') })
    expect(t.heard(cn('09 10:00')).slice(2)).to.deep.equal([
      '09 09:00 first_response L1: lin',
      '09 09:30 first_response L1×2: lin',
      '09 10:00 first_response L2: max',
    ])
  })

  it('a sweep that comes after hours tells nobody until the opening', () => {
    const t = tale({ desk: RESPONSE_ONLY, at: cn('06 15:45') })
    t.heard(cn('06 17:44'))
    const events = t.ticks(cn('06 18:10'))
    expect(only(events, 'clock.told')).to.deep.include({ told: [], tell: [], remind: [], late: false })
    expect(t.heard(cn('09 09:20'))).to.deep.equal(['09 09:00 first_response L1: lin'])
    expect(new Set(t.causes).size).to.equal(t.causes.length)
  })
})

describe('after a time in which nobody swept', () => {
  it('tells each level once and each person once, and says that it is late', () => {
    const t = tale({ desk: RESPONSE_ONLY })
    const events = t.ticks(cn('02 14:00'))
    expect(only(events, 'clock.told')).to.deep.include({
      told: [
        { level: 'r50', round: 1 },
        { level: 'r80', round: 1 },
        { level: 'L1', round: 1 },
        { level: 'L2', round: 1 },
      ],
      remind: [],
      late: true,
    })
    expect(told(events)).to.deep.equal(['lin: overdue', 'max: overdue'])
    expect(t.heard(cn('02 15:00'))).to.deep.equal([
      '02 14:30 first_response L1×2: lin',
      '02 15:00 first_response L2×2: max',
    ])
  })

  it('does not call it late within five minutes', () => {
    const t = tale({ desk: RESPONSE_ONLY })
    expect(only(t.ticks(cn('02 10:05')), 'clock.told').late).to.equal(false)
    expect(only(t.ticks(cn('02 10:41:01')), 'clock.told').late).to.equal(true)
  })
})

describe('a level that finds nobody', () => {
  it('falls to the next level that does', () => {
    const desk = withLadder(
      [
        { afterMs: 0, tell: ['assignee'] },
        { afterMs: 3_600_000, tell: ['lead'] },
      ],
      RESPONSE_ONLY,
    )
    expect(tale({ desk }).heard(cn('02 11:00')).at(-1)).to.equal('02 11:00 first_response L1: lin')
  })

  const last: [string, string[], string[], Record<string, string | undefined>, string][] = [
    ['the admins, where the lead has no manager', ['lin'], ['ada'], {}, 'ada'],
    ['the lead, where there is no admin either', ['lin'], [], {}, 'lin'],
    ['the members, where there is nobody else', [], [], {}, 'bo cy'],
    ['the manager of the one lead who has one', ['lou', 'lin'], ['ada'], { lin: 'max' }, 'max'],
  ]
  for (const [name, leads, adminIds, managers, heard] of last) {
    it(`falls to ${name}`, () => {
      const desk = withLadder([{ afterMs: 0, tell: ['lead_manager'] }], withTeam({ leads }, RESPONSE_ONLY))
      const t = tale({ desk })
      expect(told(t.ticks(cn('02 11:00'), managers, adminIds))).to.deep.equal(
        heard.split(' ').map((id) => `${id}: overdue`),
      )
    })
  }
})

describe('what a tick is called', () => {
  it('names ticket, clock, cycle, level, round and time', () => {
    const t = tale({ desk: RESPONSE_ONLY })
    t.heard(cn('02 10:00'))
    expect(t.causes).to.deep.equal([`clock:t1:first_response.1.r50.1@${cn('02 10:00').getTime()}`])
  })

  it('differs for every clock, cycle, level and round', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.heard(cn('04 12:00'))
    t.does('bo', { verb: 'priority', priority: 'low' }, cn('04 14:00'))
    t.heard(cn('12 12:00'))
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('12 14:00'))
    t.does('ann', { verb: 'reopen' }, cn('12 15:00'))
    t.heard(cn('24 12:00'))
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('24 14:00'))
    t.heard(cn('29 12:00'))
    expect(t.causes.length).to.be.greaterThan(20)
    expect(new Set(t.causes).size).to.equal(t.causes.length)
    const named = t.commits.flatMap(({ events }) =>
      events.flatMap((event) =>
        event.type === 'clock.told'
          ? event.told.map(({ level, round }) => `${event.clock}.${event.cycle}.${level}.${round}`)
          : [],
      ),
    )
    expect(new Set(named).size).to.equal(named.length)
  })
})
