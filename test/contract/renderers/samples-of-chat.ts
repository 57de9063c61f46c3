import * as accounts from '../../../src/cards/chat/accounts.js'
import { greeting, help, howToBegin, welcome } from '../../../src/cards/chat/greeting.js'
import { home } from '../../../src/cards/chat/home.js'
import { myTickets, queueCard } from '../../../src/cards/chat/lists.js'
import { deletedMirror, mirrorForRequester, mirrorForTeam } from '../../../src/cards/chat/mirror.js'
import { noticeLine } from '../../../src/cards/chat/notice.js'
import { refusalCard } from '../../../src/cards/chat/refusal.js'
import {
  ackedReply,
  type Done,
  doneReply,
  filesRefused,
  unknownNumber,
  urgedReply,
} from '../../../src/cards/chat/replies.js'
import { reminderLine, threadOpener } from '../../../src/cards/chat/thread-lines.js'
import { insideMark, sentMark, withdrawnMark } from '../../../src/cards/chat/thread-marks.js'
import { addedTo, askReopen, chooseTicket } from '../../../src/cards/chat/where-it-goes.js'
import type { PublicTouch } from '../../../src/cards/views/public-touch.js'
import { forRequester, type RequesterTicket } from '../../../src/cards/views/requester-ticket.js'
import { ERRORS, type ErrorCode } from '../../../src/lib/errors.js'
import type { NoticeTemplate } from '../../../src/models/ticket/effects.js'
import type { Touch } from '../../../src/models/ticket/events.js'
import type { Status, Ticket } from '../../../src/models/ticket/ticket.js'
import { later, NOW } from '../../cards/sample.js'
import type { Samples } from './shown.js'
import { ESCALATING, OVERDUE, type Showing } from './story.js'

const where = { message: 'm1' }
const own = (s: Showing, status: Status = 'in_progress', more: Partial<Ticket> = {}): RequesterTicket =>
  forRequester(s.ticket(status, more))
const many = (s: Showing, n: number, status: Status = 'new'): Ticket[] =>
  Array.from({ length: n }, (_, i) =>
    s.ticket(status, { id: `t${i}`, number: String(2026110015 + i), ...(i === 0 ? OVERDUE : {}) }),
  )
const queue = (s: Showing, n: number) => ({ mine: many(s, n, 'in_progress'), unclaimed: many(s, n) })
const byTeam = (s: Showing, more: Partial<Touch> = {}): Touch =>
  s.touch({ id: 'touch-9', side: 'team', authorId: 'bo', text: s.said.answer, ...more })
const publicly = (touch: Touch): PublicTouch => ({ ...touch, visibility: 'public' })
const owner = {
  name: '安娜 Ann',
  identities: [
    { platform: 'slack', tenant: 'T1', userId: 'U1' },
    { platform: 'feishu', tenant: 'f1', userId: 'ou_1' },
  ],
  lastPlatform: 'feishu',
} as const satisfies object as unknown as accounts.Owner
const NOTICES = ['resolved', 'waiting', 'closed', 'reopened', 'dismissed'] as const satisfies NoticeTemplate[]
const STANDS = {
  resolved: 'resolved',
  waiting: 'waiting_requester',
  closed: 'closed',
  reopened: 'in_progress',
  dismissed: 'rejected',
} as const satisfies Record<NoticeTemplate, Status>
const DONE = [
  'added',
  'noted',
  'sent',
  'relocated',
  'retracted',
  'assigned',
  'moved',
] as const satisfies Done[]
const FILE_DETAILS = { name: 'VPN.pdf', max: 10 * 1024 * 1024 }
const DETAILS = {
  status: 'closed',
  who: 'assignee,lead',
  person: 'bo',
  time: NOW,
  max: 3000,

  trace: '42',
  until: NOW,
}

/** What the cards and lines of src/cards/chat look like. */
export const CHAT: Samples = {
  'chat/accounts#linkCodeCard': { code: (s) => accounts.linkCodeCard('K7QM2P', s.ctx) },
  'chat/accounts#linkedCard': { linked: (s) => accounts.linkedCard(owner, s.ctx) },
  'chat/accounts#linkedElsewhere': { linked: (s) => accounts.linkedElsewhere('teams', s.ctx) },
  'chat/accounts#unlinkedCard': { unlinked: (s) => accounts.unlinkedCard('feishu', s.ctx) },
  'chat/accounts#reachCard': {
    here: (s) => accounts.reachCard('feishu', s.ctx),
    anywhere: (s) => accounts.reachCard(undefined, s.ctx),
  },
  'chat/accounts#accountsCard': {
    'as last used': (s) => accounts.accountsCard(owner, 'slack', s.ctx),
    'as chosen': (s) => accounts.accountsCard({ ...owner, chosenPlatform: 'slack' }, 'slack', s.ctx),
  },
  'chat/greeting#welcome': { welcome: (s) => welcome('ann', s.ctx) },
  'chat/greeting#howToBegin': { 'how to begin': (s) => howToBegin(s.ctx) },
  'chat/greeting#greeting': {
    'nothing open': (s) => greeting('ann', [], s.ctx),
    'two open': (s) => greeting('ann', many(s, 2).map(forRequester), s.ctx),
  },
  'chat/greeting#help': {
    'for a requester': (s) => help(s.ctx, { agent: false }),
    'for an agent': (s) => help(s.ctx, { agent: true }),
  },
  'chat/home#home': {
    'nothing open': (s) => home('ann', [], undefined, s.ctx),
    'of a requester': (s) => home('ann', many(s, 2).map(forRequester), undefined, s.ctx),
    'of an agent': (s) => home('bo', [own(s)], queue(s, 2), s.ctx),
  },
  'chat/lists#myTickets': {
    none: (s) => myTickets([], s.ctx),
    one: (s) => myTickets([own(s)], s.ctx),
    eleven: (s) => myTickets(many(s, 11).map(forRequester), s.ctx),
  },
  'chat/lists#queueCard': {
    empty: (s) => queueCard({ mine: [], unclaimed: [] }, s.ctx),
    full: (s) => queueCard(queue(s, 3), s.ctx),
    overflowing: (s) => queueCard(queue(s, 12), s.ctx),
  },
  'chat/mirror#mirrorForRequester': {
    words: (s) => mirrorForRequester(publicly(byTeam(s)), s.ctx),
    edited: (s) => mirrorForRequester(publicly(byTeam(s)), s.ctx, { edited: true }),
    'a file alone': (s) => mirrorForRequester(publicly(byTeam(s, { text: '', files: [s.file] })), s.ctx),
  },
  'chat/mirror#mirrorForTeam': {
    'of the requester': (s) => mirrorForTeam(s.touch(), s.ticket('new'), s.ctx),
    'of the team': (s) => mirrorForTeam(byTeam(s), s.ticket('new'), s.ctx),
    inside: (s) => mirrorForTeam(byTeam(s, { visibility: 'internal' }), s.ticket('new'), s.ctx),
    'a note, edited': (s) =>
      mirrorForTeam(byTeam(s, { visibility: 'note' }), s.ticket('new'), s.ctx, { edited: true }),
    withdrawn: (s) => mirrorForTeam(byTeam(s), s.ticket('new'), s.ctx, { withdrawn: true }),
  },
  'chat/mirror#deletedMirror': { deleted: (s) => deletedMirror(byTeam(s), s.ctx) },
  'chat/notice#noticeLine': Object.fromEntries(
    NOTICES.map((notice) => [
      notice,
      (s: Showing) =>
        noticeLine(notice, own(s, STANDS[notice]), s.ctx, notice === 'closed' ? undefined : 'bo'),
    ]),
  ),
  'chat/refusal#refusalCard': Object.fromEntries(
    (Object.keys(ERRORS) as ErrorCode[]).map((code) => [
      code,
      (s: Showing) =>
        refusalCard({ code, details: code.startsWith('file.') ? FILE_DETAILS : DETAILS }, s.ctx),
    ]),
  ),
  'chat/replies#urgedReply': {
    'in the queue': (s) =>
      urgedReply(own(s, 'new'), s.ctx, { told: ['lin', 'bo'], place: 2, nextAt: later(60) }),
    'nobody told': (s) => urgedReply(own(s), s.ctx, { told: [], nextAt: later(60) }),
  },
  'chat/replies#ackedReply': {
    'with a next level': (s) => ackedReply(s.ticket('new', ESCALATING), s.ctx, 'first_response'),
    'the last level': (s) => ackedReply(s.ticket('new'), s.ctx, 'resolution'),
  },
  'chat/replies#doneReply': Object.fromEntries(
    DONE.map((done) => [done, (s: Showing) => doneReply(done, s.ticket('new'), s.ctx)]),
  ),
  'chat/replies#filesRefused': {
    two: (s) =>
      filesRefused(
        [
          { name: s.file.name, code: 'file.too_large', maxBytes: 10 * 1024 * 1024 },
          { name: 'a.zip', code: 'file.unreadable' },
        ],
        s.ctx,
      ),
  },
  'chat/replies#unknownNumber': { unknown: (s) => unknownNumber('2026110099', s.ctx) },
  'chat/thread-lines#threadOpener': {
    unclaimed: (s) => threadOpener(s.ticket('new'), s.ctx),
    claimed: (s) => threadOpener(s.ticket('in_progress'), s.ctx),
    'inside only': (s) => threadOpener(s.ticket('new', { teamId: 'hr' }), s.ctx),
  },
  'chat/thread-lines#reminderLine': {
    'to the assignee': (s) =>
      reminderLine(s.ticket('in_progress'), s.ctx, { clock: 'resolution', level: 'r80', people: ['bo'] }),
    'to the leads': (s) =>
      reminderLine(s.ticket('new'), s.ctx, { clock: 'first_response', level: 'r50', people: ['lin', 'hua'] }),
    'to nobody': (s) =>
      reminderLine(s.ticket('new'), s.ctx, { clock: 'first_response', level: 'r50', people: [] }),
  },
  'chat/thread-marks#sentMark': { sent: (s) => sentMark(s.ticket('new'), 'touch-9', s.ctx) },
  'chat/thread-marks#insideMark': {
    'may be sent': (s) => insideMark(s.ticket('new'), 'touch-9', s.ctx),
    'may not': (s) => insideMark(s.ticket('new'), 'touch-9', s.ctx, false),
  },
  'chat/thread-marks#withdrawnMark': { withdrawn: (s) => withdrawnMark(s.ticket('new'), s.ctx) },
  'chat/where-it-goes#addedTo': { added: (s) => addedTo(own(s), s.ctx, where) },
  'chat/where-it-goes#chooseTicket': {
    'of three': (s) => chooseTicket(many(s, 3).map(forRequester), s.ctx, where),
  },
  'chat/where-it-goes#askReopen': {
    resolved: (s) => askReopen(own(s, 'resolved'), s.ctx, where),
    'closed long ago': (s) => askReopen(own(s, 'closed', { closedAt: later(-60 * 24 * 60) }), s.ctx, where),
  },
}
