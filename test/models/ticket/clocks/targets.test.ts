import { expect } from 'chai'
import type { ClockKind, Priority } from '../../../../src/models/ticket/ticket.js'
import { OFFICE, withPolicy } from '../../../support/desk-fixture.js'
import { cn, cnText, only, says, TEAM_PLACE, tale, types } from '../support.js'

describe('promises by priority', () => {
  // Office hours are 09:00-12:00 and 13:30-18:00; Wednesday the 11th is off, Saturday the 14th is worked.
  const rows: [string, Priority, string, ClockKind, string][] = [
    ['15 minutes', 'urgent', '02 09:00', 'first_response', '02 09:15'],
    ['15 minutes in the night', 'urgent', '02 23:50', 'first_response', '03 00:05'],
    ['4 hours over a Sunday', 'urgent', '08 22:00', 'resolution', '09 02:00'],
    ['4 hours over lunch, around the clock', 'urgent', '02 11:00', 'resolution', '02 15:00'],
    ['2 hours', 'high', '02 09:00', 'first_response', '02 11:00'],
    ['2 hours over lunch', 'high', '02 11:00', 'first_response', '02 14:30'],
    ['2 hours that end with the day', 'high', '02 16:00', 'first_response', '02 18:00'],
    ['2 hours into the next day', 'high', '02 17:00', 'first_response', '03 10:00'],
    ['8 hours', 'high', '02 09:00', 'resolution', '03 09:30'],
    ['4 hours from a Sunday', 'medium', '08 12:00', 'first_response', '09 14:30'],
    ['3 working days over a holiday', 'medium', '10 09:00', 'resolution', '13 18:00'],
    ['3 working days over a holiday and a make-up day', 'medium', '11 10:00', 'resolution', '14 18:00'],
    ['1 working day', 'low', '02 13:30', 'first_response', '03 12:00'],
    ['5 working days over a weekend', 'low', '05 09:00', 'resolution', '12 18:00'],
  ]
  for (const [name, priority, from, kind, due] of rows) {
    it(`${priority} ${kind} from ${from}: ${name}`, () => {
      const clock = tale({ priority, at: cn(from) }).clock(kind)
      expect(cnText(clock.dueAt)).to.equal(due)
      expect(clock.certain).to.equal(true)
    })
  }

  it('names the calendar it counts in, the policy and its version', () => {
    const urgent = tale({ priority: 'urgent' }).clock('resolution')
    expect([urgent.calendarId, urgent.policyId, urgent.policyVersion]).to.deep.equal([
      'always',
      'standard',
      'v1',
    ])
    expect(tale({ priority: 'high' }).clock('resolution').calendarId).to.equal('office')
    expect(tale({ teamId: 'hr' }).clock('resolution').calendarId).to.equal('berlin')
  })

  it('says when the calendar has no data that far', () => {
    const desk = { ...tale().desk, calendars: { office: { ...OFFICE, validThrough: '2026-11-03' } } }
    expect(tale({ desk, priority: 'high' }).clock('first_response').certain).to.equal(true)
    expect(tale({ desk, priority: 'low' }).clock('resolution').certain).to.equal(false)
  })

  it('starts no clock where the policy promises nothing', () => {
    const t = tale({ desk: withPolicy({ promises: {} }) })
    expect(t.ticket.clocks).to.deep.equal({})
    expect(t.ticket.nextDueAt).to.equal(undefined)
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 09:10'))
    t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('02 09:20'))
    expect(t.ticket.clocks).to.deep.equal({})
  })
})

describe('the first-response clock', () => {
  const running = (t: ReturnType<typeof tale>) => t.clock('first_response').state

  it('is not stopped by claim, note, inside talk, hand-over, priority or waiting', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('bo', { verb: 'note', touch: says('hm') }, cn('02 09:11'))
    t.does('cy', { verb: 'discuss', touch: says('hm', TEAM_PLACE) }, cn('02 09:12'))
    t.does('lin', { verb: 'reassign', agentId: 'cy' }, cn('02 09:13'))
    t.does('cy', { verb: 'claim' }, cn('02 09:14'))
    t.does('cy', { verb: 'priority', priority: 'medium' }, cn('02 09:15'))
    t.does('cy', { verb: 'wait', on: 'requester' }, cn('02 09:16'))
    t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('02 09:17'))
    expect(running(t)).to.equal('running')
  })

  const stopping: [string, (t: ReturnType<typeof tale>) => void][] = [
    ['a reply', (t) => t.does('bo', { verb: 'reply', touch: says('Hi.') }, cn('02 09:20'))],
    [
      "the assignee's word in the thread",
      (t) => {
        t.does('bo', { verb: 'claim' }, cn('02 09:10'))
        t.does('bo', { verb: 'discuss', touch: says('Hi.', TEAM_PLACE) }, cn('02 09:20'))
      },
    ],
    [
      'an inside word that is sent on',
      (t) =>
        t.does('bo', { verb: 'publish', touch: says('Hi.'), from: 't9', was: 'internal' }, cn('02 09:20')),
    ],
    ['the resolution', (t) => t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 09:20'))],
    ['the withdrawal', (t) => t.does('ann', { verb: 'withdraw' }, cn('02 09:20'))],
    ['the dismissal', (t) => t.does('bo', { verb: 'dismiss' }, cn('02 09:20'))],
  ]
  for (const [name, act] of stopping) {
    it(`is stopped by ${name}`, () => {
      const t = tale()
      act(t)
      expect(t.clock('first_response')).to.deep.include({ state: 'stopped', met: true, marks: [] })
    })
  }

  it('is stopped by a claim where the desk counts it', () => {
    const t = tale({ desk: withPolicy({ claimIsResponse: true }) })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(running(t)).to.equal('stopped')
  })

  it('is kept at its due time and missed a millisecond later', () => {
    for (const [time, met] of [
      ['02 11:00:00.000', true],
      ['02 11:00:00.001', false],
    ] as const) {
      const t = tale()
      t.does('bo', { verb: 'reply', touch: says('Hi.') }, cn(time))
      expect(t.clock('first_response').met, time).to.equal(met)
    }
  })

  it('does not begin again when the ticket is reopened', () => {
    const t = tale()
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 09:20'))
    t.does('ann', { verb: 'reopen' }, cn('02 09:30'))
    expect(running(t)).to.equal('stopped')
  })
})

describe('the resolution clock', () => {
  it('stands still while the requester is waited for, and goes on with what is left', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    const paused = t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 10:00'))
    expect(only(paused, 'clock.paused')).to.deep.include({
      clock: 'resolution',
      cycle: 1,
      reason: 'waiting_requester',
    })
    expect(t.clock('resolution')).to.deep.include({ state: 'paused', marks: [] })
    expect(t.clock('resolution').dueAt).to.equal(undefined)
    t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('03 14:00'))
    // an hour of eight is spent: four are left of Tuesday, three of Wednesday, over lunch
    expect(cnText(t.clock('resolution').dueAt)).to.equal('04 12:00')
    expect(t.clock('resolution').pauses).to.deep.equal([
      { from: cn('02 10:00'), to: cn('03 14:00'), reason: 'waiting_requester' },
    ])
  })

  it('counts nothing of a pause outside the hours', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    const due = cnText(t.clock('resolution').dueAt)
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 18:30'))
    t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('03 08:30'))
    expect(cnText(t.clock('resolution').dueAt)).to.equal(due)
  })

  it('adds up several pauses', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:00'))
    for (const [from, to] of [
      ['02 10:00', '02 11:00'],
      ['02 13:30', '02 14:30'],
    ] as const) {
      t.does('bo', { verb: 'wait', on: 'requester' }, cn(from))
      t.does('bo', { verb: 'wait', on: 'nobody' }, cn(to))
    }
    expect(cnText(t.clock('resolution').dueAt)).to.equal('03 11:30')
  })

  it('goes on while others are waited for', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('bo', { verb: 'wait', on: 'external' }, cn('02 10:00'))
    expect(t.clock('resolution').state).to.equal('running')
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 10:10'))
    t.does('bo', { verb: 'wait', on: 'external' }, cn('02 10:20'))
    expect(cnText(t.clock('resolution').dueAt)).to.equal('03 09:40')
  })

  it('says truly whether it was kept when it is resolved during a pause', () => {
    for (const [from, met] of [
      ['02 10:00', true],
      ['03 10:00', false],
    ] as const) {
      const t = tale()
      t.does('bo', { verb: 'reply', touch: says('Hi.') }, cn('02 09:10'))
      t.does('bo', { verb: 'wait', on: 'requester' }, cn(from))
      t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('05 10:00'))
      expect(t.clock('resolution').met, `paused at ${from}`).to.equal(met)
      expect(t.clock('resolution').pauses[0]?.to).to.deep.equal(cn('05 10:00'))
    }
  })

  it('begins a new cycle when the ticket is reopened', () => {
    const t = tale()
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 10:00'))
    const events = t.does('ann', { verb: 'reopen' }, cn('02 14:00'))
    expect(types(events)).to.deep.equal(['ticket.reopened', 'people.told', 'clock.stopped', 'clock.started'])
    const clock = t.clock('resolution')
    expect([clock.cycle, clock.state, cnText(clock.startedAt), cnText(clock.dueAt)]).to.deep.equal([
      2,
      'running',
      '02 14:00',
      '03 14:30',
    ])
    expect([clock.told, clock.pauses, clock.met, clock.stoppedAt]).to.deep.equal([
      [],
      [],
      undefined,
      undefined,
    ])
  })
})

describe('closing by itself', () => {
  const resolvedAt = (time: string) => {
    const t = tale()
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn(time))
    return t
  }
  const rows: [string, string, string][] = [
    ['after three days', '02 10:00', '05 10:00'],
    ['in lunch: when it is over', '02 12:30', '05 13:30'],
    ['in the evening: on the next working day', '03 20:00', '09 09:00'],
    ['on a Saturday: on Monday', '04 10:00', '09 09:00'],
    ['on the holiday: on the day after', '08 10:00', '12 09:00'],
    ['on the make-up Saturday: then', '12 08:00', '16 09:00'],
    ['on the make-up Saturday itself', '11 15:00', '14 15:00'],
  ]
  for (const [name, resolved, closes] of rows) {
    it(`comes ${name}`, () => {
      const t = resolvedAt(resolved)
      expect(cnText(t.ticket.nextDueAt)).to.equal(closes)
      expect(t.heard(cn('29 09:00'))).to.deep.equal([`${closes} closed`])
      expect([t.ticket.status, t.ticket.nextDueAt]).to.deep.equal(['closed', undefined])
    })
  }

  it('waits for the next opening when the sweep comes late, into a day off', () => {
    const t = resolvedAt('03 17:00')
    expect(cnText(t.ticket.nextDueAt)).to.equal('06 17:00')
    const events = t.ticks(cn('07 11:00'))
    expect(only(events, 'clock.told')).to.deep.include({ told: [], tell: [], remind: [] })
    expect([t.ticket.status, cnText(t.ticket.nextDueAt)]).to.deep.equal(['resolved', '09 09:00'])
    t.ticks(cn('09 09:00'))
    expect(t.ticket.status).to.equal('closed')
    expect(new Set(t.causes).size).to.equal(t.causes.length)
  })

  it('is stopped by reopening, and begins anew with the next resolution', () => {
    const t = resolvedAt('02 10:00')
    t.does('ann', { verb: 'reopen' }, cn('03 10:00'))
    expect(t.clock('auto_close').state).to.equal('stopped')
    t.does('bo', { verb: 'resolve', resolution: 'again' }, cn('03 11:00'))
    expect([t.clock('auto_close').cycle, cnText(t.clock('auto_close').dueAt)]).to.deep.equal([2, '06 11:00'])
  })

  it('says when the calendar has no data that far', () => {
    const t = tale()
    t.desk = { ...t.desk, calendars: { office: { ...OFFICE, validThrough: '2026-11-04' } } }
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 10:00'))
    expect(t.clock('auto_close').certain).to.equal(false)
  })

  it('follows the type', () => {
    const t = resolvedAt('02 10:00')
    expect(t.clock('auto_close')).to.deep.include({ targetMs: 3 * 86_400_000, calendarId: 'office' })
  })
})
