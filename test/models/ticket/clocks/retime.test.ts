import { expect } from 'chai'
import { PROMISES, withPolicy } from '../../../support/desk-fixture.js'
import { cn, cnText, only, says, tale, types } from '../support.js'

const RESPONSE_ONLY = withPolicy({ promises: { first_response: PROMISES.first_response } })
const RESOLUTION_ONLY = withPolicy({ promises: { resolution: PROMISES.resolution } })

describe('a new priority', () => {
  it('is a new promise from the beginning of the clock, up', () => {
    const t = tale({ priority: 'low' })
    const events = t.does('bo', { verb: 'priority', priority: 'high' }, cn('02 09:30'))
    expect(types(events)).to.deep.equal(['ticket.prioritized', 'clock.retimed', 'clock.retimed'])
    expect(cnText(t.clock('first_response').dueAt)).to.equal('02 11:00')
    expect(cnText(t.clock('resolution').dueAt)).to.equal('03 09:30')
    expect(t.heard(cn('02 11:00'))).to.deep.equal([
      '02 10:00 first_response r50: (lin)',
      '02 10:36 first_response r80: (lin)',
      '02 11:00 first_response L1: lin',
    ])
  })

  it('and down', () => {
    const t = tale({ priority: 'high' })
    t.does('bo', { verb: 'priority', priority: 'medium' }, cn('02 09:30'))
    expect(cnText(t.clock('first_response').dueAt)).to.equal('02 14:30')
    expect(t.clock('first_response').cycle).to.equal(1)
  })

  it('changes from working time to all the time, and back', () => {
    const t = tale({ priority: 'high' })
    t.does('bo', { verb: 'priority', priority: 'urgent' }, cn('02 09:05'))
    expect(t.clock('first_response')).to.deep.include({ calendarId: 'always', dueAt: cn('02 09:15') })
    t.does('bo', { verb: 'priority', priority: 'low' }, cn('02 09:06'))
    expect(t.clock('first_response')).to.deep.include({ calendarId: 'office', dueAt: cn('02 18:00') })
  })

  it('leaves out reminders whose time has passed under it', () => {
    const t = tale({ desk: RESPONSE_ONLY, priority: 'low' })
    t.does('bo', { verb: 'priority', priority: 'high' }, cn('02 10:10'))
    expect(t.heard(cn('02 10:59'))).to.deep.equal(['02 10:36 first_response r80: (lin)'])
  })

  it('that is broken already is told of at once, and is not late', () => {
    const t = tale({ desk: RESPONSE_ONLY, priority: 'low' })
    t.does('bo', { verb: 'priority', priority: 'high' }, cn('02 11:30'))
    expect(t.ticket.nextDueAt).to.deep.equal(cn('02 11:30'))
    expect(t.heard(cn('02 11:40'))).to.deep.equal(['02 11:30 first_response L1: lin'])
  })

  it('that is broken already at night is told of at the opening', () => {
    const t = tale({ desk: RESPONSE_ONLY, priority: 'low' })
    t.does('bo', { verb: 'priority', priority: 'high' }, cn('02 20:00'))
    expect(t.heard(cn('03 09:20'))).to.deep.equal(['03 09:00 first_response L1+L2: lin max'])
  })

  it('tells anew what was told of the old one, in a new cycle', () => {
    const t = tale({ desk: RESOLUTION_ONLY, priority: 'high' })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.heard(cn('03 09:30'))
    t.does('bo', { verb: 'ack', clock: 'resolution' }, cn('03 09:31'))
    const events = t.does('bo', { verb: 'priority', priority: 'medium' }, cn('03 09:40'))
    expect(only(events, 'clock.retimed')).to.deep.include({ cycle: 2, dueAt: cn('04 18:00') })
    expect(t.clock('resolution')).to.deep.include({ cycle: 2, told: [] })
    expect(t.clock('resolution').ackedLevel).to.equal(undefined)
    expect(t.heard(cn('05 09:00'))).to.deep.equal([
      '04 13:30 resolution r80: (bo)',
      '05 09:00 resolution L1: bo lin',
    ])
  })

  it('goes on where the ladder stood when the ticket is overdue by both', () => {
    const t = tale({ desk: RESOLUTION_ONLY, priority: 'urgent' })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.heard(cn('03 09:00'))
    t.does('lin', { verb: 'ack', clock: 'resolution' }, cn('03 09:31'))
    const before = t.clock('resolution')
    t.does('bo', { verb: 'priority', priority: 'high' }, cn('03 10:00'))
    expect(t.clock('resolution')).to.deep.include({
      cycle: before.cycle,
      told: before.told,
      ackedLevel: before.ackedLevel,
    })
    expect(t.heard(cn('04 12:00'))).to.deep.equal([])
  })

  it('of a paused clock waits for the end of the pause', () => {
    const t = tale({ desk: RESOLUTION_ONLY, priority: 'high' })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 10:00'))
    const events = t.does('bo', { verb: 'priority', priority: 'medium' }, cn('02 10:10'))
    expect(only(events, 'clock.retimed')).to.deep.include({ marks: [] })
    expect(t.clock('resolution')).to.deep.include({ state: 'paused', marks: [] })
    t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('02 11:00'))
    expect(cnText(t.clock('resolution').dueAt)).to.equal('05 10:00')
  })

  it('leaves stopped clocks alone', () => {
    const t = tale({ desk: RESPONSE_ONLY, priority: 'high' })
    t.does('bo', { verb: 'reply', touch: says('Hi.') }, cn('02 09:10'))
    expect(types(t.does('bo', { verb: 'priority', priority: 'low' }, cn('02 09:20')))).to.deep.equal([
      'ticket.prioritized',
    ])
  })
})

describe('a new team', () => {
  it('counts in its own calendar', () => {
    const t = tale({ priority: 'high' })
    t.does('bo', { verb: 'reassign', teamId: 'hr' }, cn('02 09:30'))
    // Berlin does not work on Mondays; its Tuesday begins at 16:00 of Shanghai
    expect(t.clock('first_response')).to.deep.include({ calendarId: 'berlin', dueAt: cn('03 18:00') })
  })

  it('hears what the old one had heard, even where it is as late', () => {
    const t = tale({ desk: RESPONSE_ONLY, priority: 'urgent' })
    t.heard(cn('02 09:45'))
    t.does('lin', { verb: 'reassign', teamId: 'hr' }, cn('02 09:50'))
    expect(t.clock('first_response')).to.deep.include({ cycle: 2, told: [] })
    expect(t.heard(cn('02 09:50'))).to.deep.equal(['02 09:50 first_response L1: hua'])
  })

  it('gets a clock that runs, where the requester was being waited for', () => {
    const t = tale({ desk: RESOLUTION_ONLY })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 10:00'))
    t.does('lin', { verb: 'reassign', teamId: 'hr' }, cn('02 11:00'))
    const clock = t.clock('resolution')
    expect([clock.state, clock.calendarId, cnText(clock.dueAt)]).to.deep.equal([
      'running',
      'berlin',
      '04 16:30',
    ])
    expect(t.ticket.nextDueAt).to.deep.equal(clock.marks[0]?.at)
  })

  it('leaves urgent promises where they are', () => {
    const t = tale({ desk: RESOLUTION_ONLY, priority: 'urgent' })
    t.does('bo', { verb: 'reassign', teamId: 'hr' }, cn('02 09:50'))
    expect(t.clock('resolution')).to.deep.include({ calendarId: 'always', dueAt: cn('02 13:00') })
  })
})
