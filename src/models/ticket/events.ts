import type { ErrorCode } from '../../lib/errors.js'
import type { PersonId, TeamId, TicketId, TouchId, TypeId } from '../ids.js'
import type { ClockKind, FileRef, Mark, Place, Priority, Status } from './ticket.js'

/**
 * What a touch is for whom. `public`: both sides see it. `internal`: written in the team's thread, stays there.
 * `note`: meant as a note. Only `public` touches have a path to the requester.
 */
export type Visibility = 'public' | 'internal' | 'note'
export type Side = 'requester' | 'team'

/** Where a touch was written, so that edits, deletions and replies to it find the way. Opaque to the core. */
export interface TouchSource {
  placeId: string
  messageId: string
  /** Where it was written, when that is not the place's own conversation (a DM about a ticket raised in a channel). */
  conversation?: string
}

/** One contact between people about a ticket. */
export interface Touch {
  id: TouchId
  authorId: PersonId
  side: Side
  visibility: Visibility
  text: string
  files: FileRef[]
  source?: TouchSource
  /** Its author has no role on the team: it stays in the thread where it was written. */
  local?: true
}

/** A message to one person that must be said once. `template` names a text of the catalogues. */
export interface Telling {
  to: PersonId
  template: TellTemplate
  /** The ladder's level that reaches them. */
  level?: string
}
export type TellTemplate =
  | 'overdue'
  | 'assigned'
  | 'urged'
  | 'handed_over'
  | 'unassigned'
  | 'reopened'
  | 'withdrawn'
  | 'resolved'
  | 'dismissed'

interface ClockEvent {
  clock: ClockKind
  cycle: number
}

/** What happened, in past tense. A ticket's history is nothing but these. */
export type TicketEvent =
  | {
      type: 'ticket.opened'
      number: string
      typeId: TypeId
      teamId: TeamId
      priority: Priority
      status: Status
      requesterId: PersonId
      openedById: PersonId
      title: string
      excerpt: string
      touch: Touch
      places: Place[]
    }
  | { type: 'touch.added'; touch: Touch }
  /** `title` when it was the ticket's first words that changed; `note` when the edit made a note of it, for good. */
  | { type: 'touch.edited'; touchId: TouchId; text: string; title?: string; note?: true }
  | { type: 'touch.deleted'; touchId: TouchId }
  /** An inside touch was sent to the requester as well. */
  | { type: 'touch.published'; touch: Touch; from: TouchId }
  /** What went out was taken back: its mirrors go away, inside it stays. */
  | { type: 'touch.withdrawn'; touchId: TouchId }
  | { type: 'ticket.claimed'; agentId: PersonId }
  | { type: 'ticket.assigned'; agentId: PersonId; reason?: string }
  | { type: 'ticket.moved'; teamId: TeamId; reason?: string; places: Place[]; retired: string[] }
  /** Somebody beside the assignee spoke to the requester: from then on they are in the conversation. */
  | { type: 'ticket.helped'; helperId: PersonId }
  | { type: 'ticket.released'; reason?: string }
  | { type: 'ticket.status_changed'; status: Status }
  | { type: 'ticket.prioritized'; priority: Priority; reason?: string }
  | { type: 'ticket.resolved'; resolution: string; cause?: string; prevention?: string }
  | { type: 'ticket.reopened'; reason?: string }
  | { type: 'ticket.closed'; by: 'requester' | 'time' }
  | { type: 'ticket.withdrawn'; reason?: string }
  | { type: 'ticket.dismissed'; reason?: string }
  | { type: 'ticket.urged'; count: number }
  | { type: 'place.added'; place: Place; retired: string[] }
  /** Two accounts turned out to be one person: whatever the one was to this ticket, the other is now. */
  | { type: 'person.merged'; personId: PersonId; into: PersonId }
  /** Somebody tried what they may not, or what was too late. */
  | { type: 'attempt.refused'; verb: string; code: ErrorCode }
  | (ClockEvent & {
      type: 'clock.started'
      targetMs: number
      calendarId: string
      policyId: string
      policyVersion: string
      remindAt: number[]
      ladderId?: string
      dueAt: Date
      certain: boolean
      marks: Mark[]
    })
  | (ClockEvent & { type: 'clock.paused'; reason: string })
  | (ClockEvent & { type: 'clock.resumed'; dueAt: Date; certain: boolean; marks: Mark[] })
  /** The target changed (priority, team): the clock goes on under the new promise. */
  | (ClockEvent & {
      type: 'clock.retimed'
      targetMs: number
      calendarId: string
      dueAt?: Date
      certain: boolean
      marks: Mark[]
    })
  | (ClockEvent & { type: 'clock.stopped'; met: boolean })
  /** Marks that came due. `remind` speaks in the team's thread and names `remind`; `tell` are DMs. */
  | (ClockEvent & {
      type: 'clock.told'
      told: { level: string; round: number }[]
      remind: PersonId[]
      tell: Telling[]
      marks: Mark[]
      late: boolean
    })
  | (ClockEvent & { type: 'clock.acked'; level: string; marks: Mark[] })
  /** People who must hear of it once, beside the cards. */
  | { type: 'people.told'; tell: Telling[] }
  /** What somebody was to hear reached them on no messenger; `tell` hear it in their stead. */
  | {
      type: 'people.unreached'
      personId: PersonId
      template: TellTemplate
      clock?: ClockKind
      level?: string
      tell: Telling[]
    }

export type TicketEventType = TicketEvent['type']
export type EventOf<T extends TicketEventType> = Extract<TicketEvent, { type: T }>

/** Who did it: a person, or the program itself (clocks). */
export type ActorRef = { kind: 'person'; id: PersonId } | { kind: 'system' }

/**
 * One atomic change of a ticket. `cause` names what in the world it came from and is unique per desk; `salt` covers
 * the people's words in `events` inside `hash`, so that they can be erased and the chain still verifies.
 */
export interface Commit {
  deskId: string
  ticketId: TicketId
  seq: number
  cause: string
  actor: ActorRef
  at: Date
  events: TicketEvent[]
  /** Only on the opening commit. */
  number?: string
  salt: string
  prevHash: string
  hash: string
}
