import type { Card, Form } from '../../src/cards/card.js'
import * as greeting from '../../src/cards/chat/greeting.js'
import { home } from '../../src/cards/chat/home.js'
import { myTickets, queueCard } from '../../src/cards/chat/lists.js'
import { deletedMirror, mirrorForRequester, mirrorForTeam } from '../../src/cards/chat/mirror.js'
import { noticeLine } from '../../src/cards/chat/notice.js'
import { refusalCard } from '../../src/cards/chat/refusal.js'
import {
  ackedReply,
  doneReply,
  filesRefused,
  unknownNumber,
  urgedReply,
} from '../../src/cards/chat/replies.js'
import { reminderLine, threadOpener } from '../../src/cards/chat/thread-lines.js'
import { insideMark, sentMark, withdrawnMark } from '../../src/cards/chat/thread-marks.js'
import { addedTo, askReopen, chooseTicket } from '../../src/cards/chat/where-it-goes.js'
import type { ViewContext } from '../../src/cards/context.js'
import { assignForm } from '../../src/cards/forms/assign-form.js'
import { detailsForm, requesterDetailsForm } from '../../src/cards/forms/details-form.js'
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
import type { Spoken } from '../../src/cards/spoken.js'
import { digestCard } from '../../src/cards/views/digest-card.js'
import { endedCard } from '../../src/cards/views/ended-card.js'
import {
  assignedCard,
  handedOverCard,
  reopenedCard,
  unassignedCard,
} from '../../src/cards/views/hand-cards.js'
import { olderCard } from '../../src/cards/views/older-card.js'
import { overdueCard } from '../../src/cards/views/overdue-card.js'
import { isPublic } from '../../src/cards/views/public-touch.js'
import { leftCard, requesterCard } from '../../src/cards/views/requester-card.js'
import { forRequester } from '../../src/cards/views/requester-ticket.js'
import { movedCard, teamCard } from '../../src/cards/views/team-card.js'
import { urgedCard } from '../../src/cards/views/urged-card.js'
import { ERRORS, type ErrorCode } from '../../src/lib/errors.js'
import type { Commit, Touch } from '../../src/models/ticket/events.js'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import { NOW } from './sample.js'

const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[]
const HAPPENED = { readerId: 'bo', byId: 'lin', reason: '需要现场支持' }
const NOTICES = ['resolved', 'waiting', 'closed', 'reopened', 'dismissed'] as const
const DONE = ['added', 'noted', 'sent', 'relocated', 'retracted', 'assigned', 'moved'] as const
const ENDED = ['withdrawn', 'resolved', 'dismissed'] as const
const DETAILS = {
  status: 'closed',
  who: 'assignee,lead',
  person: 'bo',
  time: NOW,
  max: 3000,
  name: '截图',
  trace: '42',
}

/** Every card, form and line whose reader is the requester. */
export function forRequesterEyes(
  ticket: Ticket,
  commits: readonly Commit[],
  touches: readonly Touch[],
  ctx: ViewContext,
) {
  const own = forRequester(ticket)
  const where = { message: 'm1' }
  const cards: Card[] = [
    requesterCard(own, ctx),
    requesterCard(own, ctx, { inChannel: true }),
    leftCard(own, ctx),
    greeting.welcome('ann', ctx),
    greeting.greeting('ann', [own], ctx),
    home('ann', [own], undefined, ctx),
    home('ann', [], undefined, ctx),
    greeting.help(ctx, { agent: false }),
    myTickets([], ctx),
    myTickets(
      Array.from({ length: 12 }, () => own),
      ctx,
    ),
    addedTo(own, ctx, where),
    chooseTicket([own], ctx, where),
    askReopen(own, ctx, where),
    urgedReply(own, ctx, { told: ['bo'], place: 2, nextAt: NOW }),
    urgedReply(own, ctx, { told: [], nextAt: NOW }),
    filesRefused([{ name: '镜像', code: 'file.too_large', maxBytes: 10 * 1024 * 1024 }], ctx),
    unknownNumber('2026110099', ctx),
    doneReply('added', ticket, ctx),
    doneReply('relocated', ticket, ctx),
  ]
  const forms = [
    addForm(own, ctx),
    withdrawForm(own, ctx),
    reopenForm(own, ctx),
    whyForm(own, explained(ticket, ctx), ctx),
    requesterDetailsForm(own, publicHistory(commits), ctx),
  ].filter((form): form is Form => form !== undefined)
  const lines: Spoken[] = [
    ...NOTICES.map((notice) => noticeLine(notice, own, ctx, 'bo')),
    ...touches.filter(isPublic).map((touch) => mirrorForRequester(touch, ctx)),
    ...touches.filter(isPublic).map((touch) => deletedMirror(touch, ctx)),
  ]
  return { cards, forms, lines }
}

/** Every card, form and line for those who work on tickets. */
export function forTeamEyes(
  ticket: Ticket,
  commits: readonly Commit[],
  touches: readonly Touch[],
  ctx: ViewContext,
) {
  const cards: Card[] = [
    teamCard(ticket, ctx),
    movedCard(ticket, 'hr', ctx),
    olderCard(teamCard(ticket, ctx)),
    teamCard(ticket, ctx, { mustMention: true }),
    overdueCard(ticket, ctx, { readerId: 'lin', clock: 'resolution', level: 'L1', round: 2, late: true }),
    overdueCard(ticket, ctx, { readerId: 'bo', clock: 'first_response', level: 'L1', round: 1 }),
    digestCard(
      Array.from({ length: 12 }, () => ({ ticket, clock: 'resolution' as const })),
      ctx,
    ),
    assignedCard(ticket, ctx, HAPPENED),
    handedOverCard(ticket, ctx, HAPPENED),
    unassignedCard(ticket, ctx, HAPPENED),
    reopenedCard(ticket, ctx, HAPPENED),
    ...ENDED.map((ended) => endedCard(ticket, ctx, { ended, ...HAPPENED })),
    urgedCard(ticket, ctx, HAPPENED),
    sentMark(ticket, 'touch-1', ctx),
    insideMark(ticket, 'touch-1', ctx),
    withdrawnMark(ticket, ctx),
    queueCard({ mine: [ticket], unclaimed: [ticket] }, ctx),
    queueCard({ mine: [], unclaimed: [] }, ctx),
    home('bo', [forRequester(ticket)], { mine: [ticket], unclaimed: [ticket] }, ctx),
    greeting.help(ctx, { agent: true }),
    ackedReply(ticket, ctx, 'resolution'),
    ...DONE.map((done) => doneReply(done, ticket, ctx)),
    ...ERROR_CODES.map((code) => refusalCard({ code, details: DETAILS }, ctx)),
  ]
  const forms = [
    replyForm(ticket, ctx),
    noteForm(ticket, ctx),
    resolveForm(ticket, ctx),
    resolveForm({ ...ticket, typeId: 'incident' }, ctx),
    assignForm(ticket, ctx),
    priorityForm(ticket, ctx),
    releaseForm(ticket, ctx),
    dismissForm(ticket, ctx),
    reopenForm(ticket, ctx),
    waitForm(ticket, ctx),
    whyForm(ticket, explained(ticket, ctx), ctx),
    ladderForm(ticket, ctx),
    detailsForm(ticket, commits, ctx),
  ].filter((form): form is Form => form !== undefined)
  const lines: Spoken[] = [
    threadOpener(ticket, ctx),
    reminderLine(ticket, ctx, { clock: 'resolution', level: 'r80', people: ['bo'] }),
    reminderLine(ticket, ctx, { clock: 'first_response', level: 'r50', people: [] }),
    ...touches.map((touch) => mirrorForTeam(touch, ticket, ctx, { edited: true })),
  ]
  return { cards, forms, lines }
}
