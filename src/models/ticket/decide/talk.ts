import { refuse } from '../../../lib/errors.js'
import { titleOf } from '../../desk/routing.js'
import type { Command, NewTouch, TouchMeta } from '../commands.js'
import { teamOf } from '../context.js'
import type { TicketEvent } from '../events.js'
import type { Role } from '../lifecycle.js'
import { isOpen } from '../ticket.js'
import type { Case, Decision } from './case.js'
import { accept, actorId, arrivingIn, tooLong, touched, touchProblem } from './parts.js'

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>

/** A public answer. Who answers a ticket that nobody has, or that waits for them, has it from then on. */
export function reply(at: Case, touch: NewTouch): Decision {
  return (
    touchProblem(touch) ??
    accept(
      { type: 'touch.added', touch: touched(at, touch, 'team', 'public') },
      ...takenBy(at),
      ...helpedBy(at),
    )
  )
}

export function note(at: Case, touch: NewTouch): Decision {
  const kept = { ...touched(at, touch, 'team', 'note'), ...inItsThread(at, touch) }
  return touchProblem(touch) ?? accept({ type: 'touch.added', touch: kept })
}

/**
 * Written in the team's thread. It goes out only when the assignee or a helper wrote it, after the claim, in a team
 * whose threads are open; everybody else's words stay inside.
 */
export function discuss(at: Case, touch: NewTouch): Decision {
  const problem = touchProblem(touch)
  if (problem) return problem
  const { ticket, roles } = at
  const open = teamOf(at.context.desk, ticket.teamId).threads === 'open'
  const speaks = roles.includes('assignee') || roles.includes('helper')
  const live = ticket.status !== 'new' && (isOpen(ticket.status) || ticket.status === 'resolved')
  if (open && speaks && live) {
    return accept({ type: 'touch.added', touch: touched(at, touch, 'team', 'public') }, ...takenBy(at))
  }
  const kept = { ...touched(at, touch, 'team', 'internal'), ...inItsThread(at, touch) }
  return accept({ type: 'touch.added', touch: kept })
}

export function publish(at: Case, { touch, from, was }: Of<'publish'>): Decision {
  if (was === 'public') return refuse('touch.already_public')
  // a note was meant to stay inside; only what was merely said inside may be sent on as it is
  if (was === 'note') return refuse('touch.is_note')
  return (
    touchProblem(touch) ??
    accept(
      { type: 'touch.published', touch: touched(at, touch, 'team', 'public'), from },
      ...takenBy(at),
      ...helpedBy(at),
    )
  )
}

/** The requester's word. It ends the waiting for them. */
export function answer(at: Case, { touch, place }: Of<'answer'>): Decision {
  const problem = touchProblem(touch)
  if (problem) return problem
  const waited = at.ticket.status === 'waiting_requester'
  return accept(
    ...arrivingIn(at, place),
    { type: 'touch.added', touch: touched(at, touch, 'requester', 'public') },
    ...(waited ? [{ type: 'ticket.status_changed', status: 'in_progress' } as const] : []),
  )
}

/** What it was sent on as changes with it; once it is a note that is taken back instead, and never shows its words. */
export function edit(at: Case, { touchId, text, by, copies = [], asNote = false }: Of<'edit'>): Decision {
  if (by.authorId !== actorId(at)) return refuse('touch.not_yours')
  // a message with files may be left without words
  const first = touchId === at.ticket.firstTouchId
  const title = first ? titleOf(text, at.ticket.files) : ''
  const isNote = asNote || by.visibility === 'note'
  const becomesNote = asNote && by.visibility !== 'note'
  return (
    tooLong(text) ??
    accept(
      ...(isNote ? copies.map((id): TicketEvent => ({ type: 'touch.withdrawn', touchId: id })) : []),
      {
        type: 'touch.edited',
        touchId,
        text,
        ...(title ? { title } : {}),
        ...(becomesNote ? { note: true } : {}),
      },
      ...(isNote ? [] : copies.map((id): TicketEvent => ({ type: 'touch.edited', touchId: id, text }))),
    )
  )
}

/** What it was sent on as goes with it. */
export function remove(at: Case, { touchId, by, copies = [] }: Of<'delete'>): Decision {
  if (by.authorId !== actorId(at)) return refuse('touch.not_yours')
  return accept(...[touchId, ...copies].map((id): TicketEvent => ({ type: 'touch.deleted', touchId: id })))
}

/** Takes back what went out: the author, the assignee and the leads may. */
export function retract(at: Case, { touchId, by }: Of<'retract'>): Decision {
  if (by.side !== 'team' || by.visibility !== 'public') return refuse('touch.not_found')
  if (!mayTakeBack(at, by)) return refuse('touch.not_yours')
  return accept({ type: 'touch.withdrawn', touchId })
}

export function relocate(at: Case, { place, retire }: Of<'relocate'>): Decision {
  const present = at.ticket.places.filter((one) => one.audience === 'requester' && !one.retiredAt)
  const retired = present.map((one) => one.id).filter((id) => retire?.includes(id) ?? true)
  const there = present.some((one) => one.id === place.id)
  // to move where it is already, and to leave what is left already, changes nothing
  if (retire ? retired.length === 0 : there) return refuse('ticket.unchanged')
  return accept({ type: 'place.added', place, retired })
}

/** Between a team's channels only those are carried who have a role on the team; whoever passes by is heard where they are. */
function inItsThread({ ticket, roles }: Case, { source }: NewTouch): { local?: true } {
  const place = ticket.places.find((one) => one.id === source?.placeId)
  const carried = roles.some((role) => ON_THE_TEAM.includes(role))
  return place?.audience === 'team' && !carried ? { local: true } : {}
}
const ON_THE_TEAM: readonly Role[] = ['assignee', 'helper', 'member', 'lead']

function mayTakeBack(at: Case, by: TouchMeta): boolean {
  return (
    by.authorId === actorId(at) ||
    at.roles.some((role) => role === 'assignee' || role === 'lead' || role === 'admin')
  )
}

function takenBy(at: Case): TicketEvent[] {
  const { status, assigneeId } = at.ticket
  const self = actorId(at)
  const free =
    status === 'new' && !assigneeId && at.roles.some((role) => role === 'member' || role === 'lead')
  const accepted = status === 'assigned' && assigneeId === self
  return free || accepted ? [{ type: 'ticket.claimed', agentId: self }] : []
}

/** Who answers the requester of somebody else's ticket helps with it: their next words in the thread go out as well. */
function helpedBy(at: Case): TicketEvent[] {
  const { assigneeId, helperIds } = at.ticket
  const self = actorId(at)
  if (!assigneeId || assigneeId === self || helperIds.includes(self)) return []
  return [{ type: 'ticket.helped', helperId: self }]
}
