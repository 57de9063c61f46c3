import { refuse } from '../../lib/errors.js'
import { withClocks } from './clocks/consequences.js'
import { tick } from './clocks/tick.js'
import { unreached } from './clocks/unreached.js'
import type { Command } from './commands.js'
import { type Context, teamOf } from './context.js'
import type { Case, Decision } from './decide/case.js'
import { confirm, dismiss, reopen, resolve, withdraw } from './decide/ending.js'
import { adopt, assign, claim, reassign, release } from './decide/hands.js'
import { acknowledge, prioritize, urge, wait } from './decide/pace.js'
import { answer, discuss, edit, note, publish, relocate, remove, reply, retract } from './decide/talk.js'
import { permission, type Role, rolesOf } from './lifecycle.js'
import type { Ticket } from './ticket.js'

/**
 * What follows from `command` for `ticket`: events for one commit, clocks included, or a refusal with its reason.
 * Pure. No events and `ok` means that nothing is left to do.
 */
export function decide(ticket: Ticket, command: Command, context: Context): Decision {
  const roles = actorRoles(ticket, context)
  const permitted = permission(command.verb, ticket.status, roles)
  if (!permitted.allowed) {
    return permitted.because === 'role'
      ? refuse('ticket.role_forbids', { who: permitted.who.join(',') })
      : refuse('ticket.status_forbids', { status: ticket.status })
  }
  const decision = decided(command, { ticket, context, roles })
  return decision.ok ? { ok: true, events: withClocks(ticket, decision.events, context) } : decision
}

export function actorRoles(ticket: Ticket, context: Context): Role[] {
  if (context.actor.kind === 'system') return ['system']
  return rolesOf(ticket, teamOf(context.desk, ticket.teamId), context.actor.id, context.actorIsAdmin)
}

function decided(command: Command, at: Case): Decision {
  switch (command.verb) {
    case 'claim':
      return claim(at)
    case 'assign':
      return assign(at, command)
    case 'reassign':
      return reassign(at, command)
    case 'release':
      return release(at, command)
    case 'reply':
      return reply(at, command.touch)
    case 'note':
      return note(at, command.touch)
    case 'discuss':
      return discuss(at, command.touch)
    case 'publish':
      return publish(at, command)
    case 'wait':
      return wait(at, command)
    case 'priority':
      return prioritize(at, command)
    case 'resolve':
      return resolve(at, command)
    case 'confirm':
      return confirm(at)
    case 'reopen':
      return reopen(at, command)
    case 'withdraw':
      return withdraw(at, command)
    case 'dismiss':
      return dismiss(at, command)
    case 'urge':
      return urge(at)
    case 'ack':
      return acknowledge(at, command.clock)
    case 'answer':
      return answer(at, command)
    case 'edit':
      return edit(at, command)
    case 'delete':
      return remove(at, command)
    case 'retract':
      return retract(at, command)
    case 'relocate':
      return relocate(at, command)
    case 'adopt':
      return adopt(at, command)
    case 'unreached':
      return { ok: true, events: unreached(at.ticket, command, at.context) }
    case 'tick':
      return { ok: true, events: tick(at.ticket, at.context) }
    default:
      return command satisfies never
  }
}
