import { expect } from 'chai'
import type { Command } from '../../../../src/models/ticket/commands.js'
import { MAX_TEXT } from '../../../../src/models/ticket/decide/parts.js'
import type { Status } from '../../../../src/models/ticket/ticket.js'
import { cn, only, says, THREAD, tale, told, types } from '../support.js'

const FILE = { id: 'f2', name: 'log.txt', bytes: 5, mediaType: 'text/plain' }

/** A ticket that bo has had since 09:10. */
function claimed(options: Parameters<typeof tale>[0] = {}) {
  const t = tale(options)
  t.does('bo', { verb: 'claim' }, cn('02 09:10'))
  return t
}

describe('words', () => {
  it('are demanded, unless there are files, and have a limit', () => {
    const t = claimed()
    const now = cn('02 09:20')
    for (const verb of ['reply', 'note', 'discuss'] as const) {
      expect(t.refused('bo', { verb, touch: says(' \n') }, now).code, verb).to.equal('ticket.text_required')
      const long = says('x'.repeat(MAX_TEXT + 1))
      expect(t.refused('bo', { verb, touch: long }, now), verb).to.deep.include({
        code: 'ticket.text_too_long',
        details: { max: MAX_TEXT },
      })
      t.does('bo', { verb, touch: { ...says(''), files: [FILE] } }, now)
      t.does('bo', { verb, touch: says('x'.repeat(MAX_TEXT)) }, now)
    }
    expect(t.refused('ann', { verb: 'answer', touch: says('') }, now).code).to.equal('ticket.text_required')
    t.does('ann', { verb: 'answer', touch: { ...says(''), files: [FILE] } }, now)
  })
})

describe('reply', () => {
  it('is public, by the team, under the name of who wrote it', () => {
    const t = claimed()
    const { touch } = only(
      t.does('bo', { verb: 'reply', touch: says('Try again.') }, cn('02 09:20')),
      'touch.added',
    )
    expect(touch).to.deep.include({ authorId: 'bo', side: 'team', visibility: 'public', text: 'Try again.' })
    expect(t.ticket.lastAgentReplyAt).to.deep.equal(cn('02 09:20'))
  })

  it('does not end the waiting for the requester', () => {
    const t = claimed()
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 09:20'))
    t.does('bo', { verb: 'reply', touch: says('Still there?') }, cn('02 09:30'))
    expect(t.ticket.status).to.equal('waiting_requester')
  })

  it('is not for strangers, and not after the end', () => {
    const t = claimed()
    expect(t.refused('sam', { verb: 'reply', touch: says('x') }, cn('02 09:20')).code).to.equal(
      'ticket.role_forbids',
    )
    t.does('ann', { verb: 'withdraw' }, cn('02 09:30'))
    expect(t.refused('bo', { verb: 'reply', touch: says('x') }, cn('02 09:40'))).to.deep.include({
      code: 'ticket.status_forbids',
      details: { status: 'cancelled' },
    })
  })
})

describe('note', () => {
  it('stays inside whoever writes it, stops no clock and takes no ticket', () => {
    const t = tale()
    const events = t.does('bo', { verb: 'note', touch: says('She is the CFO.') }, cn('02 09:20'))
    expect(types(events)).to.deep.equal(['touch.added'])
    expect(only(events, 'touch.added').touch.visibility).to.equal('note')
    expect(t.ticket.status).to.equal('new')
    expect(t.ticket.lastAgentReplyAt).to.equal(undefined)
  })
})

describe('publish', () => {
  it('sends an inside touch as a reply, and takes a ticket that nobody has', () => {
    const t = tale()
    const touch = says('Try the other door.')
    const events = t.does('bo', { verb: 'publish', touch, from: 't9', was: 'internal' }, cn('02 09:20'))
    expect(types(events)).to.deep.equal(['touch.published', 'ticket.claimed', 'clock.stopped'])
    expect(only(events, 'touch.published')).to.deep.include({ from: 't9' })
    expect(only(events, 'touch.published').touch).to.deep.include({ visibility: 'public', authorId: 'bo' })
  })

  it('refuses a note, and what is out already', () => {
    const t = claimed()
    const touch = says('secret')
    expect(
      t.refused('bo', { verb: 'publish', touch, from: 't9', was: 'note' }, cn('02 09:20')).code,
    ).to.equal('touch.is_note')
    expect(
      t.refused('bo', { verb: 'publish', touch, from: 't9', was: 'public' }, cn('02 09:20')).code,
    ).to.equal('touch.already_public')
  })

  it('is not for strangers', () => {
    expect(
      claimed().refused(
        'sam',
        { verb: 'publish', touch: says('x'), from: 't9', was: 'internal' },
        cn('02 09:20'),
      ).code,
    ).to.equal('ticket.role_forbids')
  })
})

describe("the requester's answer", () => {
  it('ends the waiting for them', () => {
    const t = claimed()
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 09:20'))
    const events = t.does('ann', { verb: 'answer', touch: says('Here it is.', THREAD.id) }, cn('02 09:50'))
    expect(types(events)).to.deep.equal(['touch.added', 'ticket.status_changed', 'clock.resumed'])
    expect([t.ticket.status, t.ticket.lastRequesterTouchAt]).to.deep.equal(['in_progress', cn('02 09:50')])
  })

  const unmoved: [Status, (t: ReturnType<typeof tale>) => void][] = [
    ['new', () => undefined],
    ['assigned', (t) => t.does('lin', { verb: 'assign', agentId: 'bo' }, cn('02 09:10'))],
    ['in_progress', (t) => t.does('bo', { verb: 'claim' }, cn('02 09:10'))],
    [
      'waiting_external',
      (t) => {
        t.does('bo', { verb: 'claim' }, cn('02 09:10'))
        t.does('bo', { verb: 'wait', on: 'external' }, cn('02 09:11'))
      },
    ],
    ['resolved', (t) => t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 09:10'))],
  ]
  for (const [status, bring] of unmoved) {
    it(`leaves a ticket that is ${status} where it is`, () => {
      const t = tale()
      bring(t)
      const events = t.does('ann', { verb: 'answer', touch: says('One more thing.') }, cn('02 09:50'))
      expect(types(events)).to.deep.equal(['touch.added'])
      expect(t.ticket.status).to.equal(status)
    })
  }

  it('is theirs alone, and goes nowhere after the end', () => {
    const t = claimed()
    expect(t.refused('sam', { verb: 'answer', touch: says('x') }, cn('02 09:20')).code).to.equal(
      'ticket.role_forbids',
    )
    t.does('bo', { verb: 'dismiss' }, cn('02 09:30'))
    expect(t.refused('ann', { verb: 'answer', touch: says('x') }, cn('02 09:40')).code).to.equal(
      'ticket.status_forbids',
    )
  })
})

describe('edits, deletions and taking back', () => {
  const by = { authorId: 'bo', visibility: 'public', side: 'team' } as const

  it('follow the author, and nobody else', () => {
    const t = claimed()
    t.does('bo', { verb: 'edit', touchId: 't9', text: 'better', by }, cn('02 09:20'))
    t.does('bo', { verb: 'delete', touchId: 't9', by }, cn('02 09:21'))
    for (const who of ['cy', 'lin', 'ada', 'ann', 'sam']) {
      expect(t.refused(who, { verb: 'edit', touchId: 't9', text: 'x', by }, cn('02 09:22')).code).to.equal(
        'touch.not_yours',
      )
      expect(t.refused(who, { verb: 'delete', touchId: 't9', by }, cn('02 09:22')).code).to.equal(
        'touch.not_yours',
      )
    }
  })

  it('may leave a message with files without words, and keep the limit', () => {
    const t = claimed()
    t.does('bo', { verb: 'edit', touchId: 't9', text: '', by }, cn('02 09:20'))
    const text = 'x'.repeat(MAX_TEXT + 1)
    expect(t.refused('bo', { verb: 'edit', touchId: 't9', text, by }, cn('02 09:20')).code).to.equal(
      'ticket.text_too_long',
    )
  })

  it('change what the card shows of the first message, within its length', () => {
    const t = claimed()
    const first = { authorId: 'ann', visibility: 'public', side: 'requester' } as const
    t.does('ann', { verb: 'edit', touchId: 'touch-first', text: 'y'.repeat(5000), by: first }, cn('02 09:20'))
    expect([...t.ticket.excerpt]).to.have.length(600)
    expect([t.ticket.title.slice(0, 3), t.ticket.files.length]).to.deep.equal(['yyy', 1])
    t.does('ann', { verb: 'delete', touchId: 'touch-first', by: first }, cn('02 09:21'))
    expect([t.ticket.title, t.ticket.excerpt, t.ticket.files]).to.deep.equal(['…', '', []])
  })

  it('take back what went out: the author, the assignee, the lead, the admin', () => {
    const t = claimed()
    const byCy = { ...by, authorId: 'cy' }
    for (const who of ['cy', 'bo', 'lin', 'ada'])
      expect(
        types(t.does(who, { verb: 'retract', touchId: 't9', by: byCy }, cn('02 09:20'))),
        who,
      ).to.deep.equal(['touch.withdrawn'])
    expect(t.refused('cy', { verb: 'retract', touchId: 't9', by }, cn('02 09:21')).code).to.equal(
      'touch.not_yours',
    )
  })

  const inside = { authorId: 'cy', visibility: 'internal', side: 'team' } as const
  const note = { ...inside, visibility: 'note' } as const
  const copies = ['c1', 'c2']
  const rows: [string, Command, string[]][] = [
    [
      'an edit reaches what it was sent on as',
      { verb: 'edit', touchId: 't9', text: 'better', by: inside, copies },
      ['touch.edited t9', 'touch.edited c1', 'touch.edited c2'],
    ],
    [
      'an edit that makes a note of it takes that back, and says its words to nobody outside',
      { verb: 'edit', touchId: 't9', text: 'better', by: inside, copies, asNote: true },
      ['touch.withdrawn c1', 'touch.withdrawn c2', 'touch.edited t9 note'],
    ],
    [
      'an edit of a note does, too',
      { verb: 'edit', touchId: 't9', text: 'better', by: note, copies },
      ['touch.withdrawn c1', 'touch.withdrawn c2', 'touch.edited t9'],
    ],
    [
      'a deletion takes that with it',
      { verb: 'delete', touchId: 't9', by: inside, copies },
      ['touch.deleted t9', 'touch.deleted c1', 'touch.deleted c2'],
    ],
  ]
  for (const [name, command, expected] of rows) {
    it(`follow what was sent on: ${name}`, () => {
      const t = claimed()
      const seen = t.does('cy', command, cn('02 09:20')).map((event) => {
        if (event.type === 'touch.edited') return `${event.type} ${event.touchId}${event.note ? ' note' : ''}`
        return 'touchId' in event ? `${event.type} ${event.touchId}` : event.type
      })
      expect(seen).to.deep.equal(expected)
      expect(t.refused('bo', command, cn('02 09:21')).code).to.equal('touch.not_yours')
    })
  }

  it('take back nothing that never went out', () => {
    const t = claimed()
    for (const wrong of [
      { ...by, visibility: 'internal' },
      { ...by, visibility: 'note' },
      { ...by, side: 'requester' },
    ] as const)
      expect(t.refused('bo', { verb: 'retract', touchId: 't9', by: wrong }, cn('02 09:21')).code).to.equal(
        'touch.not_found',
      )
  })
})

describe('relocate', () => {
  const DM = { ...THREAD, id: 'dm:ann:2', address: { platform: 'slack', conversation: 'D2' } }

  it("moves the requester's side and retires where it was", () => {
    const t = claimed()
    const events = t.does('ann', { verb: 'relocate', place: DM }, cn('02 09:20'))
    expect(only(events, 'place.added').retired).to.deep.equal([THREAD.id])
    const live = t.ticket.places.filter((place) => place.audience === 'requester' && !place.retiredAt)
    expect(live).to.deep.equal([DM])
    expect(told(events)).to.deep.equal([])
  })

  it('refuses to go where it is, and may come back', () => {
    const t = claimed()
    expect(t.refused('ann', { verb: 'relocate', place: THREAD }, cn('02 09:20')).code).to.equal(
      'ticket.unchanged',
    )
    t.does('ann', { verb: 'relocate', place: DM }, cn('02 09:20'))
    t.does('ann', { verb: 'relocate', place: THREAD }, cn('02 09:21'))
    const sides = t.ticket.places.filter((place) => place.audience === 'requester')
    expect(sides.map(({ id, retiredAt }) => [id, retiredAt !== undefined])).to.deep.equal([
      ['dm:ann:2', true],
      ['dm:ann', false],
    ])
  })

  it('is for the requester alone', () => {
    expect(claimed().refused('bo', { verb: 'relocate', place: DM }, cn('02 09:20')).code).to.equal(
      'ticket.role_forbids',
    )
  })
})
