import type { Calendar } from '../calendar/calendar.js'
import type { DeskId, Locale, Localized, PersonId, Platform, TeamId, TypeId } from '../ids.js'
import type { ClockKind, Priority } from '../ticket/ticket.js'

export interface Team {
  id: TeamId
  name: Localized
  locale: Locale
  zone: string
  leads: PersonId[]
  members: PersonId[]
  calendarId: string
  /** The team's channel on each messenger. */
  channels: Record<Platform, string>
  /** `inside_only`: nothing written in the card's thread reaches the requester; only *Reply…* does. */
  threads: 'open' | 'inside_only'
  /** Commands for which this team demands a reason. */
  reasonsFor: ReasonedCommand[]
}
export type ReasonedCommand = 'release' | 'reassign' | 'priority' | 'dismiss' | 'withdraw' | 'reopen'

export interface TicketType {
  id: TypeId
  name: Localized
  teamId: TeamId
  policyId: string
  defaultPriority: Priority
  /** What *Resolve…* asks for beside the resolution. */
  asksCause: Demand
  asksPrevention: Demand
  /** After how long a resolved ticket closes itself, and how long a closed one may be reopened. */
  autoCloseMs: number
  reopenWindowMs: number
}
export type Demand = 'required' | 'optional' | 'none'

export interface ClockPromise {
  targetMs: number
  /** `team`: counts in the team's working calendar; `always`: around the clock. */
  counts: 'team' | 'always'
}

/** Promises by clock and priority. `version` changes with the content; a running clock keeps the one it began with. */
export interface Policy {
  id: string
  version: string
  promises: Partial<Record<ClockKind, Record<Priority, ClockPromise>>>
  /** Fractions of the target at which the team's thread is reminded. */
  remindAt: Partial<Record<ClockKind, number[]>>
  ladderId: string
  /** Whether a claim counts as the first response. */
  claimIsResponse: boolean
}

export type LadderRecipient = 'assignee' | 'lead' | 'lead_manager'
export interface LadderLevel {
  /** How long after the due time this level is told first. */
  afterMs: number
  tell: LadderRecipient[]
  /** Told again after each `everyMs`, until `rounds` were told; absent means until somebody acts. */
  everyMs?: number
  rounds?: number
  /** The message is made to ring where the messenger can. */
  insist?: true
}
/** An escalation policy: who is told, when, how often, until somebody acknowledges. */
export interface Ladder {
  id: string
  levels: LadderLevel[]
}

/** One keyword rule; the first that matches decides each of type, priority and team. */
export interface RoutingRule {
  id: string
  /** Any of these words in the text (compared without case and width). */
  anyOf: string[]
  typeId?: TypeId
  priority?: Priority
  teamId?: TeamId
}

/** The configuration of one organisation as the running program sees it: immutable, replaced as a whole. */
export interface Desk {
  id: DeskId
  name: Localized
  zone: string
  locale: Locale
  version: string
  teams: Readonly<Record<TeamId, Team>>
  types: Readonly<Record<TypeId, TicketType>>
  policies: Readonly<Record<string, Policy>>
  ladders: Readonly<Record<string, Ladder>>
  calendars: Readonly<Record<string, Calendar>>
  routing: readonly RoutingRule[]
  /** The type of a ticket that no rule names. */
  defaultTypeId: TypeId
}
