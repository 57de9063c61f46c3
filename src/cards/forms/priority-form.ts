import { t } from '../../i18n/t.js'
import { PRIORITIES, type Ticket } from '../../models/ticket/ticket.js'
import type { Form } from '../card.js'
import type { ViewContext } from '../context.js'
import { priorityWord } from '../words.js'
import { about, FIELD, reasonField } from './field.js'

/** *Priority…*. Submits `priority`, and `reason` where the team demands one. */
export function priorityForm(
  ticket: Pick<Ticket, 'id' | 'number' | 'title' | 'teamId' | 'priority'>,
  ctx: ViewContext,
): Form {
  const { locale } = ctx
  return {
    verb: 'priority',
    ticketId: ticket.id,
    locale,
    title: t(locale, 'form.priority.title'),
    submit: t(locale, 'form.save'),
    cancel: t(locale, 'form.cancel'),
    fields: [
      about(ticket, ctx),
      {
        kind: 'choice',
        name: FIELD.priority,
        label: t(locale, 'fact.priority'),
        hint: t(locale, 'form.priority.hint'),
        required: true,
        options: PRIORITIES.map((value) => ({ label: priorityWord(ctx, value), value })),
        value: ticket.priority,
      },
      ...reasonField(ctx, ticket.teamId, 'priority'),
    ],
  }
}
