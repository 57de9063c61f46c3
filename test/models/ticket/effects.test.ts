import { expect } from 'chai'
import type { Effects } from '../../../src/models/ticket/effects.js'
import { effectsOf } from '../../../src/models/ticket/effects.js'
import { IT, withTeam } from '../../support/desk-fixture.js'
import { cn, says, TEAM_PLACE, THREAD, tale } from './support.js'

/** One line for each thing said: where to, and what. */
function lines({ outbox }: Effects): string[] {
  return outbox.map(({ to, say }) => {
    const where = to.kind === 'place' ? to.placeId : `@${to.id}`
    if (say.kind === 'tell')
      return `${where} tell ${say.template}${say.level ? ` ${say.clock} ${say.level}` : ''}`
    if (say.kind === 'notice') return `${where} notice ${say.template}${say.by ? ` by ${say.by}` : ''}`
    if (say.kind === 'remind') return `${where} remind ${say.level} ${say.people.join(' ')}`
    return `${where} ${say.kind}`
  })
}

const claimed = (options: Parameters<typeof tale>[0] = {}) => {
  const t = tale(options)
  t.does('bo', { verb: 'claim' }, cn('02 09:10'))
  return t
}

describe('what is mirrored', () => {
  const FEISHU = 'team:it:feishu'
  const byBo = { authorId: 'bo', visibility: 'public', side: 'team' } as const

  const rows: [string, (t: ReturnType<typeof claimed>) => void, string[]][] = [
    [
      'a reply from a form reaches both sides',
      (t) => t.does('bo', { verb: 'reply', touch: says('Hi.') }, cn('02 09:20')),
      ['dm:ann mirror', `${TEAM_PLACE} mirror`, `${FEISHU} mirror`],
    ],
    [
      "the assignee's word in a thread reaches all other places, and is marked there as sent",
      (t) => t.does('bo', { verb: 'discuss', touch: says('Hi.', TEAM_PLACE) }, cn('02 09:20')),
      ['dm:ann mirror', `${FEISHU} mirror`, `${TEAM_PLACE} sent_mark`],
    ],
    [
      "a colleague's word stays among the team, with the offer to send it on",
      (t) => t.does('cy', { verb: 'discuss', touch: says('Hi.', TEAM_PLACE) }, cn('02 09:20')),
      [`${FEISHU} mirror`, `${TEAM_PLACE} inside_offer`],
    ],
    [
      'a note stays among the team, with no offer',
      (t) => t.does('bo', { verb: 'note', touch: says('Hm.', TEAM_PLACE) }, cn('02 09:20')),
      [`${FEISHU} mirror`],
    ],
    [
      'what is sent on reaches both sides',
      (t) =>
        t.does('bo', { verb: 'publish', touch: says('Hi.'), from: 't9', was: 'internal' }, cn('02 09:20')),
      ['dm:ann mirror', `${TEAM_PLACE} mirror`, `${FEISHU} mirror`],
    ],
    [
      "the requester's answer reaches the team",
      (t) => t.does('ann', { verb: 'answer', touch: says('Here.', THREAD.id) }, cn('02 09:20')),
      [`${TEAM_PLACE} mirror`, `${FEISHU} mirror`],
    ],
    [
      "the requester's answer from a form shows in their own thread too",
      (t) => t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('02 09:20')),
      ['dm:ann mirror', `${TEAM_PLACE} mirror`, `${FEISHU} mirror`],
    ],
    [
      'an edit is looked up once, wherever it went',
      (t) => t.does('bo', { verb: 'edit', touchId: 't9', text: 'x', by: byBo }, cn('02 09:20')),
      [`${TEAM_PLACE} mirror_edit`],
    ],
    [
      'a deletion is, too',
      (t) => t.does('bo', { verb: 'delete', touchId: 't9', by: byBo }, cn('02 09:20')),
      [`${TEAM_PLACE} mirror_delete`],
    ],
    [
      'and what is taken back',
      (t) => t.does('bo', { verb: 'retract', touchId: 't9', by: byBo }, cn('02 09:20')),
      [`${TEAM_PLACE} mirror_delete`],
    ],
  ]
  for (const [name, act, expected] of rows) {
    it(name, () => {
      const t = claimed()
      act(t)
      expect(lines(t.effects())).to.deep.equal(expected)
    })
  }

  it('an inside word that was written where the requester reads is offered to nobody there', () => {
    const t = claimed()
    t.does('cy', { verb: 'discuss', touch: says('Who is she?', THREAD.id) }, cn('02 09:20'))
    expect(lines(t.effects())).to.deep.equal([`${TEAM_PLACE} mirror`, `${FEISHU} mirror`])
  })

  it('nothing goes to a retired place', () => {
    const t = claimed()
    t.does('lin', { verb: 'reassign', teamId: 'hr' }, cn('02 09:20'))
    t.does('hal', { verb: 'reply', touch: says('Hello.') }, cn('02 09:30'))
    expect(lines(t.effects())).to.deep.equal(['dm:ann mirror', 'team:hr:slack mirror'])
  })

  it("the requester's side follows them, and what they still write in the old place is not lost", () => {
    const t = claimed()
    t.does(
      'ann',
      {
        verb: 'relocate',
        place: { ...THREAD, id: 'dm:new', address: { platform: 'slack', conversation: 'D2' } },
      },
      cn('02 09:20'),
    )
    t.does('bo', { verb: 'reply', touch: says('Hello.', TEAM_PLACE) }, cn('02 09:30'))
    expect(lines(t.effects())[0]).to.equal('dm:new mirror')
    t.does('ann', { verb: 'answer', touch: says('Here.', THREAD.id) }, cn('02 09:40'))
    expect(lines(t.effects())).to.deep.equal(['dm:new mirror', `${TEAM_PLACE} mirror`, `${FEISHU} mirror`])
  })
})

describe('notices to the requester', () => {
  it('say what a card that changes in place cannot ring for', () => {
    const t = claimed()
    expect(lines(t.effects())).to.deep.equal([])
    t.does('bo', { verb: 'wait', on: 'requester' }, cn('02 09:20'))
    expect(lines(t.effects())).to.deep.equal(['dm:ann notice waiting by bo'])
    t.does('bo', { verb: 'wait', on: 'external' }, cn('02 09:21'))
    expect(lines(t.effects())).to.deep.equal([])
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 09:22'))
    expect(lines(t.effects())).to.deep.equal(['dm:ann notice resolved by bo'])
    t.does('bo', { verb: 'reopen' }, cn('02 09:23'))
    expect(lines(t.effects())).to.deep.equal(['dm:ann notice reopened by bo'])
    t.does('bo', { verb: 'dismiss' }, cn('02 09:24'))
    expect(lines(t.effects())).to.deep.equal(['dm:ann notice dismissed by bo'])
  })

  it('say when time closed the ticket, and nothing of what they did themselves', () => {
    const t = claimed()
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 09:22'))
    t.does('ann', { verb: 'reopen' }, cn('02 09:23'))
    expect(lines(t.effects())).to.deep.equal(['@bo tell reopened'])
    t.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 10:00'))
    t.ticks(cn('05 10:00'))
    expect(lines(t.effects())).to.deep.equal(['dm:ann notice closed'])
    const other = claimed()
    other.does('bo', { verb: 'resolve', resolution: 'done' }, cn('02 10:00'))
    other.does('ann', { verb: 'confirm' }, cn('02 10:01'))
    expect(lines(other.effects())).to.deep.equal([])
    const gone = claimed()
    gone.does('ann', { verb: 'withdraw' }, cn('02 10:01'))
    expect(lines(gone.effects())).to.deep.equal(['@bo tell withdrawn'])
  })
})

describe('what clocks say', () => {
  it('reminders speak in the places of the team, tellings to people', () => {
    const t = tale()
    t.heard(cn('02 10:00'))
    expect(lines(t.effects())).to.deep.equal([
      `${TEAM_PLACE} remind r50 lin`,
      'team:it:feishu remind r50 lin',
    ])
    t.heard(cn('02 11:00'))
    expect(lines(t.effects())).to.deep.equal(['@lin tell overdue first_response L1'])
    t.heard(cn('02 14:00'))
    expect(t.effects().outbox.every(({ to }) => to.kind === 'person')).to.equal(true)
  })

  it('a postponed tick says nothing', () => {
    const t = tale({ at: cn('06 15:45') })
    t.heard(cn('06 17:44'))
    t.ticks(cn('06 18:10'))
    expect(t.effects().outbox).to.deep.equal([])
  })
})

describe('rows of one commit', () => {
  it('are numbered from 0 and the same whenever they are asked for', () => {
    const t = claimed()
    t.does('lin', { verb: 'reassign', agentId: 'cy' }, cn('02 09:20'))
    const { outbox } = t.effects()
    expect(outbox.map(({ n, to }) => [n, to.kind === 'person' ? to.id : ''])).to.deep.equal([
      [0, 'cy'],
      [1, 'bo'],
    ])
    expect(t.effects()).to.deep.equal(t.effects())
    expect(outbox[0]).to.deep.include({ deskId: 'acme', ticketId: 't1', seq: 3 })
  })

  it('record every message that was written somewhere, so that answers to it find the ticket', () => {
    const t = claimed()
    t.does('bo', { verb: 'discuss', touch: says('Hi.', TEAM_PLACE) }, cn('02 09:20'))
    expect(t.effects().messages).to.have.length(1)
    expect(t.effects().messages[0]).to.deep.include({
      placeId: TEAM_PLACE,
      platform: 'slack',
      conversation: 'C-IT',
      authorId: 'bo',
      side: 'team',
      visibility: 'public',
      direction: 'in',
    })
    t.does('bo', { verb: 'reply', touch: says('Hi.') }, cn('02 09:21'))
    expect(t.effects().messages).to.deep.equal([])
  })
})

describe('cards', () => {
  const wanted = (t: ReturnType<typeof tale>) =>
    t.effects().cards.map(({ placeId, audience, wanted: seq }) => `${placeId} ${audience} ${seq}`)

  it('are wanted in every place, at the newest revision', () => {
    const t = tale()
    expect(wanted(t)).to.deep.equal(['dm:ann requester 1', `${TEAM_PLACE} team 1`, 'team:it:feishu team 1'])
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(wanted(t)[0]).to.equal('dm:ann requester 2')
  })

  it('say once where a ticket went, and then rest', () => {
    const t = tale()
    t.does('lin', { verb: 'reassign', teamId: 'hr' }, cn('02 09:20'))
    expect(wanted(t)).to.deep.equal([
      'dm:ann requester 2',
      `${TEAM_PLACE} team 2`,
      'team:it:feishu team 2',
      'team:hr:slack team 2',
    ])
    t.does('hal', { verb: 'claim' }, cn('02 09:30'))
    expect(wanted(t)).to.deep.equal(['dm:ann requester 3', 'team:hr:slack team 3'])
    t.does('hua', { verb: 'reassign', teamId: 'it' }, cn('02 09:40'))
    expect(wanted(t)).to.include(`${TEAM_PLACE} team 4`)
  })

  it('stand in a retired place no more when the team moves on once more', () => {
    const t = tale()
    t.does('lin', { verb: 'reassign', teamId: 'hr' }, cn('02 09:20'))
    const first = t.ticket.places.find(({ id }) => id === TEAM_PLACE)?.retiredAt
    t.desk = { ...t.desk, teams: { ...t.desk.teams, third: { ...IT, id: 'third' } } }
    t.does('hua', { verb: 'reassign', teamId: 'third' }, cn('02 09:40'))
    expect(wanted(t)).not.to.include(`${TEAM_PLACE} team 3`)
    expect(t.ticket.places.find(({ id }) => id === TEAM_PLACE)?.retiredAt).to.deep.equal(first)
  })
})

describe('spans', () => {
  it('tell how long a status lasted when it ends', () => {
    const t = tale()
    expect(t.effects().spans).to.deep.equal([])
    t.does('bo', { verb: 'claim' }, cn('02 09:10'))
    expect(t.effects().spans).to.deep.equal([
      {
        deskId: 'acme',
        ticketId: 't1',
        measure: 'status:new',
        teamId: 'it',
        startedAt: cn('02 09:00'),
        endedAt: cn('02 09:10'),
        seq: 2,
      },
    ])
    t.does('bo', { verb: 'note', touch: says('Hm.') }, cn('02 09:20'))
    expect(t.effects().spans).to.deep.equal([])
    t.does('bo', { verb: 'release' }, cn('02 09:30'))
    expect(t.effects().spans[0]).to.deep.include({ measure: 'status:in_progress', startedAt: cn('02 09:10') })
  })
})

describe('a team without a channel', () => {
  it('loses no edit of what the requester has', () => {
    const t = claimed({ desk: withTeam({ channels: {} }) })
    const by = { authorId: 'bo', visibility: 'public', side: 'team' } as const
    t.does('bo', { verb: 'edit', touchId: 't9', text: 'x', by }, cn('02 09:20'))
    expect(lines(t.effects())).to.deep.equal(['dm:ann mirror_edit'])
  })
})

describe('effectsOf', () => {
  it('is a function of the commit alone: the same from the same states', () => {
    const t = tale()
    const before = t.ticket
    t.does('bo', { verb: 'reply', touch: says('Hi.') }, cn('02 09:20'))
    const last = t.commits.at(-1)
    if (!last) throw new Error('no commit')
    expect(effectsOf(before, last, t.ticket)).to.deep.equal(t.effects())
  })
})
