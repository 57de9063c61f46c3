import { t } from '../../i18n/t.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Form } from '../card.js'
import type { ViewContext } from '../context.js'
import type { RequesterTicket } from '../views/requester-ticket.js'
import { about, asksReason, FIELD, longText, MAX_REASON, reasonField } from './field.js'

type Inside = Pick<Ticket, 'id' | 'number' | 'title' | 'teamId'>
type Asked = 'release' | 'dismiss' | 'withdraw' | 'reopen'

/** *Release*: only where the team demands a reason; elsewhere the click is enough. Submits `reason`. */
export const releaseForm = (ticket: Inside, ctx: ViewContext): Form | undefined =>
  asksReason(ctx, ticket.teamId, 'release') ? reasonForm('release', ticket, ctx) : undefined

/** *Withdraw*: only where the team demands a reason; elsewhere the button asks for a yes. Submits `reason`. */
export const withdrawForm = (ticket: RequesterTicket, ctx: ViewContext): Form | undefined =>
  asksReason(ctx, ticket.teamId, 'withdraw') ? reasonForm('withdraw', ticket, ctx) : undefined

/** *Not a ticket*: always asked, since a menu's choice cannot be confirmed. Submits `reason`. */
export const dismissForm = (ticket: Inside, ctx: ViewContext): Form => reasonForm('dismiss', ticket, ctx)

/** *Not solved* and *Reopen*: asks what is still wrong. Submits `reason`. */
export const reopenForm = (ticket: Inside, ctx: ViewContext): Form => reasonForm('reopen', ticket, ctx)

/**
 * *Waiting for requester*: the question they must answer, if it was not asked yet. Submits `text`, which may be empty.
 */
export function waitForm(ticket: Inside, ctx: ViewContext): Form {
  const { locale } = ctx
  return {
    verb: 'wait',
    ticketId: ticket.id,
    arg: 'on',
    locale,
    title: t(locale, 'form.wait.title'),
    submit: t(locale, 'form.wait.submit'),
    cancel: t(locale, 'form.cancel'),
    fields: [
      about(ticket, ctx),
      longText(FIELD.text, t(locale, 'form.wait.text'), {
        required: false,
        hint: t(locale, 'form.wait.hint'),
      }),
    ],
  }
}

function reasonForm(verb: Asked, ticket: Inside, ctx: ViewContext): Form {
  const { locale } = ctx
  const [asked] = reasonField(ctx, ticket.teamId, verb, 'always')
  return {
    verb,
    ticketId: ticket.id,
    locale,
    title: t(locale, `form.${verb}.title`),
    submit: t(locale, `form.${verb}.submit`),
    cancel: t(locale, 'form.cancel'),
    fields: [
      about(ticket, ctx),
      { kind: 'say', text: [t(locale, `form.${verb}.say`)] },
      ...(asked?.kind === 'text'
        ? [{ ...asked, label: t(locale, `form.${verb}.reason`), maxLength: MAX_REASON }]
        : []),
    ],
  }
}
