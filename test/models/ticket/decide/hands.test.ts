import { expect } from 'chai'
import { withTeam } from '../../../support/desk-fixture.js'
import { cn, only, says, TEAM_PLACE, tale, told, types } from '../support.js'

describe('claim', () => {
  it('gives a new ticket to whoever takes it', () => {
    const t = tale()
    expect(types(t.does('bo', { verb: 'claim' }, cn('02 09:10')))).to.deep.equal(['ticket.claimed'])
    expect([t.ticket.status, t.ticket.assigneeId]).to.deep.equal(['in_progress', 'bo'])
  })

  it('refuses the second, and names the first', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    for (const late of ['cy', 'lin', 'ada']) {
      expect(t.refused(late, { verb: 'claim' }, cn('02 09:10'))).to.deep.equal({
        ok: false,
        code: 'ticket.already_claimed',
        details: { person: 'bo' },
      })
    }
  })

  it('tells who has it already that they do', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(t.refused('bo', { verb: 'claim' }, cn('02 09:11')).code).to.equal('ticket.already_yours')
  })

  it('accepts what one was given, and only they can', () => {
    const t = tale()
    t.does('lin', { verb: 'assign', agentId: 'bo' }, cn('02 09:10'))
    expect(t.refused('cy', { verb: 'claim' }, cn('02 09:11')).code).to.equal('ticket.already_claimed')
    t.does('bo', { verb: 'claim' }, cn('02 09:12'))
    expect(t.ticket.status).to.equal('in_progress')
  })

  it('resumes what waited for the requester', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 09:20'))
    expect(types(t.does('bo', { verb: 'claim' }, cn('02 09:30')))).to.deep.equal([
      'ticket.claimed',
      'clock.resumed',
    ])
    expect(t.ticket.status).to.equal('in_progress')
  })

  it('is for the team: not for a stranger or the requester', () => {
    for (const who of ['sam', 'ann', 'hal'])
      expect(tale().refused(who, { verb: 'claim' }, cn('02 09:10')).code).to.equal('ticket.role_forbids')
  })

  it('lets an agent take a ticket of their own', () => {
    const t = tale({ requesterId: 'bo' })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(t.ticket.assigneeId).to.equal('bo')
  })
})

describe('assign and reassign', () => {
  it('gives to another, who is told and still has to accept', () => {
    const t = tale()
    const events = t.does('lin', { verb: 'assign', agentId: 'bo', reason: ' knows it ' }, cn('02 09:10'))
    expect(only(events, 'ticket.assigned').reason).to.equal('knows it')
    expect(told(events)).to.deep.equal(['bo: assigned'])
    expect([t.ticket.status, t.ticket.assigneeId]).to.deep.equal(['assigned', 'bo'])
  })

  it('gives to oneself as a claim, and tells nobody', () => {
    const t = tale()
    const events = t.does('bo', { verb: 'assign', agentId: 'bo' }, cn('02 09:10'))
    expect(types(events)).to.deep.equal(['ticket.claimed'])
  })

  it('tells the new and the former handler, but never the one who acts', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(told(t.does('lin', { verb: 'reassign', agentId: 'cy' }, cn('02 09:11')))).to.deep.equal([
      'cy: assigned',
      'bo: handed_over',
    ])
    expect(told(t.does('cy', { verb: 'assign', agentId: 'lin' }, cn('02 09:12')))).to.deep.equal([
      'lin: assigned',
    ])
    expect(told(t.does('bo', { verb: 'reassign', agentId: 'bo' }, cn('02 09:13')))).to.deep.equal([
      'lin: handed_over',
    ])
    expect(t.ticket.status).to.equal('in_progress')
  })

  it('refuses people who are not of the team, and who has it already', () => {
    const t = tale()
    for (const agentId of ['hal', 'ann', 'nobody', 'toString'])
      expect(t.refused('lin', { verb: 'assign', agentId }, cn('02 09:10')).code).to.equal(
        'ticket.unknown_assignee',
      )
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(t.refused('lin', { verb: 'assign', agentId: 'bo' }, cn('02 09:11')).code).to.equal(
      'ticket.unchanged',
    )
    expect(t.refused('lin', { verb: 'reassign' }, cn('02 09:11')).code).to.equal('ticket.unknown_assignee')
  })

  it('demands a reason for handing over where the team does, not for the first assignment', () => {
    const t = tale({ desk: withTeam({ reasonsFor: ['reassign'] }) })
    t.does('lin', { verb: 'assign', agentId: 'bo' }, cn('02 09:10'))
    for (const reason of [undefined, '', '  ']) {
      const command = {
        verb: 'reassign',
        agentId: 'cy',
        ...(reason === undefined ? {} : { reason }),
      } as const
      expect(t.refused('lin', command, cn('02 09:11')).code).to.equal('ticket.reason_required')
    }
    expect(t.refused('lin', { verb: 'reassign', teamId: 'hr' }, cn('02 09:11')).code).to.equal(
      'ticket.reason_required',
    )
    t.does('lin', { verb: 'reassign', agentId: 'cy', reason: 'holiday' }, cn('02 09:12'))
    expect(t.ticket.assigneeId).to.equal('cy')
  })

  it('ends the waiting for the requester: whoever gets it starts with it', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 09:20'))
    t.does('bo', { verb: 'reassign', agentId: 'cy' }, cn('02 09:30'))
    expect(t.ticket.status).to.equal('assigned')
    expect(t.clock('resolution').state).to.equal('running')
  })
})

describe('reassign to another team', () => {
  const moved = () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    return { t, events: t.does('lin', { verb: 'reassign', teamId: 'hr', reason: 'theirs' }, cn('02 09:20')) }
  }
  const placesOf = (t: ReturnType<typeof tale>) =>
    t.ticket.places.map(({ id, retiredAt }) => `${id}${retiredAt ? ' retired' : ''}`)

  it('puts it into the queue there, and tells who had it', () => {
    const { t, events } = moved()
    expect(told(events)).to.deep.equal(['bo: handed_over'])
    expect([t.ticket.teamId, t.ticket.status, t.ticket.assigneeId]).to.deep.equal(['hr', 'new', undefined])
    expect(only(events, 'ticket.moved').reason).to.equal('theirs')
  })

  it('retires the places of the old team and keeps the requester where they are', () => {
    const { t } = moved()
    expect(placesOf(t)).to.deep.equal([
      'dm:ann',
      'team:it:slack retired',
      'team:it:feishu retired',
      'team:hr:slack',
    ])
  })

  it('brings the old places back when it comes back, each once', () => {
    const { t } = moved()
    const events = t.does('hua', { verb: 'reassign', teamId: 'it' }, cn('02 09:30'))
    expect(only(events, 'ticket.moved').retired).to.deep.equal(['team:hr:slack'])
    expect(placesOf(t)).to.deep.equal(['dm:ann', 'team:hr:slack retired', TEAM_PLACE, 'team:it:feishu'])
  })

  it('takes the roles away from the old team', () => {
    const { t } = moved()
    expect(t.refused('bo', { verb: 'claim' }, cn('02 09:30')).code).to.equal('ticket.role_forbids')
    t.does('hal', { verb: 'claim' }, cn('02 09:31'))
    expect(t.ticket.assigneeId).to.equal('hal')
  })

  it('gives it to a person of the new team at once, if one is named', () => {
    const t = tale()
    const events = t.does('bo', { verb: 'reassign', teamId: 'hr', agentId: 'hal' }, cn('02 09:20'))
    expect(told(events)).to.deep.equal(['hal: assigned'])
    expect([t.ticket.teamId, t.ticket.status, t.ticket.assigneeId]).to.deep.equal(['hr', 'assigned', 'hal'])
  })

  it('does not tell who keeps it that it was handed over', () => {
    const t = tale({ desk: withTeam({ members: ['bo', 'hal'] }) })
    t.does('hal', { verb: 'claim' }, cn('02 09:10'))
    expect(
      told(t.does('lin', { verb: 'reassign', teamId: 'hr', agentId: 'hal' }, cn('02 09:20'))),
    ).to.deep.equal(['hal: assigned'])
  })

  it('refuses a team that is not there, and a person who is not of it', () => {
    const t = tale()
    for (const teamId of ['nowhere', 'toString'])
      expect(t.refused('bo', { verb: 'reassign', teamId }, cn('02 09:20')).code).to.equal(
        'ticket.unknown_team',
      )
    expect(t.refused('bo', { verb: 'reassign', teamId: 'hr', agentId: 'cy' }, cn('02 09:20')).code).to.equal(
      'ticket.unknown_assignee',
    )
  })

  it('means the person where the team named is the present one', () => {
    const t = tale()
    t.does('lin', { verb: 'reassign', teamId: 'it', agentId: 'cy' }, cn('02 09:20'))
    expect([t.ticket.status, t.ticket.assigneeId]).to.deep.equal(['assigned', 'cy'])
  })
})

describe('release', () => {
  it('gives it back to the queue; nobody is told what they did themselves', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(types(t.does('bo', { verb: 'release' }, cn('02 09:20')))).to.deep.equal(['ticket.released'])
    expect([t.ticket.status, t.ticket.assigneeId]).to.deep.equal(['new', undefined])
    t.does('cy', { verb: 'claim' }, cn('02 09:30'))
    expect(t.ticket.assigneeId).to.equal('cy')
  })

  it('tells the handler when somebody else takes it off them', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(told(t.does('lin', { verb: 'release' }, cn('02 09:20')))).to.deep.equal(['bo: unassigned'])
  })

  it('is not for colleagues, and demands a reason where the team does', () => {
    const t = tale({ desk: withTeam({ reasonsFor: ['release'] }) })
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(t.refused('cy', { verb: 'release', reason: 'x' }, cn('02 09:20')).code).to.equal(
      'ticket.role_forbids',
    )
    expect(t.refused('bo', { verb: 'release' }, cn('02 09:20')).code).to.equal('ticket.reason_required')
    t.does('bo', { verb: 'release', reason: 'no access' }, cn('02 09:20'))
    expect(t.ticket.status).to.equal('new')
  })
})

describe('a first answer', () => {
  it('takes a ticket that nobody has', () => {
    const t = tale()
    const events = t.does('bo', { verb: 'reply', touch: says('On it.') }, cn('02 09:10'))
    expect(types(events)).to.deep.equal(['touch.added', 'ticket.claimed', 'clock.stopped'])
    expect([t.ticket.status, t.ticket.assigneeId]).to.deep.equal(['in_progress', 'bo'])
  })

  it('accepts what one was given', () => {
    const t = tale()
    t.does('lin', { verb: 'assign', agentId: 'bo' }, cn('02 09:10'))
    t.does('bo', { verb: 'reply', touch: says('On it.') }, cn('02 09:11'))
    expect(t.ticket.status).to.equal('in_progress')
  })

  it("does not take a colleague's ticket away", () => {
    const t = tale()
    t.does('lin', { verb: 'assign', agentId: 'bo' }, cn('02 09:10'))
    t.does('cy', { verb: 'reply', touch: says('He is at lunch.') }, cn('02 09:11'))
    expect([t.ticket.status, t.ticket.assigneeId]).to.deep.equal(['assigned', 'bo'])
  })
})
