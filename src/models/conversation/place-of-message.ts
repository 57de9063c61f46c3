import type { TicketId } from '../ids.js'
import { isOpen, type Status } from '../ticket/ticket.js'
import type { TextCommand } from './commands.js'
import type { Understanding } from './understand.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const ANSWERED_WITHIN_MS = 24 * HOUR_MS
const SECOND_HALF_WITHIN_MS = 5 * MINUTE_MS
const RESOLVED_WITHIN_MS = 72 * HOUR_MS

/** A ticket of the person who writes. */
export interface Candidate {
  ticketId: TicketId
  status: Status
  openedAt: Date
  lastRequesterTouchAt: Date
  lastAgentReplyAt?: Date
  /** When a resolved ticket was resolved; absent counts as just now. */
  resolvedAt?: Date
}

export interface DirectMessage {
  understanding: Understanding
  /** A screenshot with "ok" beside it is something to look at: with files only a command stays what it is. */
  hasFiles?: boolean
  candidates: readonly Candidate[]
  now: Date
}

/** What is to be done with a direct message outside any thread. */
export type Placement =
  | { kind: 'open' }
  | { kind: 'join'; ticketId: TicketId }
  /** The bot asks which; the likeliest first. */
  | { kind: 'choose'; ticketIds: TicketId[] }
  | { kind: 'ask_reopen'; ticketId: TicketId }
  | { kind: 'ignore' }
  | { kind: 'answer_greeting' }
  | ({ kind: 'command' } & TextCommand)

/**
 * Decides where a direct message belongs. Given: it joins an open ticket that awaits its requester's answer or was
 * answered by an agent within 24 hours; with several the bot asks; thanks do nothing; after *resolved* the bot asks.
 *
 * Ours: a ticket the person themselves wrote on within the last five minutes counts as well (a message in two halves);
 * *resolved* is asked about for three days, and only when nothing open is a candidate; of several resolved ones the
 * newest is meant; files make thanks and greetings into something to say.
 */
export function placeOfMessage(message: DirectMessage): Placement {
  const { understanding, hasFiles = false } = message
  switch (understanding.kind) {
    case 'command':
      return understanding
    case 'thanks':
      return hasFiles ? placeOfText(message) : { kind: 'ignore' }
    case 'greeting':
      return hasFiles ? placeOfText(message) : { kind: 'answer_greeting' }
    case 'text':
      return placeOfText(message)
    default:
      return understanding satisfies never
  }
}

function placeOfText({ candidates, now }: DirectMessage): Placement {
  const likely = candidates.filter((candidate) => awaitsMore(candidate, now)).sort(byLikelihood)
  const [first, ...others] = likely
  if (first !== undefined) {
    if (others.length === 0) return { kind: 'join', ticketId: first.ticketId }
    return { kind: 'choose', ticketIds: likely.map(({ ticketId }) => ticketId) }
  }
  const resolved = candidates
    .filter(
      ({ status, resolvedAt }) =>
        status === 'resolved' && isWithin(resolvedAt ?? now, RESOLVED_WITHIN_MS, now),
    )
    .sort((a, b) => (b.resolvedAt ?? now).getTime() - (a.resolvedAt ?? now).getTime())
  const newest = resolved[0]
  return newest === undefined ? { kind: 'open' } : { kind: 'ask_reopen', ticketId: newest.ticketId }
}

function awaitsMore(candidate: Candidate, now: Date): boolean {
  if (!isOpen(candidate.status)) return false
  return (
    candidate.status === 'waiting_requester' ||
    isWithin(candidate.lastAgentReplyAt, ANSWERED_WITHIN_MS, now) ||
    isWithin(candidate.lastRequesterTouchAt, SECOND_HALF_WITHIN_MS, now)
  )
}

/** An instant slightly ahead (another machine's clock) counts as now. */
function isWithin(at: Date | undefined, ms: number, now: Date): boolean {
  return at !== undefined && now.getTime() - at.getTime() <= ms
}

function byLikelihood(a: Candidate, b: Candidate): number {
  const waits = ({ status }: Candidate) => (status === 'waiting_requester' ? 1 : 0)
  return waits(b) - waits(a) || lastTouchMs(b) - lastTouchMs(a)
}

function lastTouchMs({ lastAgentReplyAt, lastRequesterTouchAt }: Candidate): number {
  return Math.max(lastAgentReplyAt?.getTime() ?? 0, lastRequesterTouchAt.getTime())
}
