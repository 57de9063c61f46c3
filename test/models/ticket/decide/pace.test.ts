import { expect } from 'chai'
import { withTeam } from '../../../support/desk-fixture.js'
import { cn, says, tale, told, types } from '../support.js'

describe('urge', () => {
  it('is counted, and tells whoever has the ticket', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(told(t.does('ann', { verb: 'urge' }, cn('02 09:20')))).to.deep.equal(['bo: urged'])
    expect(t.ticket.urges).to.deep.equal({ count: 1, lastAt: cn('02 09:20') })
  })

  it('tells the leads while nobody has it', () => {
    const t = tale({ desk: withTeam({ leads: ['lin', 'lou'] }) })
    expect(told(t.does('ann', { verb: 'urge' }, cn('02 09:20')))).to.deep.equal(['lin: urged', 'lou: urged'])
  })

  it('finds the next who could act where the requester is the one to be told', () => {
    const own = tale({ requesterId: 'lin' })
    expect(told(own.does('lin', { verb: 'urge' }, cn('02 09:20')))).to.deep.equal(['bo: urged', 'cy: urged'])
    const alone = tale({ requesterId: 'lin', desk: withTeam({ members: [] }) })
    expect(told(alone.does('lin', { verb: 'urge' }, cn('02 09:20')))).to.deep.equal(['ada: urged'])
  })

  it('is possible once an hour, and says when again', () => {
    const t = tale()
    t.does('ann', { verb: 'urge' }, cn('02 09:20'))
    expect(t.refused('ann', { verb: 'urge' }, cn('02 10:19:59'))).to.deep.include({
      code: 'ticket.urged_recently',
      details: { time: cn('02 10:20') },
    })
    t.does('ann', { verb: 'urge' }, cn('02 10:20'))
    expect(t.ticket.urges.count).to.equal(2)
  })

  it('is answered with "your turn" while the requester is waited for', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 09:15'))
    expect(t.refused('ann', { verb: 'urge' }, cn('02 09:20')).code).to.equal('ticket.waits_for_you')
    t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('02 09:21'))
    t.does('ann', { verb: 'urge' }, cn('02 09:22'))
  })

  it('is for the requester, and not for what is done', () => {
    const t = tale()
    expect(t.refused('bo', { verb: 'urge' }, cn('02 09:20')).code).to.equal('ticket.role_forbids')
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 09:30'))
    expect(t.refused('ann', { verb: 'urge' }, cn('02 09:40')).code).to.equal('ticket.status_forbids')
  })

  it('is no work: it silences nothing and stops nothing', () => {
    expect(types(tale().does('ann', { verb: 'urge' }, cn('02 09:20')))).to.deep.equal([
      'ticket.urged',
      'people.told',
    ])
  })
})

describe('wait', () => {
  it('goes to each waiting and back', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    for (const [on, status] of [
      ['requester', 'waiting_requester'],
      ['external', 'waiting_external'],
      ['nobody', 'in_progress'],
    ] as const) {
      t.does('bo', { verb: 'wait', on }, cn('02 09:20'))
      expect(t.ticket.status).to.equal(status)
      expect(t.refused('bo', { verb: 'wait', on }, cn('02 09:21')).code).to.equal('ticket.unchanged')
    }
  })

  it('is for those who work on it, once somebody has it', () => {
    const t = tale()
    expect(t.refused('lin', { verb: 'wait', on: 'requester' }, cn('02 09:10')).code).to.equal(
      'ticket.status_forbids',
    )
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(t.refused('cy', { verb: 'wait', on: 'requester' }, cn('02 09:11')).code).to.equal(
      'ticket.role_forbids',
    )
    t.does('lin', { verb: 'wait', on: 'requester' }, cn('02 09:12'))
  })

  it('does not accept a ticket in place of whom it was given to', () => {
    const t = tale()
    t.does('lin', { verb: 'assign', agentId: 'bo' }, cn('02 09:10'))
    expect(t.refused('lin', { verb: 'wait', on: 'nobody' }, cn('02 09:11')).code).to.equal('ticket.unchanged')
    expect(t.ticket.status).to.equal('assigned')
  })
})

describe('priority', () => {
  it('changes, with a reason where the team demands one', () => {
    const t = tale({ desk: withTeam({ reasonsFor: ['priority'] }) })
    expect(
      t.refused('bo', { verb: 'priority', priority: 'high', reason: 'x' }, cn('02 09:10')).code,
    ).to.equal('ticket.unchanged')
    expect(t.refused('bo', { verb: 'priority', priority: 'low' }, cn('02 09:10')).code).to.equal(
      'ticket.reason_required',
    )
    t.does('bo', { verb: 'priority', priority: 'low', reason: 'one person' }, cn('02 09:10'))
    expect(t.ticket.priority).to.equal('low')
  })

  it("is the team's to set", () => {
    expect(tale().refused('ann', { verb: 'priority', priority: 'urgent' }, cn('02 09:10')).code).to.equal(
      'ticket.role_forbids',
    )
  })
})

describe('a tick', () => {
  it('yields nothing while nothing is due, and is nobody else’s', () => {
    const t = tale()
    expect(t.ticks(cn('02 09:10'))).to.deep.equal([])
    expect(t.refused('ada', { verb: 'tick' }, cn('02 09:10')).code).to.equal('ticket.role_forbids')
  })
})
