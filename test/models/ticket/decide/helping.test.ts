import { expect } from 'chai'
import { cn, only, says, tale, types } from '../support.js'

/** A ticket that bo has; cy is another member of the team. */
function claimed() {
  const t = tale()
  t.does('bo', { verb: 'claim' }, cn('02 09:10'))
  return t
}

describe('a helper', () => {
  it('is who answers the requester of a ticket that somebody else has', () => {
    const t = claimed()
    const events = t.does('cy', { verb: 'reply', touch: says('I know that one.') }, cn('02 09:20'))
    expect(only(events, 'ticket.helped')).to.deep.include({ helperId: 'cy' })
    expect(t.ticket.assigneeId).to.equal('bo')
    expect(t.ticket.helperIds).to.deep.equal(['cy'])
  })

  it('is noted once, and is never the assignee', () => {
    const t = claimed()
    t.does('cy', { verb: 'reply', touch: says('One.') }, cn('02 09:20'))
    const again = t.does('cy', { verb: 'reply', touch: says('Two.') }, cn('02 09:30'))
    const own = t.does('bo', { verb: 'reply', touch: says('Three.') }, cn('02 09:40'))
    expect([...types(again), ...types(own)]).not.to.include('ticket.helped')
  })

  it('speaks to the requester in the thread from then on', () => {
    const t = claimed()
    const before = only(t.does('cy', { verb: 'discuss', touch: says('hm') }, cn('02 09:15')), 'touch.added')
    expect(before.touch.visibility).to.equal('internal')
    t.does('cy', { verb: 'reply', touch: says('One.') }, cn('02 09:20'))
    const after = only(t.does('cy', { verb: 'discuss', touch: says('hm') }, cn('02 09:25')), 'touch.added')
    expect(after.touch.visibility).to.equal('public')
  })

  it('is none any more when they are given the ticket themselves', () => {
    const t = claimed()
    t.does('cy', { verb: 'reply', touch: says('One.') }, cn('02 09:20'))
    t.does('bo', { verb: 'reassign', agentId: 'cy' }, cn('02 09:30'))
    expect(t.ticket.helperIds).to.deep.equal([])
  })
})
