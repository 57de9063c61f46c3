import { t } from '../../i18n/t.js'
import type { Demand } from '../../models/desk/desk.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Field, Form } from '../card.js'
import type { ViewContext } from '../context.js'
import { about, FIELD, type FieldName, longText } from './field.js'

/** *Resolve…*. Submits `resolution`, and `cause` and `prevention` where the ticket's type asks for them. */
export function resolveForm(
  ticket: Pick<Ticket, 'id' | 'number' | 'title' | 'typeId'>,
  ctx: ViewContext,
): Form {
  const { locale, desk } = ctx
  const type = desk.types[ticket.typeId] ?? desk.types[desk.defaultTypeId]
  return {
    verb: 'resolve',
    ticketId: ticket.id,
    locale,
    title: t(locale, 'form.resolve.title'),
    submit: t(locale, 'form.resolve.submit'),
    cancel: t(locale, 'form.cancel'),
    fields: [
      about(ticket, ctx),
      longText(FIELD.resolution, t(locale, 'form.resolve.resolution'), {
        hint: t(locale, 'form.resolve.resolution_hint'),
      }),
      ...inside(FIELD.cause, t(locale, 'form.resolve.cause'), type?.asksCause ?? 'none', ctx),
      ...inside(FIELD.prevention, t(locale, 'form.resolve.prevention'), type?.asksPrevention ?? 'none', ctx),
    ],
  }
}

/** What only the team reads. */
function inside(name: FieldName, label: string, demand: Demand, ctx: ViewContext): Field[] {
  if (demand === 'none') return []
  return [longText(name, label, { required: demand === 'required', hint: t(ctx.locale, 'form.inside_hint') })]
}
