import { expect } from 'chai'
import type { Form } from '../../src/cards/card.js'
import { assignForm } from '../../src/cards/forms/assign-form.js'
import { detailsForm, MAX_ENTRIES, requesterDetailsForm } from '../../src/cards/forms/details-form.js'
import { ladderForm } from '../../src/cards/forms/ladder-form.js'
import { priorityForm } from '../../src/cards/forms/priority-form.js'
import {
  dismissForm,
  releaseForm,
  reopenForm,
  waitForm,
  withdrawForm,
} from '../../src/cards/forms/reason-forms.js'
import { resolveForm } from '../../src/cards/forms/resolve-form.js'
import { explained, whyForm } from '../../src/cards/forms/why-form.js'
import { addForm, noteForm, replyForm } from '../../src/cards/forms/write-forms.js'
import { publicHistory } from '../../src/cards/history/public-history.js'
import { forRequester } from '../../src/cards/views/requester-ticket.js'
import type { TicketEvent } from '../../src/models/ticket/events.js'
import { PRIORITIES } from '../../src/models/ticket/ticket.js'
import { DESK, withTeam, withType } from '../support/desk-fixture.js'
import { clock, commit, contextFor, formWords, later, NOW, ticketIn, touch } from './sample.js'

const CTX = contextFor('en')
const TICKET = ticketIn('in_progress')
const demanding = contextFor('en', {
  desk: withTeam({ reasonsFor: ['release', 'reassign', 'priority', 'dismiss', 'withdraw', 'reopen'] }),
})

/** The fields that can be filled in: `name*` where they must be. */
const fields = (form: Form | undefined): string =>
  (form?.fields ?? [])
    .flatMap((field) => ('name' in field ? [`${field.name}${field.required ? '*' : ''}`] : []))
    .join(' ')
const choices = (form: Form, name: string): string[] =>
  form.fields.flatMap((field) =>
    field.kind === 'choice' && field.name === name ? field.options.map((option) => option.value) : [],
  )

describe('forms', () => {
  const table: readonly [string, Form | undefined, Form | undefined][] = [
    ['text* files', replyForm(TICKET, CTX), replyForm(TICKET, demanding)],
    ['text* files', noteForm(TICKET, CTX), noteForm(TICKET, demanding)],
    ['text files', addForm(forRequester(TICKET), CTX), addForm(forRequester(TICKET), demanding)],
    ['text', waitForm(TICKET, CTX), waitForm(TICKET, demanding)],
  ]
  for (const [expected, plainForm, strictForm] of table) {
    it(`ask for ${expected} to ${plainForm?.verb}, whatever the team demands reasons for`, () => {
      expect(fields(plainForm)).to.equal(expected)
      expect(fields(strictForm)).to.equal(expected)
    })
  }
  it('ask for a reason where the team demands it, and only then where a click would do', () => {
    expect(releaseForm(TICKET, CTX)).to.equal(undefined)
    expect(withdrawForm(forRequester(TICKET), CTX)).to.equal(undefined)
    expect(fields(releaseForm(TICKET, demanding))).to.equal('reason*')
    expect(fields(withdrawForm(forRequester(TICKET), demanding))).to.equal('reason*')
    expect(fields(dismissForm(TICKET, CTX))).to.equal('reason')
    expect(fields(dismissForm(TICKET, demanding))).to.equal('reason*')
    expect(fields(reopenForm(TICKET, CTX))).to.equal('reason')
    expect(fields(reopenForm(TICKET, demanding))).to.equal('reason*')
  })
  it('name their ticket and carry their verb', () => {
    const form = waitForm(TICKET, CTX)
    expect(form).to.deep.include({ verb: 'wait', arg: 'on', ticketId: 't1' })
    expect(formWords(form)).to.contain('2026110015 “网络连不上”')
  })
  it('say before it is sent that a note stays inside and a reply does not', () => {
    expect(formWords(noteForm(TICKET, CTX))).to.contain('the requester never receives it')
    expect(formWords(replyForm(TICKET, CTX))).to.contain('The requester receives it under your name.')
  })
})

describe('resolveForm', () => {
  it('asks for cause and prevention as the type demands', () => {
    const asked = (
      asksCause: 'required' | 'optional' | 'none',
      asksPrevention: 'required' | 'optional' | 'none',
    ) => fields(resolveForm(TICKET, contextFor('en', { desk: withType({ asksCause, asksPrevention }) })))
    expect(asked('none', 'none')).to.equal('resolution*')
    expect(asked('optional', 'none')).to.equal('resolution* cause')
    expect(asked('required', 'required')).to.equal('resolution* cause* prevention*')
  })
  it('stands on the default type where the ticket’s own is gone', () => {
    expect(fields(resolveForm({ ...TICKET, typeId: 'gone' }, CTX))).to.equal('resolution*')
  })
})

describe('assignForm', () => {
  it('offers the people of the team but the one who has it, and the other teams', () => {
    const form = assignForm(TICKET, CTX)
    expect(form.verb).to.equal('reassign')
    expect(choices(form, 'agent')).to.deep.equal(['lin', 'cy'])
    expect(choices(form, 'team')).to.deep.equal(['hr'])
  })
  it('assigns what nobody has', () => {
    const form = assignForm(ticketIn('new'), CTX)
    expect(form.verb).to.equal('assign')
    expect(choices(form, 'agent')).to.deep.equal(['lin', 'bo', 'cy'])
    expect(fields(form)).to.equal('agent team')
  })
  it('demands a reason to reassign, and asks for it beforehand where it may be needed', () => {
    expect(fields(assignForm(TICKET, demanding))).to.equal('agent team reason*')
    expect(fields(assignForm(ticketIn('new'), demanding))).to.equal('agent team reason')
  })
  it('must be given a person where there is no other team', () => {
    const { it: team } = DESK.teams
    const alone = contextFor('en', { desk: { ...DESK, teams: team ? { it: team } : {} } })
    expect(fields(assignForm(TICKET, alone))).to.equal('agent*')
  })
})

describe('priorityForm', () => {
  it('offers every priority and starts from the present one', () => {
    const form = priorityForm(TICKET, CTX)
    expect(choices(form, 'priority')).to.deep.equal([...PRIORITIES])
    expect(form.fields.find((field) => field.kind === 'choice')).to.deep.include({
      value: 'medium',
      required: true,
    })
    expect(fields(priorityForm(TICKET, demanding))).to.equal('priority* reason*')
  })
})

describe('whyForm', () => {
  const friday = new Date('2026-11-06T08:00:00Z') // 16:00 in Shanghai, two working hours before the weekend
  const words = (more: Parameters<typeof clock>[1]) => {
    const ticket = ticketIn('in_progress', { clocks: { resolution: clock('resolution', more) } })
    const form = whyForm(ticket, explained(ticket, CTX), CTX)
    return { form, words: formWords(form) }
  }

  it('lists what counted and what did not, with the sum that is the target', () => {
    const { form, words: all } = words({ startedAt: friday, dueAt: later(60), targetMs: 4 * 3_600_000 })
    expect(form.submit).to.equal(undefined)
    expect(all).to.contain(
      'Promised within 4 h of working time, counted from Fri 6 Nov, 16:00. Due by Mon 9 Nov, 11:00.',
    )
    expect(all).to.contain('+ Fri 6 Nov, 16:00 – 18:00 · 2 h · working time')
    expect(all).to.contain('+ Mon 9 Nov, 09:00 – 11:00 · 2 h · working time')
    expect(all).to.contain('day off')
    expect(all).to.not.contain('outside working hours')
    expect(all).to.contain('Counted in all: 4 h.')
  })
  it('shows pauses and their sum', () => {
    const pauses = [{ from: later(-30), to: later(0), reason: 'waiting_requester' }]
    const { words: all } = words({ pauses })
    expect(all).to.contain('– Mon 9 Nov, 09:30 – 10:00 · 30 min · paused')
    expect(all).to.contain('Counted in all: 2 h 30 min; paused: 30 min.')
  })
  it('says that a paused clock stands still, with the pause up to now', () => {
    const ticket = ticketIn('waiting_requester')
    const all = formWords(whyForm(ticket, explained(ticket, CTX), CTX))
    expect(all).to.contain('It stands still now').and.to.contain('paused: 30 min')
    expect(all).to.not.contain('Due by')
  })
  it('says that an urgent promise counts day and night', () => {
    expect(words({ calendarId: 'always' }).words).to.contain('around the clock')
  })
  it('explains when a resolved ticket closes itself, without a ledger', () => {
    const ticket = ticketIn('resolved')
    const all = formWords(whyForm(ticket, explained(ticket, CTX), CTX))
    expect(all).to.contain('Without an answer the ticket closes itself').and.to.contain('never on a day off')
    expect(all).to.not.contain('Counted in all')
  })
  it('says so when no promise is running', () => {
    const ticket = ticketIn('closed')
    expect(formWords(whyForm(ticket, explained(ticket, CTX), CTX))).to.contain('No promise is running')
  })
  it('keeps a ledger of months in pages that fit', () => {
    const { form } = words({ startedAt: later(-60 * 24 * 200), dueAt: NOW })
    expect(form.fields.length).to.be.within(3, 50)
  })
})

describe('ladderForm', () => {
  const ticket = ticketIn('assigned', {
    clocks: {
      first_response: clock('first_response', {
        told: [{ level: 'r50', round: 1, at: later(-60) }],
        marks: [
          { at: later(90), level: 'r80', round: 1 },
          { at: later(120), level: 'L1', round: 1 },
          { at: later(180), level: 'L2', round: 1 },
        ],
      }),
    },
  })

  it('lists who was told and who will be, when and how often', () => {
    const words = formWords(ladderForm(ticket, CTX))
    expect(words).to.contain('✓ Mon 9 Nov, 09:00 · Reminder at 50%')
    expect(words).to.contain('• Mon 9 Nov, 11:30 · Reminder at 80%: 李博')
    expect(words).to.contain(
      '• Mon 9 Nov, 12:00 · Escalation level 1: 李博, 林立, then every 30 min, 2 times in all',
    )
    expect(words).to.contain(
      '• Mon 9 Nov, 13:00 · Escalation level 2: 马克, then every 1 h until somebody acts',
    )
  })
  it('says that what is not urgent waits for the team’s hours', () => {
    expect(formWords(ladderForm(ticket, CTX))).to.contain('only urgent tickets speak')
    expect(formWords(ladderForm({ ...ticket, priority: 'urgent' }, CTX))).to.not.contain('only urgent')
  })
  it('names the leads while nobody has it', () => {
    const { assigneeId: _, ...free } = ticket
    expect(formWords(ladderForm(free, CTX))).to.contain('Reminder at 80%: 林立')
  })
  it('says that a level is silent because somebody is on it', () => {
    const first_response = clock('first_response', { ackedLevel: 'L1' })
    expect(formWords(ladderForm({ ...ticket, clocks: { first_response } }, CTX))).to.contain(
      'level 1 is silent',
    )
  })
  it('says that nobody is told while paused, or at all', () => {
    expect(formWords(ladderForm(ticketIn('waiting_requester'), CTX))).to.contain(
      'Nobody is told while it is paused.',
    )
    expect(formWords(ladderForm(ticketIn('resolved'), CTX))).to.contain('Nobody is going to be told')
  })
})

describe('details', () => {
  const events: TicketEvent[] = [
    { type: 'ticket.claimed', agentId: 'bo' },
    {
      type: 'touch.added',
      touch: touch({ id: 'n', authorId: 'bo', side: 'team', visibility: 'note', text: '线路老化' }),
    },
    { type: 'touch.added', touch: touch({ id: 'p', authorId: 'bo', side: 'team', text: '请重启' }) },
    { type: 'ticket.prioritized', priority: 'high', reason: '老板在等' },
    { type: 'ticket.resolved', resolution: '好了', cause: '线断', prevention: '换线' },
    { type: 'attempt.refused', verb: 'claim', code: 'ticket.already_claimed' },
  ]

  it('tell the team everything, each line with its time and who did it', () => {
    const words = formWords(detailsForm(TICKET, [commit(events)], CTX))
    for (const part of [
      'Mon 9 Nov, 10:00  李博 claimed it.',
      '李博 (note): 线路老化',
      '李博 to the requester: 请重启',
      '李博 set the priority: High. Reason: 老板在等',
      '李博 resolved it: 好了 · Cause: 线断 · Prevention: 换线',
      '李博 tried “Claim”, which was refused.',
    ]) {
      expect(words).to.contain(part)
    }
  })
  it('tell the requester the public part', () => {
    const words = formWords(requesterDetailsForm(forRequester(TICKET), publicHistory([commit(events)]), CTX))
    expect(words)
      .to.contain('李博 claimed it.')
      .and.to.contain('李博: 请重启')
      .and.to.contain('李博 resolved it: 好了')
    for (const inside of ['线路老化', '老板在等', '线断', '换线', 'Claim'])
      expect(words).to.not.contain(inside)
  })
  it('hide from the team too what its author deleted', () => {
    const gone: TicketEvent[] = [
      { type: 'touch.added', touch: touch({ id: 'x', text: '打错了' }) },
      { type: 'touch.deleted', touchId: 'x' },
    ]
    const words = formWords(detailsForm(TICKET, [commit(gone, 'ann')], CTX))
    expect(words).to.contain('安娜 deleted this message.').and.to.not.contain('打错了')
  })
  it('show the newest entries and count the rest', () => {
    const many = Array.from({ length: MAX_ENTRIES + 2 }, (_, i) =>
      commit([{ type: 'ticket.urged', count: i }], 'ann'),
    )
    const words = formWords(detailsForm(TICKET, many, CTX))
    expect(words).to.contain('2 earlier entries are not shown.')
    expect(words)
      .to.contain(`(number ${MAX_ENTRIES + 1})`)
      .and.to.not.contain('(number 1)')
  })
})
