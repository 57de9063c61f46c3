import { t } from '../../i18n/t.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Form } from '../card.js'
import type { ViewContext } from '../context.js'
import type { RequesterTicket } from '../views/requester-ticket.js'
import { about, FIELD, longText, MAX_FILES } from './field.js'

type Named = Pick<Ticket, 'id' | 'number' | 'title'>

/** *Reply…*: an answer to the requester. Submits `text`, `files`. */
export function replyForm(ticket: Named, ctx: ViewContext): Form {
  const { locale } = ctx
  return {
    verb: 'reply',
    ticketId: ticket.id,
    locale,
    title: t(locale, 'form.reply.title'),
    submit: t(locale, 'form.send'),
    cancel: t(locale, 'form.cancel'),
    fields: [
      about(ticket, ctx),
      longText(FIELD.text, t(locale, 'form.reply.text'), { hint: t(locale, 'form.reply.hint') }),
      files(ctx),
    ],
  }
}

/** *Note*: stays inside. Submits `text`, `files`. */
export function noteForm(ticket: Named, ctx: ViewContext): Form {
  const { locale } = ctx
  return {
    verb: 'note',
    ticketId: ticket.id,
    locale,
    title: t(locale, 'form.note.title'),
    submit: t(locale, 'form.save'),
    cancel: t(locale, 'form.cancel'),
    fields: [
      about(ticket, ctx),
      longText(FIELD.text, t(locale, 'form.note.text'), { hint: t(locale, 'form.note.hint') }),
      files(ctx),
    ],
  }
}

/** *Add details*: what the requester adds; a file alone will do. Submits `text`, `files`. */
export function addForm(ticket: RequesterTicket, ctx: ViewContext): Form {
  const { locale } = ctx
  return {
    verb: 'add',
    ticketId: ticket.id,
    locale,
    title: t(locale, 'form.add.title'),
    submit: t(locale, 'form.send'),
    cancel: t(locale, 'form.cancel'),
    fields: [
      about(ticket, ctx),
      longText(FIELD.text, t(locale, 'form.add.text'), {
        required: false,
        hint: t(locale, 'form.add.hint'),
      }),
      files(ctx),
    ],
  }
}

function files(ctx: ViewContext): Form['fields'][number] {
  return {
    kind: 'files',
    name: FIELD.files,
    label: t(ctx.locale, 'field.files'),
    required: false,
    maxFiles: MAX_FILES,
  }
}
