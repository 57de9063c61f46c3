import { expect } from 'chai'
import { type PickOptions, pickRow, type Thread } from '../../src/delivery/pick-row.js'
import type { OutboxRow } from '../../src/models/mongo/outbox.js'

const NOW = new Date('2026-11-02T09:00:00Z')
const at = (ms: number) => new Date(NOW.getTime() + ms)

function row(id: string, more: Partial<OutboxRow> = {}): OutboxRow {
  const [ticketId = '', seq = '1', n = '0'] = id.split('/')
  return {
    _id: id,
    deskId: 'acme',
    ticketId,
    seq: Number(seq),
    n: Number(n),
    lane: 'slack:C',
    to: { kind: 'place', placeId: 'p', address: { platform: 'slack', conversation: 'C' } },
    say: { kind: 'notice', template: 'closed' },
    state: 'due',
    dueAt: at(-60_000),
    attempts: 0,
    ...more,
  }
}
const overdue = (id: string, more: Partial<OutboxRow> = {}) =>
  row(id, { to: { kind: 'person', id: 'lin' }, say: { kind: 'tell', template: 'overdue' }, ...more })

function pick(rows: OutboxRow[], more: Partial<PickOptions> = {}): string {
  const picked = pickRow(rows, {
    now: NOW,
    run: 'me',
    gatherMs: 1000,
    thread: (): Thread => 'known',
    priority: () => 'medium',
    ...more,
  })
  switch (picked.kind) {
    case 'say':
    case 'merge':
      return `${picked.kind} ${picked.rows.map((one) => one._id).join(' ')}`
    case 'aside':
      return `aside ${picked.row._id}`
    case 'rest':
      return `rest ${picked.ms}`
    case 'empty':
      return 'empty'
    default:
      return picked satisfies never
  }
}
const threads = (by: Record<string, Thread>) => (one: OutboxRow) => by[one.ticketId] ?? 'known'

describe('pickRow', () => {
  const cases: [string, OutboxRow[], string, Partial<PickOptions>?][] = [
    ['nothing of an empty lane', [], 'empty'],
    ['what came first', [row('a/1'), row('b/1')], 'say a/1'],
    ['of one ticket what happened first, however it came', [row('a/10'), row('a/2')], 'say a/2'],
    ['of one commit what it says first', [row('a/1/1'), row('a/1/0')], 'say a/1/0'],
    [
      'nothing while somebody else is speaking in the lane',
      [row('a/1'), row('b/1', { leaseBy: 'other', leaseUntil: at(5000) })],
      'rest 500',
    ],
    [
      'what somebody else has let go of',
      [row('a/1', { leaseBy: 'other', leaseUntil: at(-1) }), row('b/1')],
      'say a/1',
    ],
    ['its own row after breaking off', [row('a/1', { leaseBy: 'me', leaseUntil: at(5000) })], 'say a/1'],
    [
      'nothing while the first waits for another try, though other tickets are behind it',
      [row('a/1', { notBefore: at(700) }), row('b/1')],
      'rest 700',
    ],
    [
      'another ticket’s row past one that has failed for long',
      [row('a/1', { notBefore: at(700), alone: true }), row('a/2'), row('b/1')],
      'say b/1',
    ],
    [
      'nothing else of a ticket past its failing row',
      [row('a/1', { notBefore: at(700), alone: true }), row('a/2')],
      'rest 700',
    ],
    [
      'the failing row again when its time has come',
      [row('a/1', { notBefore: at(0), alone: true })],
      'say a/1',
    ],
    [
      'another ticket’s row past one that waits for its card',
      [row('a/1'), row('a/2'), row('b/1')],
      'say b/1',
      { thread: threads({ a: 'awaited' }) },
    ],
    [
      'nothing while all wait for their card',
      [row('a/1')],
      'rest 1000',
      { thread: threads({ a: 'awaited' }) },
    ],
    [
      'what can never be said, to be set aside',
      [row('a/1')],
      'aside a/1',
      { thread: threads({ a: 'never' }) },
    ],
    ['ready cards that belong to no ticket in their order', [row('/0/0'), row('a/1')], 'say /0/0'],
    [
      'for a person what is urgent first',
      [overdue('a/1'), overdue('b/1')],
      'say b/1',
      { priority: (id) => (id === 'b' ? 'urgent' : 'low') },
    ],
    [
      'in a channel what came first, urgent or not',
      [row('a/1'), row('b/1')],
      'say a/1',
      { priority: (id) => (id === 'b' ? 'urgent' : 'low') },
    ],
    [
      'overdue messages not before others had a moment to join',
      [overdue('a/1', { dueAt: at(-400) })],
      'rest 600',
    ],
    ['one that is from a clock ahead of ours at once', [overdue('a/1', { dueAt: at(400) })], 'say a/1'],
    ['two overdue messages one by one', [overdue('a/1'), overdue('b/1')], 'say a/1'],
    ['three as one', [overdue('a/1'), overdue('b/1'), overdue('c/1')], 'merge a/1 b/1 c/1'],
    [
      'none into a message that may have been posted already',
      [overdue('a/1', { triedAt: at(-9) }), overdue('b/1'), overdue('c/1'), overdue('d/1')],
      'say a/1',
    ],
    [
      'all that were merged, and nobody else',
      [overdue('a/1', { batch: 'k' }), overdue('b/1', { batch: 'k' }), overdue('c/1'), overdue('d/1')],
      'say a/1 b/1',
    ],
  ]
  for (const [name, rows, expected, options] of cases) {
    it(`picks ${name}`, () => {
      expect(pick(rows, options)).to.equal(expected)
    })
  }
})
