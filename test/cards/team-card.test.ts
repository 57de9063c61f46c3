import { expect } from 'chai'
import type { Card } from '../../src/cards/card.js'
import { movedCard, teamCard } from '../../src/cards/views/team-card.js'
import { LOCALES } from '../../src/i18n/t.js'
import { LIFECYCLE, ROLES, type Role, type Rule } from '../../src/models/ticket/lifecycle.js'
import { STATUSES, type Status, type Ticket } from '../../src/models/ticket/ticket.js'
import { buttonsOf, cardWords, clickable, clock, contextFor, later, ticketIn } from './sample.js'

const card = (ticket: Ticket, locale: 'en' | 'zh-CN' = 'en'): Card => teamCard(ticket, contextFor(locale))

/** What the team can click, by status: buttons / menu; written by hand. */
const CLICKABLE: Readonly<Record<Status, string>> = {
  under_review: '/ dismiss note details why ladder',
  new: 'claim reply resolve / assign priority dismiss note details why ladder',
  assigned: 'claim reply resolve / wait:on release reassign priority dismiss note details why ladder',
  in_progress: 'reply resolve / wait:on release reassign priority dismiss note details why ladder',
  waiting_requester: 'reply resolve / wait:off release reassign priority dismiss note details why ladder',
  waiting_external: 'reply resolve / wait:off release reassign priority dismiss note details why ladder',
  snoozed: 'reply resolve / wait:off release reassign priority dismiss note details why ladder',
  resolved: 'reply / reopen note details why',
  closed: 'details / note',
  cancelled: 'details / note',
  rejected: 'details / note',
  merged: 'details / note',
}

describe('teamCard', () => {
  for (const status of STATUSES) {
    for (const locale of LOCALES) {
      it(`shows number, title and requester of a ticket that is ${status}, in ${locale}`, () => {
        const made = card(ticketIn(status), locale)
        expect(made.audience).to.equal('team')
        expect(made.title).to.equal('2026110015 · 网络连不上')
        expect(made.summary).to.contain('2026110015').and.to.contain('网络连不上').and.to.contain('安娜')
        expect(cardWords(made)).to.contain('财务部').and.to.contain('昨天还好好的')
      })
    }
    it(`offers what can be done while it is ${status}`, () => {
      expect(clickable(card(ticketIn(status)))).to.equal(CLICKABLE[status])
    })
  }

  const OWN: [role: Role, status: Status, shown: string][] = [
    ['member', 'new', 'claim reply resolve / assign priority dismiss note details why ladder'],
    ['lead', 'new', 'claim reply resolve assign / priority dismiss note details why ladder'],
    ['member', 'in_progress', 'reply resolve / reassign priority dismiss note details why ladder'],
    ['helper', 'in_progress', 'reply resolve / wait:on reassign priority dismiss note details why ladder'],
    [
      'assignee',
      'in_progress',
      'reply resolve wait:on / release reassign priority dismiss note details why ladder',
    ],
    [
      'assignee',
      'snoozed',
      'reply resolve wait:off / release reassign priority dismiss note details why ladder',
    ],
    [
      'lead',
      'in_progress',
      'reassign reply resolve / wait:on release priority dismiss note details why ladder',
    ],
  ]
  for (const [role, status, shown] of OWN) {
    it(`stands before a ${role} with what is theirs while it is ${status}`, () => {
      expect(clickable(teamCard(ticketIn(status), contextFor('en'), { roles: [role] }))).to.equal(shown)
    })
  }
  it('asks a lead first whether somebody else should have it, unless they have it themselves', () => {
    const primary = (roles: Role[]) =>
      buttonsOf(teamCard(ticketIn('in_progress'), contextFor('en'), { roles }))
        .filter((button) => button.style === 'primary')
        .map((button) => button.action.verb)
    expect(primary(['lead'])).to.deep.equal(['reassign'])
    expect(primary(['lead', 'assignee'])).to.deep.equal(['resolve'])
    expect(primary(['member'])).to.deep.equal(['resolve'])
  })
  it('never offers one of the team what they would be refused', () => {
    for (const role of ROLES) {
      for (const status of STATUSES) {
        const shown = clickable(teamCard(ticketIn(status), contextFor('en'), { roles: [role] }))
        for (const verb of shown.match(/[a-z]+/g) ?? []) {
          if (!(verb in LIFECYCLE)) continue
          const rule: Rule = LIFECYCLE[verb as keyof typeof LIFECYCLE]
          expect(rule.by, `${verb} by ${role}`).to.include(role)
        }
      }
    }
  })
  it('has a view of their own for who has it, leads the team or helps, while it is open', () => {
    const ticket = { ...ticketIn('in_progress'), helperIds: ['anna'] }
    expect(card(ticket).ownView?.action).to.deep.equal({ verb: 'view', ticketId: ticket.id })
    const people = ['bo', 'lin', 'anna'].map((id) => ({ slack: `U-${id}` }))
    expect(card(ticket).ownView?.people).to.deep.equal(people)
    for (const status of ['resolved', 'closed', 'cancelled'] as const) {
      expect(card(ticketIn(status)), status).to.not.have.property('ownView')
    }
  })
  it('leads to the claim while nobody has it, and to the resolution afterwards', () => {
    const primary = (status: Status) =>
      buttonsOf(card(ticketIn(status)))
        .filter((button) => button.style === 'primary')
        .map((button) => button.action.verb)
    expect(primary('new')).to.deep.equal(['claim'])
    expect(primary('assigned')).to.deep.equal(['claim'])
    expect(primary('in_progress')).to.deep.equal(['resolve'])
  })
  it('lets a reopened ticket that nobody has be claimed', () => {
    const { assigneeId: _, ...free } = ticketIn('in_progress')
    expect(clickable(card(free))).to.match(/^claim /)
  })
  it('says who has it', () => {
    expect(facts(card(ticketIn('new'))).Assignee).to.equal('nobody yet')
    expect(facts(card(ticketIn('in_progress'))).Assignee).to.equal('李博')
    expect(card(ticketIn('new')).summary).to.contain('Nobody has it yet.')
  })
  it('shows each promise: due, kept, missed, paused', () => {
    expect(facts(card(ticketIn('new')))).to.include({
      'First response': 'Mon 9 Nov, 12:00',
      Resolution: 'Mon 9 Nov, 20:00',
    })
    expect(facts(card(ticketIn('waiting_requester')))).to.include({
      'First response': 'Kept ✓',
      Resolution: 'Paused',
    })
    const missed = ticketIn('in_progress', {
      clocks: { first_response: clock('first_response', { state: 'stopped', met: false }) },
    })
    expect(facts(card(missed))['First response']).to.equal('Missed')
  })
  it('turns red and says so when a promise runs out, at the very instant', () => {
    const dueAt = (at: Date) =>
      card(ticketIn('new', { clocks: { first_response: clock('first_response', { dueAt: at }) } }))
    expect(dueAt(later(0)).tone).to.equal('danger')
    expect(facts(dueAt(later(0)))['First response']).to.equal('Mon 9 Nov, 10:00 · overdue')
    expect(dueAt(later(0)).summary).to.contain('Overdue: First response.')
    expect(dueAt(later(1)).tone).to.equal('info')
    expect(dueAt(later(1)).summary).to.contain('Due by Mon 9 Nov, 10:01.')
  })
  it('never calls a resolved ticket overdue because it is about to close itself', () => {
    const waiting = ticketIn('resolved', {
      clocks: { auto_close: clock('auto_close', { dueAt: later(-1) }) },
    })
    expect(card(waiting).tone).to.equal('good')
    expect(cardWords(card(waiting))).to.not.contain('overdue')
  })
  it('warns of what is urgent and unclaimed', () => {
    expect(card(ticketIn('new', { priority: 'urgent' })).tone).to.equal('warning')
    expect(card(ticketIn('in_progress', { priority: 'urgent' })).tone).to.equal('info')
  })
  it('lists files by name, size and address', () => {
    const files = [{ id: 'f1', name: '截图.png', bytes: 2048, mediaType: 'image/png' }]
    const element = card(ticketIn('new', { files })).elements.find((one) => one.kind === 'files')
    expect(element).to.deep.equal({
      kind: 'files',
      files: [{ name: '截图.png', bytes: 2048, url: 'https://desk.example/files/f1' }],
    })
  })
  it('shows nudges and reopenings', () => {
    const ticket = ticketIn('new', { urges: { count: 1, lastAt: later(-10) }, reopenCount: 2 })
    expect(cardWords(teamCard(ticket, contextFor('en'))))
      .to.contain('Nudged once')
      .and.to.contain('Reopened 2 times')
  })
  it('shows cause and prevention beside the resolution', () => {
    const resolution = { text: '换线', cause: '线断了', prevention: '每年检查', byId: 'bo', at: later(-5) }
    expect(cardWords(card(ticketIn('resolved', { resolution }))))
      .to.contain('换线')
      .and.to.contain('线断了')
      .and.to.contain('每年检查')
  })
  it('does not quote words that the title says already', () => {
    const made = card(ticketIn('new', { excerpt: '网络连不上' }))
    expect(made.elements.some((element) => element.kind === 'quote')).to.equal(false)
  })
  it('names who opened it for somebody else', () => {
    expect(facts(card(ticketIn('new', { openedById: 'sam' }))).Requester).to.equal(
      '安娜 · 财务部 · opened by 孙萌',
    )
  })
  it('pings nobody', () => {
    for (const status of STATUSES) expect(JSON.stringify(card(ticketIn(status)))).to.not.contain('"notify"')
  })
})

describe('movedCard', () => {
  it('says where the ticket went, with nothing to click', () => {
    const made = movedCard(ticketIn('new'), 'hr', contextFor('en'))
    expect(cardWords(made)).to.contain('2026110015').and.to.contain('This ticket is now with HR.')
    expect(clickable(made)).to.equal('/')
  })
})

function facts(made: Card): Record<string, string> {
  const lines = made.elements.flatMap((element) => (element.kind === 'facts' ? element.facts : []))
  return Object.fromEntries(
    lines.map(({ label, value }) => [
      label,
      cardWords({ ...made, title: '', summary: '', elements: [{ kind: 'text', text: value }] }).trim(),
    ]),
  )
}
