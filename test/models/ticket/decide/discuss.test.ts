import { expect } from 'chai'
import { decide } from '../../../../src/models/ticket/decide.js'
import { withTeam } from '../../../support/desk-fixture.js'
import { cn, contextOf, only, says, TEAM_PLACE, tale, types } from '../support.js'

/** A ticket that bo has had since 09:10. */
function claimed(options: Parameters<typeof tale>[0] = {}) {
  const t = tale(options)
  t.does('bo', { verb: 'claim' }, cn('02 09:10'))
  return t
}

describe('what is written in the team thread', () => {
  const visibilityOf = (t: ReturnType<typeof tale>, who: string) =>
    only(t.does(who, { verb: 'discuss', touch: says('words', TEAM_PLACE) }, cn('02 10:00')), 'touch.added')
      .touch.visibility

  const rows: [string, () => ReturnType<typeof tale>, string, 'public' | 'internal'][] = [
    ['the assignee, after the claim', claimed, 'bo', 'public'],
    ['a colleague', claimed, 'cy', 'internal'],
    ['the lead', claimed, 'lin', 'internal'],
    ['an admin', claimed, 'ada', 'internal'],
    ['somebody of another team', claimed, 'hal', 'internal'],
    ['the requester themself', claimed, 'ann', 'internal'],
    ['a member, before anybody claimed', () => tale(), 'bo', 'internal'],
    [
      'the assignee of a team whose threads are inside-only',
      () => claimed({ desk: withTeam({ threads: 'inside_only' }) }),
      'bo',
      'internal',
    ],
    [
      'who had it, after the release',
      () => {
        const t = claimed()
        t.does('bo', { verb: 'release' }, cn('02 09:20'))
        return t
      },
      'bo',
      'internal',
    ],
    [
      'who had it, after handing it over',
      () => {
        const t = claimed()
        t.does('lin', { verb: 'reassign', agentId: 'cy' }, cn('02 09:20'))
        return t
      },
      'bo',
      'internal',
    ],
    [
      'the assignee while the requester is waited for',
      () => {
        const t = claimed()
        t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 09:20'))
        return t
      },
      'bo',
      'public',
    ],
    [
      'the assignee of a resolved ticket',
      () => {
        const t = claimed()
        t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 09:20'))
        return t
      },
      'bo',
      'public',
    ],
    [
      'the assignee of a closed ticket',
      () => {
        const t = claimed()
        t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 09:20'))
        t.does('ann', { verb: 'confirm' }, cn('02 09:30'))
        return t
      },
      'bo',
      'internal',
    ],
    [
      'the assignee of a withdrawn ticket',
      () => {
        const t = claimed()
        t.does('ann', { verb: 'withdraw' }, cn('02 09:30'))
        return t
      },
      'bo',
      'internal',
    ],
  ]
  for (const [name, make, who, visibility] of rows) {
    it(`${visibility === 'public' ? 'goes out from' : 'stays inside from'} ${name}`, () => {
      expect(visibilityOf(make(), who)).to.equal(visibility)
    })
  }

  it('accepts what one was given, going out', () => {
    const t = tale()
    t.does('lin', { verb: 'assign', agentId: 'bo' }, cn('02 09:10'))
    const events = t.does('bo', { verb: 'discuss', touch: says('Looking.', TEAM_PLACE) }, cn('02 09:20'))
    expect(types(events)).to.deep.equal(['touch.added', 'ticket.claimed', 'clock.stopped'])
  })

  it('changes nothing else where it stays inside', () => {
    expect(
      types(tale().does('cy', { verb: 'discuss', touch: says('Who?', TEAM_PLACE) }, cn('02 09:20'))),
    ).to.deep.equal(['touch.added'])
  })
})

describe('a helper', () => {
  const visibilityOf = (t: ReturnType<typeof tale>) => {
    const decision = decide(
      { ...t.ticket, helperIds: ['hal'] },
      { verb: 'discuss', touch: says('I know this one.', TEAM_PLACE) },
      contextOf(t.desk, { kind: 'person', id: 'hal' }, cn('02 09:20')),
    )
    if (!decision.ok) throw new Error(decision.code)
    return only(decision.events, 'touch.added').touch.visibility
  }

  it('speaks to the requester in the thread once somebody has the ticket', () => {
    expect(visibilityOf(claimed())).to.equal('public')
    expect(visibilityOf(tale())).to.equal('internal')
  })
})
