import { LIFECYCLE, permission, type Role } from '../../models/ticket/lifecycle.js'
import type { Ticket } from '../../models/ticket/ticket.js'
import type { Button, Menu } from '../card.js'

export interface Offered {
  buttons: readonly Button[]
  options: Menu['options']
}

/**
 * What the team can do, as it stands before one of them: nothing that they would be refused, and what falls to them in
 * front. Whoever has the ticket may have to wait for the requester; a lead sees that somebody has it.
 */
export function ownControls({ buttons, options }: Offered, ticket: Ticket, roles: readonly Role[]): Offered {
  const may = <T extends Pick<Button, 'action'>>({ action: { verb } }: T): boolean =>
    !isDecided(verb) || permission(verb, ticket.status, roles).allowed
  const mine = new Set<string>(inFront(roles))
  const raised = options.filter((option) => may(option) && mine.has(option.action.verb))
  const leads = leadsNow(ticket, roles)
  const own = raised.map((option, i): Button => {
    return { kind: 'button', ...option, ...(leads && i === 0 ? { style: 'primary' } : {}) }
  })
  const common = buttons.filter(may)
  return {
    buttons: leads && own.length > 0 ? [...own, ...common.map(plain)] : [...common, ...own],
    options: options.filter((option) => may(option) && !mine.has(option.action.verb)),
  }
}

function inFront(roles: readonly Role[]): readonly ('assign' | 'reassign' | 'wait')[] {
  if (roles.includes('assignee')) return ['wait']
  return roles.includes('lead') ? ['assign', 'reassign'] : []
}

/** Somebody else has it: to a lead the question is whether they should. */
function leadsNow({ assigneeId }: Ticket, roles: readonly Role[]): boolean {
  return assigneeId !== undefined && !roles.includes('assignee') && roles.includes('lead')
}

function isDecided(verb: string): verb is keyof typeof LIFECYCLE {
  return Object.hasOwn(LIFECYCLE, verb)
}

function plain({ style: _none, ...button }: Button): Button {
  return button
}
