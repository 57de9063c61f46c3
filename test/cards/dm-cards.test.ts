import { expect } from 'chai'
import type { Card } from '../../src/cards/card.js'
import type { ViewContext } from '../../src/cards/context.js'
import { digestCard } from '../../src/cards/views/digest-card.js'
import { type Ended, endedCard } from '../../src/cards/views/ended-card.js'
import {
  assignedCard,
  type Happened,
  handedOverCard,
  reopenedCard,
  unassignedCard,
} from '../../src/cards/views/hand-cards.js'
import { overdueCard } from '../../src/cards/views/overdue-card.js'
import { tellCard } from '../../src/cards/views/tell-card.js'
import { urgedCard } from '../../src/cards/views/urged-card.js'
import { LOCALES } from '../../src/i18n/t.js'
import type { TellTemplate, TicketEvent } from '../../src/models/ticket/events.js'
import { STATUSES, type Ticket } from '../../src/models/ticket/ticket.js'
import { buttonsOf, cardWords, clickable, clock, commit, contextFor, later, ticketIn } from './sample.js'

const EN = contextFor('en')
const LATE = ticketIn('assigned', {
  clocks: { first_response: clock('first_response', { dueAt: later(-75) }), resolution: clock('resolution') },
})
const L1 = { readerId: 'lin', clock: 'first_response', level: 'L1', round: 1 } as const
const REASON = { readerId: 'bo', byId: 'lin', reason: '需要现场支持' }

describe('overdueCard', () => {
  it('says which promise, since when, who has it and which level of the ladder speaks', () => {
    expect(cardWords(overdueCard(LATE, EN, L1)))
      .to.contain('A first response was promised by Mon 9 Nov, 08:45, 1 h 15 min ago.')
      .and.to.contain('李博 has it.')
      .and.to.contain('Escalation level 1')
      .and.to.contain('安娜 (财务部)')
  })
  it('speaks to the reader', () => {
    expect(cardWords(overdueCard(LATE, EN, { ...L1, readerId: 'bo' }))).to.contain('You have it.')
    expect(cardWords(overdueCard(ticketIn('new'), EN, L1))).to.contain('Nobody has it yet.')
  })
  it('counts its repetitions and admits that it comes late', () => {
    expect(cardWords(overdueCard(LATE, EN, L1)))
      .to.not.contain('told')
      .and.to.not.contain('comes late')
    expect(cardWords(overdueCard(LATE, EN, { ...L1, round: 3, late: true })))
      .to.contain('told 3 times')
      .and.to.contain('This message comes late')
  })
  it('offers to be on it for the clock it is about, to hand it on and to look', () => {
    expect(clickable(overdueCard(LATE, EN, L1))).to.equal('ack:first_response reassign details /')
    expect(clickable(overdueCard(ticketIn('new'), EN, L1))).to.equal('ack:first_response assign details /')
  })
})

describe('digestCard', () => {
  const items = [1, 2, 3].map((n) => ({
    ticket: ticketIn('new', {
      id: `t${n}`,
      number: `202611000${n}`,
      clocks: { resolution: clock('resolution', { dueAt: later(-n) }) },
    }),
    clock: 'resolution' as const,
  }))

  it('names every ticket, the longest overdue first', () => {
    const made = digestCard(items, EN)
    expect(made.title).to.equal('3 tickets are overdue')
    expect(made.summary).to.equal('3 tickets are overdue: 2026110003, 2026110002, 2026110001')
  })
  it('has the buttons of each ticket beside it', () => {
    expect(
      buttonsOf(digestCard(items, EN)).map(({ action }) => `${action.ticketId} ${action.verb}`),
    ).to.deep.equal([
      't3 ack',
      't3 assign',
      't3 details',
      't2 ack',
      't2 assign',
      't2 details',
      't1 ack',
      't1 assign',
      't1 details',
    ])
  })
  it('counts a ticket that is late on two promises once', () => {
    const [first] = items
    const twice = first ? [first, { ...first, clock: 'first_response' as const }] : []
    expect(digestCard(twice, EN).title).to.equal('1 ticket is overdue')
  })
  it('shows ten and leads to the rest', () => {
    const many = Array.from({ length: 12 }, () => ({ ticket: LATE, clock: 'first_response' as const }))
    const made = digestCard(many, EN)
    expect(cardWords(made)).to.contain('and 2 more')
    expect(clickable(made)).to.match(/ queue \/$/)
  })
})

describe('cards of a ticket that changes hands', () => {
  const ended =
    (what: Ended['ended']) =>
    (ticket: Ticket, ctx: ViewContext, happened: Happened): Card =>
      endedCard(ticket, ctx, { ended: what, ...happened })
  const table = [
    [
      'assigned',
      assignedCard,
      '林立 assigned this ticket to you. Reason: 需要现场支持',
      'claim reassign details /',
    ],
    ['handed over', handedOverCard, '林立 gave this ticket to 李博', 'details /'],
    ['put back', unassignedCard, '林立 put this ticket back into the queue of IT.', 'details /'],
    ['reopened', reopenedCard, '林立 reopened this ticket.', 'reply reassign details /'],
    ['withdrawn', ended('withdrawn'), '林立 withdrew this ticket. Reason: 需要现场支持', 'details /'],
    ['resolved', ended('resolved'), '林立 resolved this ticket.', 'details /'],
    ['dismissed', ended('dismissed'), '林立 ended this as not a ticket. Reason: 需要现场支持', 'details /'],
  ] as const
  for (const [name, view, words, clicks] of table) {
    it(`say who it was ${name} by, why, and what to do`, () => {
      const made = view(LATE, EN, REASON)
      expect(made.audience).to.equal('leads')
      expect(cardWords(made)).to.contain(words).and.to.contain('需要现场支持').and.to.contain('2026110015')
      expect(clickable(made)).to.equal(clicks)
    })
    it(`do without a name and a reason when it was ${name} by nobody`, () => {
      const words = cardWords(view(LATE, EN, { readerId: 'bo' }))
      expect(words).to.contain('2026110015').and.to.not.contain('Reason')
    })
  }
  it('name the other team when it went there', () => {
    const { assigneeId: _, ...moved } = ticketIn('new', { teamId: 'hr' })
    const made = handedOverCard(moved, EN, { readerId: 'bo', byId: 'lin', moved: true })
    expect(cardWords(made)).to.contain('gave this ticket to HR')
    expect(clickable(made)).to.equal('/')
  })
})

describe('urgedCard', () => {
  it('says who asks and how often, with the answer at hand', () => {
    const urged = (count: number) => urgedCard({ ...LATE, urges: { count } }, EN, { readerId: 'bo' })
    expect(cardWords(urged(1))).to.contain('安娜 asks you to hurry. You have it.')
    expect(cardWords(urged(2))).to.contain('2 nudges so far')
    expect(clickable(urged(1))).to.equal('reply reassign details /')
  })
  it('lets a lead claim or assign what nobody has', () => {
    expect(clickable(urgedCard(ticketIn('new'), EN, { readerId: 'lin' }))).to.equal('claim assign details /')
  })
})

describe('tellCard', () => {
  const told = (template: TellTemplate, ...events: TicketEvent[]) =>
    tellCard(
      {
        to: 'bo',
        say: { kind: 'tell', template, clock: 'first_response', level: 'L1' },
        commit: commit(events, 'lin'),
      },
      LATE,
      EN,
    )

  it('reads who did it and why from the commit', () => {
    const assigned = told('assigned', { type: 'ticket.assigned', agentId: 'bo', reason: '你懂网络' })
    expect(cardWords(assigned)).to.contain('林立 assigned').and.to.contain('你懂网络')
    const moved = told('handed_over', {
      type: 'ticket.moved',
      teamId: 'hr',
      reason: '不归我们',
      places: [],
      retired: [],
    })
    expect(cardWords(moved)).to.contain('不归我们')
    expect(cardWords(told('unassigned', { type: 'ticket.released', reason: '太忙' }))).to.contain('太忙')
    expect(cardWords(told('reopened', { type: 'ticket.reopened', reason: '又断了' }))).to.contain('又断了')
    expect(cardWords(told('withdrawn', { type: 'ticket.withdrawn', reason: '好了' }))).to.contain('好了')
    expect(cardWords(told('dismissed', { type: 'ticket.dismissed', reason: '闲聊' }))).to.contain('闲聊')
  })
  it('leads to what went to a colleague, not to what left the team', () => {
    expect(clickable(told('handed_over', { type: 'ticket.assigned', agentId: 'cy' }))).to.equal('details /')
    expect(
      clickable(told('handed_over', { type: 'ticket.moved', teamId: 'hr', places: [], retired: [] })),
    ).to.equal('/')
  })
  it('counts the rounds of its level', () => {
    const first_response = clock('first_response', {
      dueAt: later(-75),
      told: [
        { level: 'L1', round: 1, at: later(-75) },
        { level: 'L1', round: 2, at: later(-45) },
        { level: 'L2', round: 1, at: later(-15) },
      ],
    })
    const made = tellCard(
      {
        to: 'lin',
        say: { kind: 'tell', template: 'overdue', clock: 'first_response', level: 'L1' },
        commit: commit([], null),
      },
      { ...LATE, clocks: { first_response } },
      EN,
    )
    expect(cardWords(made)).to.contain('Escalation level 1').and.to.contain('told 2 times')
  })
  const templates = [
    'overdue',
    'assigned',
    'urged',
    'handed_over',
    'unassigned',
    'reopened',
    'withdrawn',
    'resolved',
    'dismissed',
  ] as const satisfies readonly TellTemplate[]
  for (const template of templates) {
    for (const status of STATUSES) {
      it(`has a card for ${template} of a ticket that is ${status}`, () => {
        for (const locale of LOCALES) {
          const say = { kind: 'tell', template } as const
          const made = tellCard({ to: 'bo', say, commit: commit([]) }, ticketIn(status), contextFor(locale))
          expect(made.title).to.contain('2026110015').and.to.contain('网络连不上')
          expect(made.summary).to.contain('2026110015')
        }
      })
    }
  }
})
