import { t } from '../../i18n/t.js'
import type { ReasonedCommand } from '../../models/desk/desk.js'
import type { TeamId } from '../../models/ids.js'
import type { Field } from '../card.js'
import type { ViewContext } from '../context.js'
import { ticketName } from '../controls.js'
import { strong } from '../words.js'

/**
 * Names of the fields in what a form submits. `agent` is a person's id, `team` a team's id, `priority` one of
 * PRIORITIES; the others are what somebody wrote. A field left empty comes as an empty string or not at all.
 */
export const FIELD = {
  text: 'text',
  files: 'files',
  resolution: 'resolution',
  cause: 'cause',
  prevention: 'prevention',
  reason: 'reason',
  agent: 'agent',
  team: 'team',
  priority: 'priority',
} as const
export type FieldName = (typeof FIELD)[keyof typeof FIELD]

/** The longest text that every messenger's input takes. */
export const MAX_TEXT = 3000
export const MAX_REASON = 500
export const MAX_FILES = 5

type TextField = Extract<Field, { kind: 'text' }>

export function longText(
  name: FieldName,
  label: string,
  more: Partial<Pick<TextField, 'required' | 'hint' | 'maxLength' | 'value'>> = {},
): TextField {
  return { kind: 'text', name, label, lines: 'many', required: true, maxLength: MAX_TEXT, ...more }
}

/** A form's first line: which ticket it is about. */
export function about(ticket: { number: string; title: string }, ctx: ViewContext): Field {
  return { kind: 'say', text: [strong(ticketName(ctx, ticket))] }
}

/** Whether the team demands a reason for the command. */
export function asksReason(ctx: ViewContext, teamId: TeamId, command: ReasonedCommand): boolean {
  return ctx.desk.teams[teamId]?.reasonsFor.includes(command) ?? false
}

/** The question why: where the team demands it, or where `always` says that it may be answered. */
export function reasonField(
  ctx: ViewContext,
  teamId: TeamId,
  command: ReasonedCommand,
  always: 'always' | 'on_demand' = 'on_demand',
): Field[] {
  const required = asksReason(ctx, teamId, command)
  if (!required && always === 'on_demand') return []
  return [longText(FIELD.reason, t(ctx.locale, 'field.reason'), { required, maxLength: MAX_REASON })]
}
