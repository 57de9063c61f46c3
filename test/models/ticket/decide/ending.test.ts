import { expect } from 'chai'
import type { Command } from '../../../../src/models/ticket/commands.js'
import { MAX_TEXT } from '../../../../src/models/ticket/decide/parts.js'
import { withTeam } from '../../../support/desk-fixture.js'
import { cn, only, says, tale, told, types } from '../support.js'

const DAY_MS = 86_400_000
const later = (at: Date, ms: number) => new Date(at.getTime() + ms)

function resolved(options: Parameters<typeof tale>[0] = {}) {
  const t = tale(options)
  t.does('bo', { verb: 'claim' }, cn('02 09:10'))
  t.does('bo', { verb: 'resolve', resolution: 'Reset it.' }, cn('02 10:00'))
  return t
}

describe('resolve', () => {
  it('keeps what was said, by whom and when, and stops the promises', () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    const events = t.does(
      'bo',
      { verb: 'resolve', resolution: ' Reset it. ', cause: ' ', prevention: 'none' },
      cn('02 10:00'),
    )
    expect(types(events)).to.deep.equal([
      'ticket.resolved',
      'clock.stopped',
      'clock.stopped',
      'clock.started',
    ])
    expect(t.ticket.resolution).to.deep.equal({
      text: 'Reset it.',
      prevention: 'none',
      byId: 'bo',
      at: cn('02 10:00'),
    })
    expect(t.ticket.status).to.equal('resolved')
  })

  it('is also a claim where nobody had it', () => {
    const t = tale()
    t.does('cy', { verb: 'resolve', resolution: 'Done.' }, cn('02 10:00'))
    expect([t.ticket.status, t.ticket.assigneeId]).to.deep.equal(['resolved', 'cy'])
  })

  it("leaves a colleague's ticket with them", () => {
    const t = tale()
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    t.does('lin', { verb: 'resolve', resolution: 'Done.' }, cn('02 10:00'))
    expect([t.ticket.assigneeId, t.ticket.resolution?.byId]).to.deep.equal(['bo', 'lin'])
  })

  it('demands the resolution, and cause and prevention where the type does', () => {
    const t = tale({ typeId: 'incident' })
    const now = cn('02 10:00')
    expect(t.refused('bo', { verb: 'resolve', resolution: ' ' }, now).code).to.equal('ticket.text_required')
    expect(t.refused('bo', { verb: 'resolve', resolution: 'x'.repeat(MAX_TEXT + 1) }, now).code).to.equal(
      'ticket.text_too_long',
    )
    expect(t.refused('bo', { verb: 'resolve', resolution: 'ok', prevention: 'p' }, now).code).to.equal(
      'ticket.cause_required',
    )
    expect(
      t.refused('bo', { verb: 'resolve', resolution: 'ok', cause: 'c', prevention: ' ' }, now).code,
    ).to.equal('ticket.prevention_required')
    t.does('bo', { verb: 'resolve', resolution: 'ok', cause: 'c', prevention: 'p' }, now)
    expect(t.ticket.resolution).to.deep.include({ cause: 'c', prevention: 'p' })
  })

  it('is refused once it is resolved', () => {
    expect(resolved().refused('bo', { verb: 'resolve', resolution: 'x' }, cn('02 10:01')).code).to.equal(
      'ticket.status_forbids',
    )
  })
})

describe('confirm', () => {
  it('closes, and the ticket no longer closes by itself', () => {
    const t = resolved()
    expect(types(t.does('ann', { verb: 'confirm' }, cn('02 11:00')))).to.deep.equal([
      'ticket.closed',
      'clock.stopped',
    ])
    expect([t.ticket.status, t.ticket.closedAt, t.ticket.nextDueAt]).to.deep.equal([
      'closed',
      cn('02 11:00'),
      undefined,
    ])
  })

  it('is for the requester alone, and of what is resolved', () => {
    expect(resolved().refused('bo', { verb: 'confirm' }, cn('02 11:00')).code).to.equal('ticket.role_forbids')
    expect(tale().refused('ann', { verb: 'confirm' }, cn('02 11:00')).code).to.equal('ticket.status_forbids')
  })
})

describe('reopen', () => {
  it('returns to who had it, with its history, and tells them', () => {
    const t = resolved()
    const events = t.does('ann', { verb: 'reopen', reason: 'still down' }, cn('02 11:00'))
    expect(only(events, 'ticket.reopened').reason).to.equal('still down')
    expect(told(events)).to.deep.equal(['bo: reopened'])
    expect(t.ticket).to.deep.include({ status: 'in_progress', assigneeId: 'bo', reopenCount: 1 })
    expect([t.ticket.resolution, t.ticket.closedAt]).to.deep.equal([undefined, undefined])
  })

  it('tells nobody when the handler reopens it', () => {
    const t = resolved()
    expect(told(t.does('bo', { verb: 'reopen' }, cn('02 11:00')))).to.deep.equal([])
  })

  it('carries the words that asked for it', () => {
    const t = resolved()
    const touch = says('It is down again.')
    const events = t.does('ann', { verb: 'reopen', touch }, cn('02 11:00'))
    expect(only(events, 'touch.added').touch).to.deep.include({ side: 'requester', visibility: 'public' })
    expect(t.ticket.lastRequesterTouchAt).to.deep.equal(cn('02 11:00'))
    expect(t.refused('bo', { verb: 'confirm' }, cn('02 11:01')).code).to.equal('ticket.role_forbids')
  })

  it('refuses words that say nothing or too much', () => {
    const t = resolved()
    expect(t.refused('ann', { verb: 'reopen', touch: says('') }, cn('02 11:00')).code).to.equal(
      'ticket.text_required',
    )
    const touch = says('x'.repeat(MAX_TEXT + 1))
    expect(t.refused('ann', { verb: 'reopen', touch }, cn('02 11:00')).code).to.equal('ticket.text_too_long')
  })

  it('demands a reason where the team does; words are one', () => {
    const t = resolved({ desk: withTeam({ reasonsFor: ['reopen'] }) })
    expect(t.refused('ann', { verb: 'reopen' }, cn('02 11:00')).code).to.equal('ticket.reason_required')
    expect(t.refused('ann', { verb: 'reopen', reason: ' ' }, cn('02 11:00')).code).to.equal(
      'ticket.reason_required',
    )
    t.does('ann', { verb: 'reopen', reason: '', touch: says('Still down.') }, cn('02 11:00'))
    expect(t.ticket.status).to.equal('in_progress')
  })

  const closedAt = cn('02 11:00')
  for (const [name, after, allowed] of [
    ['to the millisecond inside its window', 14 * DAY_MS, true],
    ['after its window', 14 * DAY_MS + 1, false],
  ] as const) {
    it(`${allowed ? 'opens' : 'does not open'} a closed ticket ${name}`, () => {
      const t = resolved()
      t.does('ann', { verb: 'confirm' }, closedAt)
      const now = later(closedAt, after)
      if (allowed) t.does('ann', { verb: 'reopen' }, now)
      else expect(t.refused('ann', { verb: 'reopen' }, now).code).to.equal('ticket.window_over')
      expect(t.ticket.status).to.equal(allowed ? 'in_progress' : 'closed')
    })
  }

  it('has no window while the ticket is merely resolved', () => {
    const t = resolved()
    t.does('ann', { verb: 'reopen' }, later(closedAt, 400 * DAY_MS))
    expect(t.ticket.status).to.equal('in_progress')
  })

  it('counts the window from the last closing', () => {
    const t = resolved()
    t.does('ann', { verb: 'confirm' }, closedAt)
    t.does('ann', { verb: 'reopen' }, later(closedAt, 13 * DAY_MS))
    t.does('bo', { verb: 'resolve', resolution: 'again' }, later(closedAt, 13.1 * DAY_MS))
    t.does('ann', { verb: 'confirm' }, later(closedAt, 13.2 * DAY_MS))
    t.does('ann', { verb: 'reopen' }, later(closedAt, 27 * DAY_MS))
    expect(t.ticket.reopenCount).to.equal(2)
  })

  it('is for the requester and those who answer for it, not for a colleague', () => {
    const t = resolved()
    for (const who of ['cy', 'sam'])
      expect(t.refused(who, { verb: 'reopen' }, cn('02 11:00')).code).to.equal('ticket.role_forbids')
  })
})

describe('withdraw', () => {
  it('ends the ticket and all its clocks', () => {
    const t = tale()
    const events = t.does('ann', { verb: 'withdraw', reason: ' works again ' }, cn('02 09:20'))
    expect(types(events)).to.deep.equal(['ticket.withdrawn', 'clock.stopped', 'clock.stopped'])
    expect(only(events, 'ticket.withdrawn').reason).to.equal('works again')
    expect(t.ticket).to.deep.include({ status: 'cancelled', closedAt: cn('02 09:20') })
    expect(t.ticket.nextDueAt).to.equal(undefined)
  })

  it('is possible until resolved, with a reason where the team demands one', () => {
    expect(resolved().refused('ann', { verb: 'withdraw' }, cn('02 10:01')).code).to.equal(
      'ticket.status_forbids',
    )
    const t = tale({ desk: withTeam({ reasonsFor: ['withdraw'] }) })
    expect(t.refused('ann', { verb: 'withdraw' }, cn('02 09:20')).code).to.equal('ticket.reason_required')
  })
})

describe('who has the ticket', () => {
  const claim = ['bo', { verb: 'claim' }] as const
  const done = ['bo', { verb: 'resolve', resolution: 'Done.' }] as const
  const resolve = { verb: 'resolve', resolution: 'Done.' } as const
  const touch = says('It is down again.')
  type Act = readonly [who: string, command: Command]
  const rows: [string, Act[], Act, string[]][] = [
    ['the requester withdraws it', [claim], ['ann', { verb: 'withdraw' }], ['bo: withdrawn']],
    ['it is not solved', [claim, done], ['ann', { verb: 'reopen', touch }], ['bo: reopened']],
    ['the lead reopens it', [claim, done], ['lin', { verb: 'reopen' }], ['bo: reopened']],
    ['somebody else resolves it', [claim], ['lin', resolve], ['bo: resolved']],
    ['somebody else dismisses it', [claim], ['cy', { verb: 'dismiss' }], ['bo: dismissed']],
    ['it is given to another', [claim], ['lin', { verb: 'assign', agentId: 'lin' }], ['bo: handed_over']],
    ['it goes to another team', [claim], ['lin', { verb: 'reassign', teamId: 'hr' }], ['bo: handed_over']],
    ['somebody else releases it', [claim], ['lin', { verb: 'release' }], ['bo: unassigned']],
    ['they resolve it', [claim], ['bo', resolve], []],
    ['they dismiss it', [claim], ['bo', { verb: 'dismiss' }], []],
    ['they reopen it', [claim, done], ['bo', { verb: 'reopen' }], []],
    ['they release it', [claim], ['bo', { verb: 'release' }], []],
    ['nobody has it and it is resolved', [], ['cy', resolve], []],
    ['nobody has it and it is dismissed', [], ['cy', { verb: 'dismiss' }], []],
    ['nobody has it and it is withdrawn', [], ['ann', { verb: 'withdraw' }], []],
  ]
  for (const [name, before, [who, command], expected] of rows) {
    it(`${expected.length > 0 ? 'is told once' : 'is not told'} when ${name}`, () => {
      const t = tale()
      for (const [actor, act] of before) t.does(actor, act, cn('02 09:10'))
      expect(told(t.does(who, command, cn('02 10:00')))).to.deep.equal(expected)
    })
  }

  it('hears of their own request as its requester, not a second time', () => {
    for (const command of [resolve, { verb: 'dismiss' }] as const) {
      const t = tale({ requesterId: 'bo' })
      t.does('bo', { verb: 'claim' }, cn('02 09:10'))
      expect(told(t.does('lin', command, cn('02 10:00')))).to.deep.equal([])
      expect(t.effects().outbox.map(({ say }) => say.kind)).to.deep.equal(['notice'])
    }
  })
})

describe('dismiss', () => {
  it('ends what is not a ticket, for good', () => {
    const t = tale()
    t.does('bo', { verb: 'dismiss', reason: 'chat' }, cn('02 09:20'))
    expect(t.ticket.status).to.equal('rejected')
    expect(t.refused('ann', { verb: 'reopen' }, cn('02 09:21')).code).to.equal('ticket.status_forbids')
    expect(t.ticket.nextDueAt).to.equal(undefined)
  })

  it('demands a reason where the team does', () => {
    const t = tale({ desk: withTeam({ reasonsFor: ['dismiss'] }) })
    expect(t.refused('bo', { verb: 'dismiss', reason: '' }, cn('02 09:20')).code).to.equal(
      'ticket.reason_required',
    )
  })
})
