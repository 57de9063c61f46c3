import { assignForm } from '../../../src/cards/forms/assign-form.js'
import { detailsForm, requesterDetailsForm } from '../../../src/cards/forms/details-form.js'
import { ladderForm } from '../../../src/cards/forms/ladder-form.js'
import { priorityForm } from '../../../src/cards/forms/priority-form.js'
import {
  dismissForm,
  releaseForm,
  reopenForm,
  waitForm,
  withdrawForm,
} from '../../../src/cards/forms/reason-forms.js'
import { resolveForm } from '../../../src/cards/forms/resolve-form.js'
import { explained, whyForm } from '../../../src/cards/forms/why-form.js'
import { addForm, noteForm, replyForm } from '../../../src/cards/forms/write-forms.js'
import { publicHistory } from '../../../src/cards/history/public-history.js'
import { forRequester } from '../../../src/cards/views/requester-ticket.js'
import type { Ticket } from '../../../src/models/ticket/ticket.js'
import { withTeam } from '../../support/desk-fixture.js'
import type { Samples } from './shown.js'
import { ESCALATING, type Showing } from './story.js'

const why = (s: Showing, ticket: Ticket) => whyForm(ticket, explained(ticket, s.ctx), s.ctx)
const oneTeam = (s: Showing) => {
  const { it } = withTeam({}).teams
  return { ...s.ctx, desk: { ...s.ctx.desk, teams: it ? { it } : {} } }
}

/** What the forms of src/cards/forms look like. */
export const FORMS: Samples = {
  'forms/assign-form#assignForm': {
    assign: (s) => assignForm(s.ticket('new'), s.ctx),
    reassign: (s) => assignForm(s.ticket('in_progress'), s.ctx),
    'assign, reasons asked': (s) => assignForm(s.ticket('new'), s.strict),
    'reassign, reasons asked': (s) => assignForm(s.ticket('in_progress'), s.strict),
    'the only team': (s) => assignForm(s.ticket('new'), oneTeam(s)),
  },
  'forms/details-form#detailsForm': {
    details: (s) => detailsForm(s.ticket('in_progress'), s.commits, s.ctx),
    'a long history': (s) =>
      detailsForm(s.ticket('in_progress'), [...s.commits, ...s.commits, ...s.commits], s.ctx),
  },
  'forms/details-form#requesterDetailsForm': {
    details: (s) =>
      requesterDetailsForm(forRequester(s.ticket('waiting_requester')), publicHistory(s.commits), s.ctx),
  },
  'forms/ladder-form#ladderForm': {
    running: (s) => ladderForm(s.ticket('in_progress', ESCALATING), s.ctx),
    paused: (s) => ladderForm(s.ticket('waiting_requester'), s.ctx),
    'nothing runs': (s) => ladderForm(s.ticket('closed'), s.ctx),
  },
  'forms/priority-form#priorityForm': {
    priority: (s) => priorityForm(s.ticket('new'), s.ctx),
    'reasons asked': (s) => priorityForm(s.ticket('new'), s.strict),
  },
  'forms/reason-forms#releaseForm': { release: (s) => releaseForm(s.ticket('in_progress'), s.strict) },
  'forms/reason-forms#withdrawForm': {
    withdraw: (s) => withdrawForm(forRequester(s.ticket('new')), s.strict),
  },
  'forms/reason-forms#dismissForm': {
    dismiss: (s) => dismissForm(s.ticket('new'), s.ctx),
    'reasons asked': (s) => dismissForm(s.ticket('new'), s.strict),
  },
  'forms/reason-forms#reopenForm': { reopen: (s) => reopenForm(s.ticket('resolved'), s.ctx) },
  'forms/reason-forms#waitForm': { wait: (s) => waitForm(s.ticket('in_progress'), s.ctx) },
  'forms/resolve-form#resolveForm': {
    request: (s) => resolveForm(s.ticket('in_progress'), s.ctx),
    incident: (s) => resolveForm(s.ticket('in_progress', { typeId: 'incident' }), s.ctx),
  },
  'forms/why-form#whyForm': {
    new: (s) => why(s, s.ticket('new')),
    paused: (s) => why(s, s.ticket('waiting_requester')),
    resolved: (s) => why(s, s.ticket('resolved')),
    'nothing runs': (s) => why(s, s.ticket('closed')),
  },
  'forms/write-forms#replyForm': { reply: (s) => replyForm(s.ticket('in_progress'), s.ctx) },
  'forms/write-forms#noteForm': { note: (s) => noteForm(s.ticket('in_progress'), s.ctx) },
  'forms/write-forms#addForm': { add: (s) => addForm(forRequester(s.ticket('in_progress')), s.ctx) },
}
