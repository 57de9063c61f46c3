import type { PersonId, TeamId } from '../../models/ids.js'
import type { Commit, TicketEvent } from '../../models/ticket/events.js'
import type { Priority, Status } from '../../models/ticket/ticket.js'
import { isPublic, type PublicTouch } from '../views/public-touch.js'

type What =
  | { kind: 'opened'; byId: PersonId; forId: PersonId; touch?: PublicTouch }
  | { kind: 'said'; touch: PublicTouch; edited: boolean }
  | { kind: 'claimed'; agentId: PersonId }
  | { kind: 'assigned'; agentId: PersonId }
  | { kind: 'moved'; teamId: TeamId }
  | { kind: 'released' }
  | { kind: 'status'; status: Status }
  | { kind: 'priority'; priority: Priority }
  | { kind: 'resolved'; resolution: string }
  | { kind: 'reopened' }
  | { kind: 'closed'; by: 'requester' | 'time' }
  | { kind: 'withdrawn' }
  | { kind: 'dismissed' }
  | { kind: 'urged'; count: number }

/** One thing that happened, as the requester may know it. `byId` is absent where time did it. */
export type PublicEntry = What & { at: Date; byId?: PersonId }

type Commits = readonly Pick<Commit, 'actor' | 'at' | 'events'>[]

/**
 * The public side of a ticket's history, oldest first. Reasons, cause, prevention, notes, inside words, clocks and
 * refused attempts have no entry; what was deleted or withdrawn is gone; what was edited shows as it reads now.
 */
export function publicHistory(commits: Commits): PublicEntry[] {
  const { gone, texts } = changes(commits)
  return commits.flatMap(({ actor, at, events }) =>
    events.flatMap((event): PublicEntry[] => {
      const what = entryOf(event)
      if (!what) return []
      const by = actor.kind === 'person' ? { byId: actor.id } : {}
      if ((what.kind !== 'said' && what.kind !== 'opened') || !what.touch) return [{ ...what, at, ...by }]
      const { touch } = what
      if (gone.has(touch.id)) return what.kind === 'said' ? [] : [{ ...withoutTouch(what), at, ...by }]
      const text = texts.get(touch.id)
      if (text === undefined) return [{ ...what, at, ...by }]
      const edited = { ...touch, text }
      return [
        what.kind === 'said'
          ? { ...what, touch: edited, edited: true, at, ...by }
          : { ...what, touch: edited, at, ...by },
      ]
    }),
  )
}

function withoutTouch({ byId, forId }: Extract<What, { kind: 'opened' }>): What {
  return { kind: 'opened', byId, forId }
}

function changes(commits: Commits): { gone: Set<string>; texts: Map<string, string> } {
  const gone = new Set<string>()
  const texts = new Map<string, string>()
  for (const event of commits.flatMap((commit) => commit.events)) {
    if (event.type === 'touch.deleted' || event.type === 'touch.withdrawn') gone.add(event.touchId)
    if (event.type === 'touch.edited') texts.set(event.touchId, event.text)
  }
  return { gone, texts }
}

function entryOf(event: TicketEvent): What | undefined {
  switch (event.type) {
    case 'ticket.opened':
      return {
        kind: 'opened',
        byId: event.openedById,
        forId: event.requesterId,
        ...(isPublic(event.touch) ? { touch: event.touch } : {}),
      }
    case 'touch.added':
    case 'touch.published':
      return isPublic(event.touch) ? { kind: 'said', touch: event.touch, edited: false } : undefined
    case 'ticket.claimed':
      return { kind: 'claimed', agentId: event.agentId }
    case 'ticket.assigned':
      return { kind: 'assigned', agentId: event.agentId }
    case 'ticket.moved':
      return { kind: 'moved', teamId: event.teamId }
    case 'ticket.released':
      return { kind: 'released' }
    case 'ticket.status_changed':
      return { kind: 'status', status: event.status }
    case 'ticket.prioritized':
      return { kind: 'priority', priority: event.priority }
    case 'ticket.resolved':
      return { kind: 'resolved', resolution: event.resolution }
    case 'ticket.reopened':
      return { kind: 'reopened' }
    case 'ticket.closed':
      return { kind: 'closed', by: event.by }
    case 'ticket.withdrawn':
      return { kind: 'withdrawn' }
    case 'ticket.dismissed':
      return { kind: 'dismissed' }
    case 'ticket.urged':
      return { kind: 'urged', count: event.count }
    case 'touch.edited':
    case 'touch.deleted':
    case 'touch.withdrawn':
    case 'ticket.helped':
    case 'place.added':
    case 'person.merged':
    case 'attempt.refused':
    case 'clock.started':
    case 'clock.paused':
    case 'clock.resumed':
    case 'clock.retimed':
    case 'clock.stopped':
    case 'clock.told':
    case 'clock.acked':
    case 'people.told':
    case 'people.unreached':
      return undefined
    default:
      return event satisfies never
  }
}
