import type { Role } from './lifecycle.js'

const STAFF = ['assignee', 'helper', 'member', 'lead', 'told', 'admin'] as const

/** Who may look at what of a ticket, in any status. `ladder` names who is told, which is the team's own business. */
export const LOOKS = {
  details: ['requester', ...STAFF],
  why: ['requester', ...STAFF],
  ladder: STAFF,
} as const satisfies Record<string, readonly Role[]>

export type Look = keyof typeof LOOKS

export function mayLook(look: Look, roles: readonly Role[]): boolean {
  const allowed: readonly Role[] = LOOKS[look]
  return roles.some((role) => allowed.includes(role))
}
