import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Candidate,
  type Placement,
  placeOfMessage,
} from '../../../src/models/conversation/place-of-message.js'
import { type Understanding, understand } from '../../../src/models/conversation/understand.js'
import { STATUSES } from '../../../src/models/ticket/ticket.js'

const NOW = new Date('2026-11-20T09:00:00Z')
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
const HOUR = 60
const DAY = 24 * HOUR

function ticket(ticketId: string, more: Partial<Candidate> = {}): Candidate {
  return { ticketId, status: 'new', openedAt: ago(3 * DAY), lastRequesterTouchAt: ago(3 * DAY), ...more }
}
const waiting = (id: string) => ticket(id, { status: 'waiting_requester' })
const answered = (id: string, minutes: number) =>
  ticket(id, { status: 'in_progress', lastAgentReplyAt: ago(minutes) })
const written = (id: string, minutes: number) => ticket(id, { lastRequesterTouchAt: ago(minutes) })
const resolved = (id: string, minutes: number) => ticket(id, { status: 'resolved', resolvedAt: ago(minutes) })

const rows: [string, Candidate[], Placement][] = [
  ['opens a ticket for somebody who has none', [], { kind: 'open' }],
  ['opens another beside one that nobody has answered', [ticket('a')], { kind: 'open' }],
  ['joins the one that awaits their answer', [waiting('a'), ticket('b')], { kind: 'join', ticketId: 'a' }],
  ['joins the one answered 23 hours ago', [answered('a', 23 * HOUR)], { kind: 'join', ticketId: 'a' }],
  ['joins the one answered just 24 hours ago', [answered('a', DAY)], { kind: 'join', ticketId: 'a' }],
  ['opens another when the answer is older', [answered('a', DAY + 1)], { kind: 'open' }],
  ['joins its first half, written 5 minutes ago', [written('a', 5)], { kind: 'join', ticketId: 'a' }],
  ['opens another 6 minutes after the last', [written('a', 6)], { kind: 'open' }],
  ['joins what another machine dates a little ahead', [written('a', -1)], { kind: 'join', ticketId: 'a' }],
  [
    'asks when several may be meant, the awaited one first',
    [written('c', 2), answered('b', 10), ticket('d'), waiting('a')],
    { kind: 'choose', ticketIds: ['a', 'c', 'b'] },
  ],
  [
    'asks about reopening one resolved yesterday',
    [resolved('a', DAY)],
    { kind: 'ask_reopen', ticketId: 'a' },
  ],
  [
    'asks about the newest of two resolved',
    [resolved('a', DAY), resolved('b', HOUR)],
    { kind: 'ask_reopen', ticketId: 'b' },
  ],
  ['opens another 3 days after the resolution', [resolved('a', 3 * DAY + 1)], { kind: 'open' }],
  [
    'prefers the open candidate to the resolved one',
    [resolved('a', 1), waiting('b')],
    { kind: 'join', ticketId: 'b' },
  ],
  [
    'asks about the resolved one beside an open one without news',
    [resolved('a', 1), ticket('b')],
    { kind: 'ask_reopen', ticketId: 'a' },
  ],
  [
    'never joins a resolved ticket, though an agent has just answered',
    [{ ...resolved('a', 1), lastAgentReplyAt: ago(1) }],
    { kind: 'ask_reopen', ticketId: 'a' },
  ],
  [
    'takes a resolution without a time for a fresh one',
    [ticket('a', { status: 'resolved' })],
    { kind: 'ask_reopen', ticketId: 'a' },
  ],
  [
    'opens another beside closed, withdrawn and dismissed ones',
    (['closed', 'cancelled', 'rejected', 'merged'] as const).map((status) =>
      ticket(status, { status, lastAgentReplyAt: ago(1), lastRequesterTouchAt: ago(1) }),
    ),
    { kind: 'open' },
  ],
]

const instant = fc.integer({ min: -10, max: 10 * DAY }).map(ago)
const candidates = fc.array(
  fc.record(
    {
      ticketId: fc.uuid(),
      status: fc.constantFrom(...STATUSES),
      openedAt: instant,
      lastRequesterTouchAt: instant,
      lastAgentReplyAt: instant,
      resolvedAt: instant,
    },
    { requiredKeys: ['ticketId', 'status', 'openedAt', 'lastRequesterTouchAt'] },
  ),
  { maxLength: 6 },
)

describe('placeOfMessage', () => {
  for (const [fact, list, expected] of rows) {
    it(fact, () => {
      expect(placeOfMessage({ understanding: { kind: 'text' }, candidates: list, now: NOW })).to.deep.equal(
        expected,
      )
      const reversed = [...list].reverse()
      expect(
        placeOfMessage({ understanding: { kind: 'text' }, candidates: reversed, now: NOW }),
      ).to.deep.equal(expected)
    })
  }

  it('does nothing about thanks, even where an answer is awaited or a ticket was resolved', () => {
    for (const list of [[], [waiting('a')], [resolved('a', 1)], [answered('a', 1), written('b', 1)]]) {
      expect(placeOfMessage({ understanding: { kind: 'thanks' }, candidates: list, now: NOW })).to.deep.equal(
        {
          kind: 'ignore',
        },
      )
    }
  })

  it('answers a greeting, whatever tickets there are', () => {
    for (const list of [[], [waiting('a')], [resolved('a', 1)]]) {
      expect(
        placeOfMessage({ understanding: { kind: 'greeting' }, candidates: list, now: NOW }),
      ).to.deep.equal({
        kind: 'answer_greeting',
      })
    }
  })

  it('hands a command on with its number', () => {
    const understanding: Understanding = { kind: 'command', name: 'status', number: '2026110015' }
    expect(
      placeOfMessage({ understanding, candidates: [waiting('a')], hasFiles: true, now: NOW }),
    ).to.deep.equal(understanding)
  })

  it('takes a file for something to say, though only "ok" or "hi" stands beside it', () => {
    for (const kind of ['thanks', 'greeting'] as const) {
      const message = { understanding: { kind }, hasFiles: true, now: NOW }
      expect(placeOfMessage({ ...message, candidates: [] })).to.deep.equal({ kind: 'open' })
      expect(placeOfMessage({ ...message, candidates: [waiting('a')] })).to.deep.equal({
        kind: 'join',
        ticketId: 'a',
      })
    }
  })

  it('never opens, joins or reopens anything for thanks or a greeting', () => {
    const said = fc.constantFrom('谢谢', '收到', 'ok', 'thanks!', '👍', '在吗', 'hi', '你好', 'hi there')
    fc.assert(
      fc.property(said, candidates, (text, list) => {
        const { kind } = placeOfMessage({ understanding: understand(text), candidates: list, now: NOW })
        expect(kind).to.be.oneOf(['ignore', 'answer_greeting'])
      }),
    )
  })

  it('names only open tickets to join and only resolved ones to reopen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), candidates, (text, list) => {
        const placement = placeOfMessage({ understanding: understand(text), candidates: list, now: NOW })
        const statuses = (ids: string[]) =>
          list.filter((one) => ids.includes(one.ticketId)).map((one) => one.status)
        const ended = ['resolved', 'closed', 'cancelled', 'rejected', 'merged']
        if (placement.kind === 'join') expect(statuses([placement.ticketId])).not.to.include.oneOf(ended)
        if (placement.kind === 'choose') {
          expect(placement.ticketIds.length).to.be.greaterThan(1)
          expect(statuses(placement.ticketIds)).not.to.include.oneOf(ended)
        }
        if (placement.kind === 'ask_reopen')
          expect(statuses([placement.ticketId])).to.deep.equal(['resolved'])
      }),
    )
  })

  it('leaves the list as it was', () => {
    const list = [written('c', 2), waiting('a')]
    placeOfMessage({ understanding: { kind: 'text' }, candidates: list, now: NOW })
    expect(list.map(({ ticketId }) => ticketId)).to.deep.equal(['c', 'a'])
  })
})
