import { expect } from 'chai'
import { leftCard, requesterCard } from '../../src/cards/views/requester-card.js'
import { forRequester } from '../../src/cards/views/requester-ticket.js'
import { LOCALES } from '../../src/i18n/t.js'
import { STATUSES, type Status, type Ticket } from '../../src/models/ticket/ticket.js'
import { DESK, withTeam } from '../support/desk-fixture.js'
import { buttonsOf, cardWords, clickable, clock, contextFor, later, ticketIn } from './sample.js'

const card = (ticket: Ticket, locale: 'en' | 'zh-CN' = 'en', inChannel = false) =>
  requesterCard(forRequester(ticket), contextFor(locale), { inChannel })

/** What a requester can click, by status; written by hand. */
const CLICKABLE: Readonly<Record<Status, string>> = {
  under_review: 'add urge withdraw why details /',
  new: 'add urge withdraw why details /',
  assigned: 'add urge withdraw why details /',
  in_progress: 'add urge withdraw why details /',
  waiting_requester: 'add withdraw why details /',
  waiting_external: 'add urge withdraw why details /',
  snoozed: 'add urge withdraw why details /',
  resolved: 'confirm reopen why details /',
  closed: 'reopen details /',
  cancelled: 'details /',
  rejected: 'details /',
  merged: 'details /',
}

describe('requesterCard', () => {
  for (const status of STATUSES) {
    for (const locale of LOCALES) {
      it(`shows number, title and status of a ticket that is ${status}, in ${locale}`, () => {
        const made = card(ticketIn(status), locale)
        expect(made.locale).to.equal(locale)
        expect(made.audience).to.equal('requester')
        expect(made.title).to.equal('2026110015 · 网络连不上')
        expect(made.summary).to.contain('2026110015').and.to.contain('网络连不上')
      })
    }
    it(`offers what can be done while it is ${status}`, () => {
      expect(clickable(card(ticketIn(status)))).to.equal(CLICKABLE[status])
    })
  }

  it('says who has it', () => {
    expect(cardWords(card(ticketIn('in_progress')))).to.contain('李博 (IT) is working on it.')
    expect(cardWords(card(ticketIn('in_progress'), 'zh-CN'))).to.contain('李博（信息技术）正在处理。')
  })
  it('says what happens next and by when', () => {
    expect(cardWords(card(ticketIn('new')))).to.contain(
      'Next: a first answer by Mon 9 Nov, 12:00, the solution by Mon 9 Nov, 20:00.',
    )
    expect(cardWords(card(ticketIn('new'), 'zh-CN'))).to.contain(
      '接下来：11月9日周一 12:00 前首次响应，11月9日周一 20:00 前解决。',
    )
  })
  it('keeps instants as instants, so that a messenger can show them in its reader’s zone', () => {
    const texts = card(ticketIn('new')).elements.flatMap((element) =>
      element.kind === 'text' ? element.text : [],
    )
    const instants = texts.flatMap((inline) =>
      typeof inline !== 'string' && inline.kind === 'instant' ? [inline.at] : [],
    )
    expect(instants).to.deep.equal([later(120), later(600)])
  })
  it('admits a broken promise, and still names the next one', () => {
    const late = ticketIn('new', {
      clocks: {
        first_response: clock('first_response', { dueAt: later(-5) }),
        resolution: clock('resolution'),
      },
    })
    expect(cardWords(card(late)))
      .to.contain('A first answer was promised by Mon 9 Nov, 09:55.')
      .and.to.contain('Next: the solution by Mon 9 Nov, 12:00.')
  })
  it('says that a time may change where the calendar does not reach', () => {
    const clocks = { resolution: clock('resolution', { certain: false }) }
    expect(cardWords(card(ticketIn('in_progress', { clocks })))).to.contain('12:00 (may still change)')
    expect(cardWords(card(ticketIn('in_progress')))).to.not.contain('may still change')
  })
  it('asks for the answer that the team waits for', () => {
    expect(cardWords(card(ticketIn('waiting_requester'))))
      .to.contain('Waiting for you')
      .and.to.contain('Next: your answer.')
  })
  it('shows the resolution, asks whether it is solved, and says when it closes itself', () => {
    expect(cardWords(card(ticketIn('resolved'))))
      .to.contain('重置了账号。')
      .and.to.contain('If we hear nothing by Thu 12 Nov, 10:00, the ticket closes itself.')
  })
  it('offers to reopen only inside the window of its type', () => {
    const at = (closedAt: Date) => clickable(card(ticketIn('closed', { closedAt })))
    const windowMinutes = 14 * 24 * 60
    expect(at(later(-windowMinutes))).to.equal('reopen details /')
    expect(at(later(-windowMinutes - 1))).to.equal('details /')
  })
  it('offers to continue privately in a channel only, and not after the end', () => {
    expect(clickable(card(ticketIn('new'), 'en', true))).to.equal('add urge withdraw why relocate /')
    expect(clickable(card(ticketIn('resolved'), 'en', true))).to.contain('relocate')
    expect(clickable(card(ticketIn('closed'), 'en', true))).to.not.contain('relocate')
  })
  it('shows how often it was nudged', () => {
    const made = card(ticketIn('new', { urges: { count: 2, lastAt: later(-10) } }))
    expect(cardWords(made)).to.contain('Nudged 2 times (last: Mon 9 Nov, 09:50)')
    expect(cardWords(card(ticketIn('new')))).to.not.contain('Nudged')
  })
  it('asks for a yes before it withdraws, unless the team asks for a reason', () => {
    const withdraw = (desk = DESK) =>
      buttonsOf(requesterCard(forRequester(ticketIn('new')), contextFor('en', { desk }))).find(
        (button) => button.action.verb === 'withdraw',
      )
    expect(withdraw()?.confirm?.title).to.equal('Withdraw 2026110015?')
    expect(withdraw(withTeam({ reasonsFor: ['withdraw'] }))?.confirm).to.equal(undefined)
  })
  it('names its ticket in every button', () => {
    for (const button of buttonsOf(card(ticketIn('new')))) expect(button.action.ticketId).to.equal('t1')
  })
})

describe('leftCard', () => {
  it('says where the ticket went, without its title and with nothing to click', () => {
    const made = leftCard(forRequester(ticketIn('new')), contextFor('en'))
    expect(cardWords(made)).to.contain('2026110015').and.to.not.contain('网络连不上')
    expect(clickable(made)).to.equal('/')
  })
})
