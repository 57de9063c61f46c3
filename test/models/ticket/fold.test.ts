import { expect } from 'chai'
import { fold, preview } from '../../../src/models/ticket/fold.js'
import type { Ticket } from '../../../src/models/ticket/ticket.js'
import { cn, commitAfter, says, tale } from './support.js'

const ANN = { kind: 'person', id: 'ann' } as const

function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    for (const inner of Object.values(value)) frozen(inner)
    Object.freeze(value)
  }
  return value
}

describe('fold', () => {
  it('gives the same ticket from all its commits as step by step', () => {
    const t = tale()
    t.does('bo', { verb: 'reply', touch: says('Hi.') }, cn('02 09:10'))
    t.heard(cn('03 12:00'))
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('03 14:00'))
    const again = t.commits.reduce<Ticket | null>((ticket, commit) => fold(ticket, commit), null)
    expect(again).to.deep.equal(t.ticket)
  })

  it('refuses a gap, a repetition, a first commit that opens nothing, and a second opening', () => {
    const t = tale()
    const [first] = t.commits
    if (!first) throw new Error('no commit')
    const second = commitAfter(first, ANN, cn('02 09:10'), [{ type: 'ticket.urged', count: 1 }])
    const third = commitAfter(second, ANN, cn('02 09:10'), [])
    expect(() => fold(t.ticket, third)).to.throw('does not follow')
    expect(() => fold(t.ticket, first)).to.throw('does not follow')
    expect(() => fold(null, { ...second, seq: 1 })).to.throw('before ticket.opened')
    expect(() => fold(null, { ...second, seq: 1, events: [] })).to.throw('opens it')
    expect(() => fold(t.ticket, { ...first, seq: 2 })).to.throw('opens once')
  })

  it('changes nothing it was given', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    const ticket = frozen(t.ticket)
    const events = t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 09:20'))
    const last = t.commits.at(-1)
    if (!last) throw new Error('no commit')
    expect(fold(ticket, frozen(last)).status).to.equal('waiting_requester')
    expect(preview(ticket, frozen(events), ANN, cn('02 09:20')).status).to.equal('waiting_requester')
    expect(ticket.status).to.equal('in_progress')
  })

  it('keeps since when a status holds, and when anything changed last', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('bo', { verb: 'note', touch: says('Hm.') }, cn('02 09:20'))
    expect([t.ticket.statusSince, t.ticket.updatedAt]).to.deep.equal([cn('02 09:10'), cn('02 09:20')])
  })

  it('takes revision and hash from the commit', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect([t.ticket.revision, t.ticket.hash]).to.deep.equal([2, t.commits.at(-1)?.hash])
  })

  it('records an attempt without changing the ticket', () => {
    const t = tale()
    const before = t.ticket
    const commit = commitAfter(t.commits.at(-1), ANN, cn('02 09:10'), [
      { type: 'attempt.refused', verb: 'claim', code: 'ticket.role_forbids' },
    ])
    const { revision, hash, updatedAt } = fold(before, commit)
    expect(fold(before, commit)).to.deep.equal({ ...before, revision, hash, updatedAt })
  })

  it('forgets whom the ladder told when the ticket is reopened', () => {
    const t = tale()
    t.heard(cn('02 14:00'))
    expect(t.ticket.toldIds).to.deep.equal(['lin', 'max'])
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 14:10'))
    t.does('ann', { verb: 'reopen' }, cn('02 14:20'))
    expect(t.ticket.toldIds).to.deep.equal([])
  })
})
