import { digestCard } from '../../../src/cards/views/digest-card.js'
import { endedCard } from '../../../src/cards/views/ended-card.js'
import {
  assignedCard,
  handedOverCard,
  reopenedCard,
  unassignedCard,
} from '../../../src/cards/views/hand-cards.js'
import { olderCard } from '../../../src/cards/views/older-card.js'
import { overdueCard } from '../../../src/cards/views/overdue-card.js'
import { leftCard, requesterCard } from '../../../src/cards/views/requester-card.js'
import { forRequester } from '../../../src/cards/views/requester-ticket.js'
import { movedCard, teamCard } from '../../../src/cards/views/team-card.js'
import { urgedCard } from '../../../src/cards/views/urged-card.js'
import type { ClockKind, Ticket } from '../../../src/models/ticket/ticket.js'
import { STATUSES } from '../../../src/models/ticket/ticket.js'
import { clock, later } from '../../cards/sample.js'
import type { Samples } from './shown.js'
import { ESCALATING, FULL, OVERDUE, type Showing } from './story.js'

type Sample = Samples[string][string]
const inEveryStatus = (make: (s: Showing, ticket: Ticket) => ReturnType<Sample>): Record<string, Sample> =>
  Object.fromEntries(
    STATUSES.map((status) => [status, (s: Showing) => make(s, s.ticket(status, { files: s.files }))]),
  )
const PAST_CAUSE = ({ said }: Showing): Partial<Ticket> => ({
  typeId: 'incident',
  resolution: {
    text: said.resolution,
    cause: said.cause,
    prevention: said.prevention,
    byId: 'bo',
    at: later(-5),
  },
})
const by = ({ said }: Showing) => ({ readerId: 'bo', byId: 'lin', reason: said.reason })
const nobody = { readerId: 'bo' }
const dueItems = (s: Showing, n: number) =>
  Array.from({ length: n }, (_, i) => ({
    ticket: s.ticket(i % 2 === 0 ? 'new' : 'in_progress', {
      ...OVERDUE,
      id: `t${i}`,
      number: String(2026110015 + i),
      clocks: { resolution: clock('resolution', { dueAt: later(-7 * (i + 1)) }) },
    }),
    clock: 'resolution' as ClockKind,
  }))

/** What the views of src/cards/views look like. */
export const VIEWS: Samples = {
  'views/team-card#teamCard': {
    ...inEveryStatus((s, ticket) => teamCard(ticket, s.ctx)),
    overdue: (s) => teamCard(s.ticket('new', OVERDUE), s.ctx),
    everything: (s) => teamCard(s.ticket('in_progress', { ...FULL, ...ESCALATING, files: s.files }), s.ctx),
    'resolved with its cause': (s) => teamCard(s.ticket('resolved', PAST_CAUSE(s)), s.ctx),
  },
  'views/team-card#movedCard': { moved: (s) => movedCard(s.ticket('new'), 'hr', s.ctx) },
  'views/requester-card#requesterCard': {
    ...inEveryStatus((s, ticket) => requesterCard(forRequester(ticket), s.ctx)),
    'in a channel': (s) => requesterCard(forRequester(s.ticket('new')), s.ctx, { inChannel: true }),
    'resolved in a channel': (s) =>
      requesterCard(forRequester(s.ticket('resolved')), s.ctx, { inChannel: true }),
    overdue: (s) => requesterCard(forRequester(s.ticket('new', OVERDUE)), s.ctx),
    nudged: (s) => requesterCard(forRequester(s.ticket('assigned', FULL)), s.ctx),
    'reason asked': (s) => requesterCard(forRequester(s.ticket('new')), s.strict),
  },
  'views/older-card#olderCard': {
    'of a team': (s) => olderCard(teamCard(s.ticket('in_progress'), s.ctx)),
  },
  'views/requester-card#leftCard': { left: (s) => leftCard(s.ticket('new'), s.ctx) },
  'views/overdue-card#overdueCard': {
    first: (s) =>
      overdueCard(s.ticket('new', OVERDUE), s.ctx, {
        readerId: 'lin',
        clock: 'first_response',
        level: 'L1',
        round: 1,
      }),
    'again and late': (s) =>
      overdueCard(s.ticket('in_progress', OVERDUE), s.ctx, {
        readerId: 'bo',
        clock: 'resolution',
        level: 'L2',
        round: 3,
        late: true,
      }),
    'in another’s stead': (s) =>
      overdueCard(s.ticket('assigned', OVERDUE), s.ctx, {
        readerId: 'max',
        clock: 'resolution',
        level: 'L1',
        round: 1,
        insteadOf: 'lin',
      }),
    'promise gone': (s) =>
      overdueCard(s.ticket('closed'), s.ctx, { readerId: 'lin', clock: 'resolution', level: 'L1', round: 1 }),
  },
  'views/digest-card#digestCard': {
    two: (s) => digestCard(dueItems(s, 2), s.ctx),
    twelve: (s) => digestCard(dueItems(s, 12), s.ctx),
  },
  'views/hand-cards#assignedCard': {
    'by somebody': (s) => assignedCard(s.ticket('assigned'), s.ctx, by(s)),
    'by a rule': (s) => assignedCard(s.ticket('assigned'), s.ctx, nobody),
  },
  'views/hand-cards#handedOverCard': {
    'to a person': (s) => handedOverCard(s.ticket('assigned', { assigneeId: 'cy' }), s.ctx, by(s)),
    'to another team': (s) =>
      handedOverCard(s.ticket('new', { teamId: 'hr' }), s.ctx, { ...nobody, moved: true }),
  },
  'views/hand-cards#unassignedCard': {
    'by somebody': (s) => unassignedCard(s.ticket('new'), s.ctx, by(s)),
    'by nobody': (s) => unassignedCard(s.ticket('new'), s.ctx, nobody),
  },
  'views/hand-cards#reopenedCard': {
    'by the requester': (s) =>
      reopenedCard(s.ticket('in_progress'), s.ctx, { ...by(s), byId: 'ann', reason: s.said.answer }),
    'by nobody': (s) => reopenedCard(s.ticket('in_progress'), s.ctx, nobody),
  },
  'views/ended-card#endedCard': {
    withdrawn: (s) =>
      endedCard(s.ticket('cancelled', { assigneeId: 'bo' }), s.ctx, {
        ended: 'withdrawn',
        ...by(s),
        byId: 'ann',
      }),
    resolved: (s) => endedCard(s.ticket('resolved'), s.ctx, { ended: 'resolved', ...nobody, byId: 'cy' }),
    dismissed: (s) => endedCard(s.ticket('rejected'), s.ctx, { ended: 'dismissed', ...by(s) }),
    'by nobody': (s) => endedCard(s.ticket('cancelled'), s.ctx, { ended: 'withdrawn', ...nobody }),
  },
  'views/urged-card#urgedCard': {
    'to the assignee': (s) =>
      urgedCard(s.ticket('assigned', { urges: { count: 1, lastAt: later(0) } }), s.ctx, nobody),
    'to a lead, again': (s) =>
      urgedCard(s.ticket('new', { urges: { count: 3, lastAt: later(0) } }), s.ctx, { readerId: 'lin' }),
  },
}
