import type { Address, DeskId, FileId, PersonId, TeamId, TicketId, TouchId, TypeId } from '../ids.js'

export const STATUSES = [
  'under_review',
  'new',
  'assigned',
  'in_progress',
  'waiting_requester',
  'waiting_external',
  'snoozed',
  'resolved',
  'closed',
  'cancelled',
  'rejected',
  'merged',
] as const
export type Status = (typeof STATUSES)[number]

export const PRIORITIES = ['urgent', 'high', 'medium', 'low'] as const
export type Priority = (typeof PRIORITIES)[number]

export type ClockKind = 'first_response' | 'resolution' | 'auto_close'

/** Who may see what stands in a place. `requester` never receives a note: views for it take a type without them. */
export type Audience = 'requester' | 'team' | 'leads'

/** How much of the first message the card shows, in characters. */
export const EXCERPT_LENGTH = 600

export interface FileRef {
  id: FileId
  name: string
  bytes: number
  /** Sniffed from the bytes, never believed from the sender. */
  mediaType: string
}

/** A conversation where the ticket shows. A retired place keeps its card, which says where the ticket went. */
export interface Place {
  id: string
  audience: Audience
  address: Address
  /** The requester's own conversation with the bot: nobody else reads there. */
  isDirect?: true
  teamId?: TeamId
  retiredAt?: Date
}

/** A moment at which somebody must be told, or something done. `level`: `r50`, `r80` (reminders), `L1`… (ladder), `end`. */
export interface Mark {
  at: Date
  level: string
  round: number
}

export interface Pause {
  from: Date
  to?: Date
  reason: string
}

/** A promise with a target, as the fold of its events. */
export interface Clock {
  kind: ClockKind
  /** 1 for the first run; a reopened ticket starts the next. With level and round it names what is told once. */
  cycle: number
  state: 'running' | 'paused' | 'stopped'
  startedAt: Date
  targetMs: number
  calendarId: string
  policyId: string
  policyVersion: string
  /** Fractions of the target at which the team's thread is reminded. */
  remindAt: number[]
  ladderId?: string
  /** Absent while paused or stopped. */
  dueAt?: Date
  /** False where the calendar has no data that far. */
  certain: boolean
  pauses: Pause[]
  /** What is still to be told, earliest first. Empty while paused. */
  marks: Mark[]
  /** What was told: the ladder goes on from here. */
  told: { level: string; round: number; at: Date }[]
  ackedLevel?: string
  /** Whom the ladder told last, those who heard it in others' stead included, and who of them could not be reached. */
  reach?: { told: PersonId[]; unreached: PersonId[] }
  stoppedAt?: Date
  met?: boolean
}

export interface Resolution {
  text: string
  cause?: string
  prevention?: string
  byId: PersonId
  at: Date
}

/** A ticket: the fold of its commits. Never changed in place. */
export interface Ticket {
  id: TicketId
  deskId: DeskId
  number: string
  revision: number
  hash: string
  typeId: TypeId
  teamId: TeamId
  title: string
  excerpt: string
  files: FileRef[]
  status: Status
  statusSince: Date
  priority: Priority
  requesterId: PersonId
  openedById: PersonId
  openedAt: Date
  updatedAt: Date
  assigneeId?: PersonId
  helperIds: PersonId[]
  resolution?: Resolution
  closedAt?: Date
  reopenCount: number
  urges: { count: number; lastAt?: Date }
  lastAgentReplyAt?: Date
  lastRequesterTouchAt: Date
  /** The first text of the ticket; edits of its message follow it. */
  firstTouchId: TouchId
  /** People told by the ladder in the present cycle: they may acknowledge. */
  toldIds: PersonId[]
  places: Place[]
  /** Of several places of the requester, the one they used last: what is said to them is said there. */
  requesterPlaceId?: string
  clocks: Partial<Record<ClockKind, Clock>>
  nextDueAt?: Date
}

export const ENDED: readonly Status[] = ['closed', 'cancelled', 'rejected', 'merged']
/** Whether somebody still has to do something about it. */
export function isOpen(status: Status): boolean {
  return status !== 'resolved' && !ENDED.includes(status)
}
