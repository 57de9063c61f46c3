import type { Form } from '../cards/card.js'
import { refusalCard, refusalText } from '../cards/chat/refusal.js'
import type { ViewContext } from '../cards/context.js'
import { FIELD, type FieldName } from '../cards/forms/field.js'
import { type ErrorCode, type Refusal, refuse } from '../lib/errors.js'
import type { Command, Verb } from '../models/ticket/commands.js'
import { actorRoles } from '../models/ticket/decide.js'
import { permission } from '../models/ticket/lifecycle.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { type Answer, NOTHING } from './answer.js'
import { type Changed, changeTicket, contextFor, recordRefusal } from './change-ticket.js'
import type { Click } from './click.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

/** Which field of a form a refusal is about. */
const FIELD_OF: Partial<Record<ErrorCode, readonly FieldName[]>> = {
  'ticket.text_required': [FIELD.text, FIELD.resolution, FIELD.reason],
  'ticket.text_too_long': [FIELD.text, FIELD.resolution, FIELD.reason],
  'ticket.cause_required': [FIELD.cause],
  'ticket.prevention_required': [FIELD.prevention],
  'ticket.reason_required': [FIELD.reason],
  'ticket.unknown_assignee': [FIELD.agent],
  'ticket.unknown_team': [FIELD.team],
}

export interface Act {
  /** The flow's file, for the log. */
  flow: string
  command: Command | ((ticket: Ticket) => Command)
  /** What to answer when it is done; nothing by default, since the cards show it. */
  answer?: (ticket: Ticket, ctx: ViewContext) => Answer | Promise<Answer>
}

/** Carries a click's command out and answers the person: privately when the rules say no. */
export async function act(services: Services, click: Click, { flow, command, answer }: Act): Promise<Answer> {
  const { ticketId } = click.action
  if (!ticketId) return await refused(services, click, refuse('ticket.not_found'))
  const request = {
    ticketId,
    actor: { kind: 'person', id: click.person.id },
    cause: causeOf(click),
    command,
    flow,
  } as const
  const changed = await changeTicket(services, request)
  return await answered(services, click, changed, answer)
}

async function answered(
  services: Services,
  click: Click,
  changed: Changed,
  answer: Act['answer'],
): Promise<Answer> {
  switch (changed.kind) {
    case 'absent':
      return await refused(services, click, refuse('ticket.not_found'))
    case 'refused':
      await recordRefusal(services, changed, {
        actor: { kind: 'person', id: click.person.id },
        cause: causeOf(click),
        verb: click.action.verb,
      })
      return await refused(services, click, changed.refusal, changed.ticket)
    case 'nothing':
    case 'done':
    case 'already':
      return answer
        ? await answer(changed.ticket, await viewFor(services, click.person, [changed.ticket]))
        : NOTHING
    default:
      return changed satisfies never
  }
}

export const causeOf = (click: Click): string => `click:${click.platform}:${click.key}`

/** Tells the person why not: at the field it is about, if they are in a form that has it. */
export async function refused(
  services: Services,
  click: Click,
  refusal: Refusal,
  ticket?: Ticket,
): Promise<Answer> {
  const ctx = await viewFor(services, click.person, ticket ? [ticket] : [], peopleIn(refusal))
  const field = FIELD_OF[refusal.code]?.find((name) => click.submitted && name in click.submitted.values)
  if (field) return { kind: 'field_errors', errors: { [field]: refusalText(refusal, ctx) } }
  return { kind: 'private', card: refusalCard(refusal, ctx) }
}

function peopleIn({ details }: Refusal): string[] {
  return typeof details.person === 'string' ? [details.person] : []
}

/** The ticket a click is about, if the person may do `verb` with it now; else the answer that says why not. */
export async function ticketFor(
  services: Services,
  click: Click,
  verb: Verb,
): Promise<{ ticket: Ticket; ctx: ViewContext } | { answer: Answer }> {
  const { ticketId } = click.action
  const ticket = ticketId ? await services.tickets.load(ticketId) : undefined
  if (!ticket || ticket.deskId !== services.desk().id) {
    return { answer: await refused(services, click, refuse('ticket.not_found')) }
  }
  const context = await contextFor(services, ticket, { kind: 'person', id: click.person.id })
  const permitted = permission(verb, ticket.status, actorRoles(ticket, context))
  if (permitted.allowed) return { ticket, ctx: await viewFor(services, click.person, [ticket]) }
  const refusal =
    permitted.because === 'role'
      ? refuse('ticket.role_forbids', { who: permitted.who.join(',') })
      : refuse('ticket.status_forbids', { status: ticket.status })
  await recordRefusal(
    services,
    { kind: 'refused', ticket, refusal },
    {
      actor: context.actor,
      cause: causeOf(click),
      verb: click.action.verb,
    },
  )
  return { answer: await refused(services, click, refusal, ticket) }
}

/** Opens a form for a click, unless the person may not, or the form has nothing to ask. */
export async function ask(
  services: Services,
  click: Click,
  verb: Verb,
  form: (ticket: Ticket, ctx: ViewContext) => Form | undefined,
): Promise<Answer | undefined> {
  const found = await ticketFor(services, click, verb)
  if ('answer' in found) return found.answer
  const asked = form(found.ticket, found.ctx)
  return asked && { kind: 'form', form: asked }
}

/** A field's value as somebody filled it in; undefined when they left it empty. */
export function filled(click: Click, name: FieldName): string | undefined {
  const value = click.submitted?.values[name]?.trim()
  return value ? value : undefined
}
