import type { Logger } from '../lib/logger.js'
import type { Desk } from '../models/desk/desk.js'
import type { DeskId, FileId, PersonId, Platform, TicketId } from '../models/ids.js'
import type { CardStore } from '../models/mongo/cards.js'
import type { Files } from '../models/mongo/files.js'
import type { LinkCodes } from '../models/mongo/link-codes.js'
import type { Messages } from '../models/mongo/messages.js'
import type { OutboxStore } from '../models/mongo/outbox.js'
import type { People } from '../models/mongo/people.js'
import type { TicketStore } from '../models/mongo/ticket-store.js'
import type { TellTemplate } from '../models/ticket/events.js'
import type { ClockKind } from '../models/ticket/ticket.js'
import type { Clockwork } from './clockwork.js'
import type { Messenger, Outcome } from './messenger.js'
import type { Pacing } from './pacing.js'

/** Durations and bounds of delivery; tests bring shorter ones. */
export interface Tuning {
  /** Without a sign of life for so long, a delivery is anybody's: what a crash left waits no longer. */
  leaseMs: number
  /** A call that takes longer counts as unclear. */
  callMs: number
  /** How long overdue DMs of one person are gathered before they are sent, in ms. */
  gatherMs: number
  /** How many deliveries of one kind run at once. */
  width: number
  pollMs: number
  gapMs: number
  /** After a card's change the next one waits so long, and longer in a burst. */
  coalesceMs: number
  /** After a first failed try the second follows so much later. */
  retryMs: number
  /** A fault of our own is tried so often. */
  faultTries: number
  /** What the messenger refuses for now is given up after so many tries, and not before so long. */
  patienceTries: number
  patienceMs: number
  /** After so many failed tries only its own ticket still waits for a row. */
  blockingTries: number
  /** How often a card that its messenger has lost is posted anew in a day. */
  repostsPerDay: number
}

export const TUNING: Tuning = {
  leaseMs: 6000,
  callMs: 150_000,
  gatherMs: 1500,
  width: 8,
  pollMs: 1000,
  gapMs: 50,
  coalesceMs: 700,
  retryMs: 1000,
  faultTries: 5,
  patienceTries: 20,
  patienceMs: 24 * 3_600_000,
  blockingTries: 8,
  repostsPerDay: 3,
}

/** What somebody was to be told, when none of their messengers takes it: they are gone from it, or it refuses. */
export interface Unreachable {
  outboxId: string
  ticketId: TicketId
  personId: PersonId
  template: TellTemplate
  clock?: ClockKind
  level?: string
}

/** What the parts of delivery work with. */
export interface Deps {
  deskId: DeskId
  /** Names this deliverer in leases: no two processes, nor two starts of one, share it. */
  run: string
  desk(): Desk
  messengers: Readonly<Record<Platform, Messenger>>
  tickets: Pick<TicketStore, 'load' | 'history' | 'aheadInQueue'>
  people: Pick<People, 'get' | 'many' | 'seen'>
  messages: Pick<Messages, 'record' | 'recordCard' | 'ofTouch' | 'remove'>
  files: Pick<Files, 'bytes'>
  codes: Pick<LinkCodes, 'issue'>
  fileUrl(id: FileId): string
  now(): Date
  logger: Logger
  /** Somebody could be told on no messenger. Absent: that is set aside. */
  onUnreachable?(telling: Unreachable): Promise<void>
  outbox: OutboxStore
  cards: CardStore
  pacing: Pacing
  clockwork: Clockwork
  tuning: Tuning
}

/** A failure that says no more than its kind and a code. */
export type Failure = Exclude<Outcome<never>, { kind: 'sent' }>
