import { expect } from 'chai'
import fc from 'fast-check'
import type { Card, Form } from '../../src/cards/card.js'
import { mirrorForRequester } from '../../src/cards/chat/mirror.js'
import { plain } from '../../src/cards/format.js'
import { requesterDetailsForm } from '../../src/cards/forms/details-form.js'
import { publicHistory } from '../../src/cards/history/public-history.js'
import type { Spoken } from '../../src/cards/spoken.js'
import { isPublic } from '../../src/cards/views/public-touch.js'
import { requesterCard } from '../../src/cards/views/requester-card.js'
import { forRequester } from '../../src/cards/views/requester-ticket.js'
import { LOCALES } from '../../src/i18n/t.js'
import type { Commit, TicketEvent, Touch } from '../../src/models/ticket/events.js'
import { STATUSES, type Ticket } from '../../src/models/ticket/ticket.js'
import { forRequesterEyes, forTeamEyes } from './gallery.js'
import { clock, commit, contextFor, later, ticketIn, touch } from './sample.js'

/** Stands in everything that must stay inside. Nothing else contains it. */
const SECRET = '机密'
/** Stands in what both sides may read, so that the test sees that something was shown at all. */
const OPEN = '公开'

const secret = fc.string({ maxLength: 40 }).map((words) => `${SECRET}${words}`)
const openWords = fc.string({ maxLength: 40 }).map((words) => `${OPEN}${words.replaceAll(SECRET, '')}`)
const touchId = fc.constantFrom('a', 'b', 'c', 'd')

/** Touches of one id have one visibility: an inside one is never edited into a public one. */
const INSIDE_IDS = ['a', 'b']
const insideTouch: fc.Arbitrary<Touch> = fc.record({
  id: fc.constantFrom(...INSIDE_IDS),
  authorId: fc.constantFrom('bo', 'cy'),
  side: fc.constant('team' as const),
  visibility: fc.constantFrom('internal' as const, 'note' as const),
  text: secret,
  files: secret.map((name) => [{ id: 'f', name, bytes: 1, mediaType: 'text/plain' }]),
})
const publicTouch: fc.Arbitrary<Touch> = fc.record({
  id: fc.constantFrom('c', 'd'),
  authorId: fc.constantFrom('ann', 'bo'),
  side: fc.constantFrom('team' as const, 'requester' as const),
  visibility: fc.constant('public' as const),
  text: openWords,
  files: fc.constant([]),
})

const event: fc.Arbitrary<TicketEvent> = fc.oneof(
  insideTouch.map((one): TicketEvent => ({ type: 'touch.added', touch: one })),
  publicTouch.map((one): TicketEvent => ({ type: 'touch.added', touch: one })),
  publicTouch.map((one): TicketEvent => ({ type: 'touch.published', touch: one, from: 'a' })),
  secret.map((text): TicketEvent => ({ type: 'touch.edited', touchId: 'a', text })),
  openWords.map((text): TicketEvent => ({ type: 'touch.edited', touchId: 'c', text })),
  touchId.map((id): TicketEvent => ({ type: 'touch.deleted', touchId: id })),
  touchId.map((id): TicketEvent => ({ type: 'touch.withdrawn', touchId: id })),
  secret.map((reason): TicketEvent => ({ type: 'ticket.assigned', agentId: 'bo', reason })),
  secret.map(
    (reason): TicketEvent => ({ type: 'ticket.moved', teamId: 'hr', reason, places: [], retired: [] }),
  ),
  secret.map((reason): TicketEvent => ({ type: 'ticket.released', reason })),
  secret.map((reason): TicketEvent => ({ type: 'ticket.prioritized', priority: 'high', reason })),
  fc.tuple(openWords, secret, secret).map(
    ([resolution, cause, prevention]): TicketEvent => ({
      type: 'ticket.resolved',
      resolution,
      cause,
      prevention,
    }),
  ),
  secret.map((reason): TicketEvent => ({ type: 'ticket.reopened', reason })),
  secret.map((reason): TicketEvent => ({ type: 'ticket.withdrawn', reason })),
  secret.map((reason): TicketEvent => ({ type: 'ticket.dismissed', reason })),
  secret.map((verb): TicketEvent => ({ type: 'attempt.refused', verb, code: 'ticket.role_forbids' })),
  secret.map((reason): TicketEvent => ({ type: 'clock.paused', clock: 'resolution', cycle: 1, reason })),
  secret.map(
    (level): TicketEvent => ({ type: 'clock.acked', clock: 'resolution', cycle: 1, level, marks: [] }),
  ),
)

const tickets: fc.Arbitrary<Ticket> = fc
  .tuple(fc.constantFrom(...STATUSES), openWords, secret, secret)
  .map(([status, text, cause, prevention]) => {
    const plainTicket = ticketIn(status)
    const hidden = { ladderId: cause, policyId: cause, told: [{ level: cause, round: 1, at: later(-1) }] }
    return {
      ...plainTicket,
      ...(plainTicket.resolution
        ? { resolution: { ...plainTicket.resolution, text, cause, prevention } }
        : {}),
      clocks: {
        ...plainTicket.clocks,
        resolution: clock('resolution', {
          ...hidden,
          pauses: [{ from: later(-9), to: later(-8), reason: cause }],
        }),
      },
    }
  })

const commitsOf = (events: readonly TicketEvent[]): Commit[] =>
  events.map((one, i) => commit([one], 'bo', later(i)))

/** Whatever is in them anywhere, shown or not: values of buttons and fields too. */
const everywhere = (made: { cards: Card[]; forms: Form[]; lines: Spoken[] }): string => JSON.stringify(made)

describe('what the requester sees', () => {
  it('never holds a note, an inside word, a reason, a cause, a prevention or a ladder', () => {
    fc.assert(
      fc.property(
        tickets,
        fc.array(event, { maxLength: 20 }),
        fc.array(fc.oneof(insideTouch, publicTouch), { maxLength: 6 }),
        fc.constantFrom(...LOCALES),
        (ticket, events, touches, locale) => {
          const made = forRequesterEyes(ticket, commitsOf(events), touches, contextFor(locale))
          expect(everywhere(made)).to.not.contain(SECRET)
        },
      ),
    )
  })
  it('is not empty: the same events say all of it to the team', () => {
    const inside = touch({ id: 'a', side: 'team', authorId: 'bo', visibility: 'note', text: SECRET })
    const both: TicketEvent[] = [
      { type: 'touch.added', touch: inside },
      { type: 'ticket.released', reason: `${SECRET}原因` },
      { type: 'touch.added', touch: touch({ id: 'c', text: OPEN }) },
    ]
    const ticket = ticketIn('in_progress')
    const ctx = contextFor('zh-CN')
    expect(everywhere(forTeamEyes(ticket, commitsOf(both), [inside], ctx)))
      .to.contain(SECRET)
      .and.to.contain(OPEN)
    expect(everywhere(forRequesterEyes(ticket, commitsOf(both), [inside], ctx))).to.contain(OPEN)
  })
})

describe('types that keep the audiences apart', () => {
  const ctx = contextFor('en')
  const note = touch({ visibility: 'note', side: 'team' })

  it('do not let a whole ticket pass for what its requester sees', () => {
    // @ts-expect-error a ticket holds cause, prevention and ladder
    const wrong = () => requesterCard(ticketIn('new'), ctx)
    expect(wrong).to.be.a('function')
  })
  it('do not let a touch be mirrored to the requester before it is known to be public', () => {
    // @ts-expect-error a note is no public touch
    const wrong = () => mirrorForRequester(note, ctx)
    expect(wrong).to.be.a('function')
    expect(isPublic(note)).to.equal(false)
    const said = touch({ text: OPEN })
    expect(isPublic(said) && plain(mirrorForRequester(said, ctx).text)).to.equal(OPEN)
  })
  it('do not let commits pass for public history', () => {
    const commits = [commit([{ type: 'touch.added', touch: note }])]
    // @ts-expect-error commits hold notes and reasons
    const wrong = () => requesterDetailsForm(forRequester(ticketIn('new')), commits, ctx)
    expect(wrong).to.be.a('function')
    expect(publicHistory(commits)).to.deep.equal([])
  })
  it('know no field of a requester’s ticket for what stays inside', () => {
    const own = forRequester(ticketIn('resolved'))
    // @ts-expect-error there is no such field
    expect(own.cause).to.equal(undefined)
    // @ts-expect-error there is no such field
    expect(own.toldIds).to.equal(undefined)
  })
})

describe('publicHistory', () => {
  const said = touch({ id: 'c', authorId: 'bo', side: 'team', text: OPEN })

  it('shows a message as it reads after its last edit', () => {
    const [entry] = publicHistory(
      commitsOf([
        { type: 'touch.added', touch: said },
        { type: 'touch.edited', touchId: 'c', text: '更正' },
      ]),
    )
    expect(entry).to.deep.include({ kind: 'said', edited: true, byId: 'bo' })
    expect(entry?.kind === 'said' && entry.touch.text).to.equal('更正')
  })
  for (const type of ['touch.deleted', 'touch.withdrawn'] as const) {
    it(`leaves out what is gone after ${type}`, () => {
      const events: TicketEvent[] = [
        { type: 'touch.added', touch: said },
        { type, touchId: 'c' },
      ]
      expect(publicHistory(commitsOf(events))).to.deep.equal([])
    })
  }
  it('has the desk do what time does', () => {
    const [entry] = publicHistory([commit([{ type: 'ticket.closed', by: 'time' }], null)])
    expect(entry).to.deep.equal({ kind: 'closed', by: 'time', at: later(0) })
  })
})
