import type { PersonId } from '../ids.js'
import type { Verb } from './commands.js'
import type { Status, Ticket } from './ticket.js'

/** What a person is to a ticket. One person may be several; any one that is allowed is enough. */
export const ROLES = [
  'requester',
  'assignee',
  'helper',
  'member',
  'lead',
  'told',
  'admin',
  'stranger',
  'system',
] as const
export type Role = (typeof ROLES)[number]

export interface Rule {
  from: readonly Status[]
  by: readonly Role[]
}

const QUEUED = ['new', 'assigned'] as const
const WORKED = ['in_progress', 'waiting_requester', 'waiting_external', 'snoozed'] as const
const OPEN = [...QUEUED, ...WORKED] as const
const ALL = ['under_review', ...OPEN, 'resolved', 'closed', 'cancelled', 'rejected', 'merged'] as const
const HANDLERS = ['assignee', 'helper', 'lead', 'admin'] as const
const STAFF = [...HANDLERS, 'member', 'told'] as const

/** The permission table: which command, from which status, by whom. The only place that decides it. */
export const LIFECYCLE = {
  claim: { from: OPEN, by: ['member', 'lead', 'assignee', 'helper', 'told', 'admin'] },
  assign: { from: OPEN, by: STAFF },
  reassign: { from: OPEN, by: STAFF },
  release: { from: ['assigned', ...WORKED], by: ['assignee', 'lead', 'admin'] },
  reply: { from: [...OPEN, 'resolved'], by: STAFF },
  note: { from: ALL, by: STAFF },
  discuss: { from: ALL, by: [...STAFF, 'stranger', 'requester'] },
  publish: { from: [...OPEN, 'resolved'], by: STAFF },
  wait: { from: ['assigned', ...WORKED], by: HANDLERS },
  priority: { from: OPEN, by: STAFF },
  resolve: { from: OPEN, by: STAFF },
  confirm: { from: ['resolved'], by: ['requester'] },
  reopen: { from: ['resolved', 'closed'], by: ['requester', ...HANDLERS] },
  withdraw: { from: ['under_review', ...OPEN], by: ['requester'] },
  dismiss: { from: ['under_review', ...OPEN], by: STAFF },
  urge: { from: ['under_review', ...OPEN], by: ['requester'] },
  ack: { from: OPEN, by: ['assignee', 'lead', 'told', 'admin'] },
  answer: { from: ['under_review', ...OPEN, 'resolved'], by: ['requester'] },
  edit: { from: ALL, by: [...STAFF, 'requester', 'stranger'] },
  delete: { from: ALL, by: [...STAFF, 'requester', 'stranger'] },
  retract: { from: ALL, by: STAFF },
  relocate: { from: ['under_review', ...OPEN, 'resolved'], by: ['requester'] },
  adopt: { from: ALL, by: ['system'] },
  unreached: { from: ALL, by: ['system'] },
  tick: { from: ALL, by: ['system'] },
} as const satisfies Record<Verb, Rule>

export type Permission =
  | { allowed: true }
  | { allowed: false; because: 'status' | 'role'; who: readonly Role[] }

/** Whether somebody with `roles` may do `verb` while the ticket is in `status`; else what stands in the way. */
export function permission(verb: Verb, status: Status, roles: readonly Role[]): Permission {
  const rule: Rule = LIFECYCLE[verb]
  if (!rule.by.some((role) => roles.includes(role))) return { allowed: false, because: 'role', who: rule.by }
  if (!rule.from.includes(status)) return { allowed: false, because: 'status', who: rule.by }
  return { allowed: true }
}

/** What the team of a ticket says about people's roles. */
export interface RoleSource {
  leads: readonly PersonId[]
  members: readonly PersonId[]
}

/** Everything `personId` is to this ticket; `stranger` when nothing else. */
export function rolesOf(ticket: Ticket, team: RoleSource, personId: PersonId, isAdmin = false): Role[] {
  const roles: Role[] = []
  if (ticket.requesterId === personId) roles.push('requester')
  if (ticket.assigneeId === personId) roles.push('assignee')
  if (ticket.helperIds.includes(personId)) roles.push('helper')
  if (team.members.includes(personId)) roles.push('member')
  if (team.leads.includes(personId)) roles.push('lead')
  if (ticket.toldIds.includes(personId)) roles.push('told')
  if (isAdmin) roles.push('admin')
  return roles.length > 0 ? roles : ['stranger']
}
