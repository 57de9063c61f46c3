import type { PersonId, TeamId, TicketId, TouchId, TypeId } from '../ids.js'
import type { TellTemplate, Touch, Visibility } from './events.js'
import type { Audience, ClockKind, FileRef, Place, Priority } from './ticket.js'

/** What somebody, or time, wants of a ticket. Verbs as on the cards; the permission table speaks of these. */
export type Command =
  | { verb: 'claim' }
  | { verb: 'assign'; agentId: PersonId; reason?: string }
  | { verb: 'reassign'; agentId?: PersonId; teamId?: TeamId; reason?: string }
  | { verb: 'release'; reason?: string }
  /** A public answer of the team. */
  | { verb: 'reply'; touch: NewTouch }
  | { verb: 'note'; touch: NewTouch }
  /** Written in the team's thread: its visibility follows from who wrote it and the team's setting. */
  | { verb: 'discuss'; touch: NewTouch }
  /** An inside touch is sent to the requester. */
  | { verb: 'publish'; touch: NewTouch; from: TouchId; was: Visibility }
  | { verb: 'wait'; on: 'requester' | 'external' | 'nobody' }
  | { verb: 'priority'; priority: Priority; reason?: string }
  | { verb: 'resolve'; resolution: string; cause?: string; prevention?: string }
  | { verb: 'confirm' }
  /** `place`: as for `answer`. */
  | { verb: 'reopen'; reason?: string; touch?: NewTouch; place?: Place }
  | { verb: 'withdraw'; reason?: string }
  | { verb: 'dismiss'; reason?: string }
  | { verb: 'urge' }
  | { verb: 'ack'; clock: ClockKind }
  /** The requester adds something; in `place` when the ticket has not been there yet. */
  | { verb: 'answer'; touch: NewTouch; place?: Place }
  /** `copies`: what it was sent on as and still stands. `asNote`: the edit marks it as a note. */
  | {
      verb: 'edit'
      touchId: TouchId
      text: string
      by: TouchMeta
      copies?: readonly TouchId[]
      asNote?: boolean
    }
  | { verb: 'delete'; touchId: TouchId; by: TouchMeta; copies?: readonly TouchId[] }
  /** Takes back what went to the requester. */
  | { verb: 'retract'; touchId: TouchId; by: TouchMeta }
  /**
   * The requester's side moves to another conversation (*Continue privately*); where `retire` names places, only those
   * are left.
   */
  | { verb: 'relocate'; place: Place; retire?: readonly string[] }
  /** Two people turned out to be one. */
  | { verb: 'adopt'; personId: PersonId; into: PersonId }
  /** What somebody was to be told reached them on no messenger. */
  | { verb: 'unreached'; personId: PersonId; template: TellTemplate; clock?: ClockKind; level?: string }
  /** A clock's marks came due. */
  | { verb: 'tick' }

export type Verb = Command['verb']
export const VERBS = [
  'claim',
  'assign',
  'reassign',
  'release',
  'reply',
  'note',
  'discuss',
  'publish',
  'wait',
  'priority',
  'resolve',
  'confirm',
  'reopen',
  'withdraw',
  'dismiss',
  'urge',
  'ack',
  'answer',
  'edit',
  'delete',
  'retract',
  'relocate',
  'adopt',
  'unreached',
  'tick',
] as const satisfies readonly Verb[]

export type NewTouch = Omit<Touch, 'side' | 'visibility' | 'authorId' | 'local'>
/** What is recorded of an existing touch. */
export interface TouchMeta {
  authorId: PersonId
  visibility: Visibility
  side: 'requester' | 'team'
}

export interface OpenCommand {
  ticketId: TicketId
  number: string
  requesterId: PersonId
  openedById: PersonId
  text: string
  files: FileRef[]
  /** The requester's side: where they wrote, and the message itself. */
  place: Place & { audience: Audience }
  touchId: TouchId
  messageId?: string
  typeId?: TypeId
}
