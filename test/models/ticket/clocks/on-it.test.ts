import { expect } from 'chai'
import { PROMISES, withPolicy } from '../../../support/desk-fixture.js'
import { cn, only, says, TEAM_PLACE, tale, types } from '../support.js'

const RESPONSE_ONLY = withPolicy({ promises: { first_response: PROMISES.first_response } })
const RESOLUTION_ONLY = withPolicy({ promises: { resolution: PROMISES.resolution } })

describe("*I'm on it*", () => {
  /** A ticket of bo's whose resolution broke at 09:30, told of. */
  const overdue = () => {
    const t = tale({ desk: RESOLUTION_ONLY })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.heard(cn('03 09:30'))
    return t
  }

  it('silences the level until the next, not the clock', () => {
    const t = overdue()
    const events = t.does('lin', { verb: 'ack', clock: 'resolution' }, cn('03 09:35'))
    expect(only(events, 'clock.acked').level).to.equal('L1')
    expect(t.clock('resolution')).to.deep.include({ state: 'running', ackedLevel: 'L1' })
    expect(t.heard(cn('03 11:30'))).to.deep.equal([
      '03 10:30 resolution L2: max',
      '03 11:30 resolution L2×2: max',
    ])
    t.does('max', { verb: 'ack', clock: 'resolution' }, cn('03 11:35'))
    expect(t.ticket.nextDueAt).to.equal(undefined)
  })

  it('is for those who were told, for the assignee, lead and admin', () => {
    const t = overdue()
    expect(t.refused('max', { verb: 'ack', clock: 'resolution' }, cn('03 09:35')).code).to.equal(
      'ticket.role_forbids',
    )
    expect(t.refused('cy', { verb: 'ack', clock: 'resolution' }, cn('03 09:35')).code).to.equal(
      'ticket.role_forbids',
    )
    t.heard(cn('03 10:30'))
    t.does('max', { verb: 'ack', clock: 'resolution' }, cn('03 10:35'))
  })

  it('is refused where nothing was told, twice, or while the clock stands still', () => {
    const fresh = tale()
    expect(fresh.refused('lin', { verb: 'ack', clock: 'resolution' }, cn('02 09:10')).code).to.equal(
      'ticket.nothing_to_ack',
    )
    expect(fresh.refused('lin', { verb: 'ack', clock: 'auto_close' }, cn('02 09:10')).code).to.equal(
      'ticket.nothing_to_ack',
    )
    const t = overdue()
    t.does('bo', { verb: 'ack', clock: 'resolution' }, cn('03 09:35'))
    expect(t.refused('lin', { verb: 'ack', clock: 'resolution' }, cn('03 09:36')).code).to.equal(
      'ticket.nothing_to_ack',
    )
    const paused = overdue()
    paused.does('bo', { verb: 'wait', on: 'requester' }, cn('03 09:40'))
    expect(paused.refused('lin', { verb: 'ack', clock: 'resolution' }, cn('03 09:41')).code).to.equal(
      'ticket.nothing_to_ack',
    )
  })

  const acts: [string, (t: ReturnType<typeof tale>) => void][] = [
    ['a reply', (t) => t.does('bo', { verb: 'reply', touch: says('Soon.') }, cn('03 09:35'))],
    [
      "the assignee's word in the thread",
      (t) => t.does('bo', { verb: 'discuss', touch: says('Soon.', TEAM_PLACE) }, cn('03 09:35')),
    ],
    ['a hand-over', (t) => t.does('lin', { verb: 'reassign', agentId: 'cy' }, cn('03 09:35'))],
    ['a change of status', (t) => t.does('bo', { verb: 'wait', on: 'external' }, cn('03 09:35'))],
  ]
  for (const [name, act] of acts) {
    it(`is implied by ${name}`, () => {
      const t = overdue()
      act(t)
      expect(t.clock('resolution').ackedLevel).to.equal('L1')
      expect(t.heard(cn('03 10:30'))).to.deep.equal(['03 10:30 resolution L2: max'])
    })
  }

  const noActs: [string, (t: ReturnType<typeof tale>) => void][] = [
    ['a note', (t) => t.does('bo', { verb: 'note', touch: says('hm') }, cn('03 09:35'))],
    ['inside talk', (t) => t.does('cy', { verb: 'discuss', touch: says('hm', TEAM_PLACE) }, cn('03 09:35'))],
    ['a nudge', (t) => t.does('ann', { verb: 'urge' }, cn('03 09:35'))],
    ["the requester's answer", (t) => t.does('ann', { verb: 'answer', touch: says('??') }, cn('03 09:35'))],
    ['giving it back', (t) => t.does('bo', { verb: 'release' }, cn('03 09:35'))],
  ]
  for (const [name, act] of noActs) {
    it(`is not implied by ${name}`, () => {
      const t = overdue()
      act(t)
      expect(t.clock('resolution').ackedLevel).to.equal(undefined)
      expect(t.heard(cn('03 10:00'))).to.have.length(1)
    })
  }

  it('leaves a stopped clock stopped when the act is the late answer itself', () => {
    const t = tale({ desk: RESPONSE_ONLY })
    t.heard(cn('02 11:00'))
    const events = t.does('bo', { verb: 'reply', touch: says('Sorry.') }, cn('02 11:10'))
    expect(types(events)).to.deep.equal(['touch.added', 'ticket.claimed', 'clock.stopped'])
    expect(t.ticket.nextDueAt).to.equal(undefined)
    expect(t.clock('first_response').met).to.equal(false)
  })

  it('leaves a paused clock paused when the act is the waiting itself', () => {
    const t = overdue()
    const events = t.does('bo', { verb: 'wait', on: 'requester' }, cn('03 09:35'))
    expect(types(events)).to.deep.equal(['ticket.status_changed', 'clock.paused'])
    expect(t.ticket.nextDueAt).to.equal(undefined)
    expect(t.ticks(cn('05 09:35'))).to.deep.equal([])
  })

  it('lets the ladder go on after a pause with the time that was left', () => {
    const t = overdue()
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('03 09:40'))
    t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('04 15:00'))
    expect(t.heard(cn('04 16:00'))).to.deep.equal([
      '04 15:20 resolution L1×2: bo lin',
      '04 15:50 resolution L2: max',
    ])
  })
})
