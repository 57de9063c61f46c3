import { t } from '../../i18n/t.js'
import { clip } from '../../lib/text.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Field, Form } from '../card.js'
import type { ViewContext } from '../context.js'
import { MAX_OPTION } from '../controls.js'
import { localized, teamName } from '../words.js'
import { about, asksReason, FIELD, reasonField } from './field.js'

type Assignable = Pick<Ticket, 'id' | 'number' | 'title' | 'teamId' | 'assigneeId'>

/**
 * *Assign…* while nobody has it, *Reassign…* afterwards: somebody of the team, or another team. Submits `agent` (a
 * person's id) or `team` (a team's id), exactly one of them to be filled, and `reason`.
 */
export function assignForm(ticket: Assignable, ctx: ViewContext): Form {
  const { locale } = ctx
  const verb = ticket.assigneeId ? 'reassign' : 'assign'
  const teams = otherTeams(ticket, ctx)
  return {
    verb,
    ticketId: ticket.id,
    locale,
    title: t(locale, `form.${verb}.title`),
    submit: t(locale, `form.${verb}.submit`),
    cancel: t(locale, 'form.cancel'),
    fields: [
      about(ticket, ctx),
      agents(ticket, ctx, teams.length === 0),
      ...teams,
      ...reason(ticket, ctx, verb),
    ],
  }
}

function agents(ticket: Assignable, ctx: ViewContext, required: boolean): Field {
  return {
    kind: 'choice',
    name: FIELD.agent,
    label: t(ctx.locale, 'form.assign.agent', { team: teamName(ctx, ticket.teamId) }),
    required,
    options: ctx
      .agentsOf(ticket.teamId)
      .filter(({ id }) => id !== ticket.assigneeId)
      .map(({ id, name, department }) => ({
        label: clip(department ? `${name} · ${department}` : name, MAX_OPTION),
        value: id,
      })),
  }
}

function otherTeams(ticket: Assignable, ctx: ViewContext): Field[] {
  const options = Object.values(ctx.desk.teams)
    .filter(({ id }) => id !== ticket.teamId)
    .map(({ id, name }) => ({ label: clip(localized(ctx, name), MAX_OPTION), value: id }))
  if (options.length === 0) return []
  return [
    {
      kind: 'choice',
      name: FIELD.team,
      label: t(ctx.locale, 'form.assign.team'),
      hint: t(ctx.locale, 'form.assign.team_hint'),
      required: false,
      options,
    },
  ]
}

/** Giving it to another team is a reassignment too, also where nobody has it yet. */
function reason(ticket: Assignable, ctx: ViewContext, verb: 'assign' | 'reassign'): Field[] {
  if (verb === 'reassign') return reasonField(ctx, ticket.teamId, 'reassign')
  if (!asksReason(ctx, ticket.teamId, 'reassign')) return []
  return reasonField(ctx, ticket.teamId, 'reassign').map((field) =>
    field.kind === 'text'
      ? { ...field, required: false, hint: t(ctx.locale, 'form.assign.reason_hint') }
      : field,
  )
}
