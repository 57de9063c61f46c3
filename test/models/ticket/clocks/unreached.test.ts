import { expect } from 'chai'
import type { Command } from '../../../../src/models/ticket/commands.js'
import { decide } from '../../../../src/models/ticket/decide.js'
import { effectsOf } from '../../../../src/models/ticket/effects.js'
import { fold } from '../../../../src/models/ticket/fold.js'
import type { Ticket } from '../../../../src/models/ticket/ticket.js'
import { touchesOf } from '../../../../src/models/ticket/touches.js'
import { DESK } from '../../../support/desk-fixture.js'
import { cn, commitAfter, contextOf, MONDAY, only, type Tale, tale } from '../support.js'

/** An urgent ticket that nobody has answered: its lead lin was told a quarter of an hour after nine. */
function overdue(): Tale {
  const t = tale({ priority: 'urgent' })
  t.heard(cn('02 09:20'))
  return t
}

interface Chain {
  ticket: Ticket
  /** Somebody could not be told; who is told instead, as `person level`. */
  gone(personId: string, more?: Partial<Extract<Command, { verb: 'unreached' }>>): string[]
}

function chainOf(t: Tale, at = cn('02 09:21')): Chain {
  const commits = [...t.commits]
  let ticket = t.ticket
  return {
    get ticket() {
      return ticket
    },
    gone: (personId, more = {}) => {
      const command: Command = {
        verb: 'unreached',
        ...{ personId, template: 'overdue', clock: 'first_response', level: 'L1' },
        ...more,
      }
      const actor = { kind: 'system' } as const
      const decision = decide(ticket, command, contextOf(DESK, actor, at))
      if (!decision.ok) throw new Error(decision.code)
      const commit = commitAfter(commits.at(-1), actor, at, decision.events)
      const after = fold(ticket, commit)
      const { outbox } = effectsOf(ticket, commit, after)
      commits.push(commit)
      ticket = after
      const { tell } = only(decision.events, 'people.unreached')
      const rows = outbox.map(
        ({ to, say }) => `${to.kind === 'person' ? to.id : '?'} ${say.kind === 'tell' ? say.level : '?'}`,
      )
      expect(rows).to.deep.equal(tell.map(({ to, level }) => `${to} ${level}`))
      return rows
    },
  }
}

describe('somebody who cannot be reached', () => {
  it('is followed by the next of the ladder, then by the admins, then by the team, and by nobody twice', () => {
    const chain = chainOf(overdue())
    expect(chain.gone('lin')).to.deep.equal(['max L2'])
    expect(chain.gone('max', { level: 'L2' })).to.deep.equal(['ada L2'])
    expect(chain.gone('ada', { level: 'L2' })).to.deep.equal(['bo L2', 'cy L2'])
    expect(chain.gone('bo', { level: 'L2' })).to.deep.equal([])
    expect(chain.gone('cy', { level: 'L2' })).to.deep.equal([])
  })

  it('is followed once, when two of one level cannot be reached', () => {
    const t = tale({ priority: 'urgent' })
    t.does('lin', { verb: 'assign', agentId: 'bo' }, MONDAY)
    t.heard(cn('02 09:20'))
    const chain = chainOf(t)
    expect(chain.gone('bo')).to.deep.equal(['max L2'])
    expect(chain.gone('lin')).to.deep.equal([])
  })

  it('is asked again with the next round', () => {
    const t = overdue()
    t.heard(cn('02 09:50'))
    expect(chainOf(t, cn('02 09:51')).gone('lin')).to.deep.equal(['max L2'])
  })

  it('leaves those who hear it instead free to say that they are on it', () => {
    const chain = chainOf(overdue())
    chain.gone('lin')
    expect(chain.ticket.toldIds).to.include('max')
    const ack = decide(
      chain.ticket,
      { verb: 'ack', clock: 'first_response' },
      contextOf(DESK, { kind: 'person', id: 'max' }, cn('02 09:22')),
    )
    expect(ack.ok).to.equal(true)
  })

  it('troubles nobody when somebody has acted since, or it was no escalation', () => {
    const acted = overdue()
    acted.does('bo', { verb: 'claim' }, cn('02 09:20'))
    expect(chainOf(acted).gone('lin')).to.deep.equal([])
    const answered = overdue()
    answered.does('bo', { verb: 'reply', touch: { id: 'r', text: 'On my way.', files: [] } }, cn('02 09:20'))
    expect(chainOf(answered).gone('lin')).to.deep.equal([])
    expect(chainOf(overdue()).gone('bo', { template: 'assigned' })).to.deep.equal([])
  })
})

describe('two accounts that turn out to be one person', () => {
  it('are one requester, assignee, author and whoever was told', () => {
    const t = tale({ requesterId: 'guest' })
    const actor = { kind: 'system' } as const
    const decision = decide(
      t.ticket,
      { verb: 'adopt', personId: 'guest', into: 'ann' },
      contextOf(DESK, actor, cn('02 09:10')),
    )
    if (!decision.ok) throw new Error(decision.code)
    const commit = commitAfter(t.commits.at(-1), actor, cn('02 09:10'), decision.events)
    const after = fold(t.ticket, commit)
    expect([after.requesterId, after.openedById]).to.deep.equal(['ann', 'ann'])
    const touches = [...touchesOf([...t.commits, commit]).values()]
    expect(touches.map(({ authorId }) => authorId)).to.deep.equal(['ann'])
    const again = decide(
      after,
      { verb: 'adopt', personId: 'guest', into: 'ann' },
      contextOf(DESK, actor, cn('02 09:11')),
    )
    expect(again).to.deep.equal({ ok: true, events: [] })
  })
})
