import { type Change, commitOf } from '../../../src/models/mongo/commits.js'
import type { Database } from '../../../src/models/mongo/database.js'
import { groupedWriters } from '../../../src/models/mongo/grouped.js'
import { createTicketStore, type TicketStore } from '../../../src/models/mongo/ticket-store.js'
import { plainWriters, type Writers } from '../../../src/models/mongo/writers.js'
import type { Command } from '../../../src/models/ticket/commands.js'
import { decide } from '../../../src/models/ticket/decide.js'
import type { ActorRef, Commit } from '../../../src/models/ticket/events.js'
import { fold } from '../../../src/models/ticket/fold.js'
import { open } from '../../../src/models/ticket/open.js'
import type { Ticket } from '../../../src/models/ticket/ticket.js'
import { DESK } from '../../support/desk-fixture.js'
import { contextOf, MONDAY, THREAD } from '../ticket/support.js'

export const MINUTE_MS = 60_000

/** Both kinds of writers must hold the same promises. */
export const WRITERS: [string, (database: Database) => Writers][] = [
  ['plain writers', plainWriters],
  ['grouped writers', groupedWriters],
]

export function storeOf(database: Database, writers = plainWriters(database)): TicketStore {
  return createTicketStore(database, writers, () => undefined)
}

export interface Opening {
  number?: string
  cause?: string
  at?: Date
  text?: string
  requesterId?: string
}

let opened = 0
/** The change that opens a ticket. */
export function opening(ticketId: string, options: Opening = {}): Change {
  const { at = MONDAY, text = 'My VPN is down', requesterId = 'ann' } = options
  opened += 1
  const number = options.number ?? `202611${String(opened).padStart(4, '0')}`
  const actor: ActorRef = { kind: 'person', id: requesterId }
  const place = {
    ...THREAD,
    id: `requester:${ticketId}`,
    address: { platform: 'slack', conversation: `D-${requesterId}`, thread: `m-${ticketId}` },
  }
  const events = open(
    {
      ticketId,
      number,
      requesterId,
      openedById: requesterId,
      text,
      files: [],
      place,
      touchId: `touch-${ticketId}`,
      messageId: `m-${ticketId}`,
    },
    contextOf(DESK, actor, at),
  )
  const cause = options.cause ?? `open:${ticketId}`
  return { deskId: DESK.id, ticketId, before: null, cause, actor, at, events, number }
}

/** What `command` changes; throws where the rules refuse it. */
export function changed(
  before: Ticket,
  who: string,
  command: Command,
  { cause, at = new Date(before.updatedAt.getTime() + MINUTE_MS) }: { cause: string; at?: Date },
): Change {
  const actor: ActorRef = command.verb === 'tick' ? { kind: 'system' } : { kind: 'person', id: who }
  const decision = decide(before, command, contextOf(DESK, actor, at))
  if (!decision.ok) throw new Error(`${who} may not ${command.verb}: ${decision.code}`)
  return { deskId: DESK.id, ticketId: before.id, before, cause, actor, at, events: decision.events }
}

/** The ticket after a change, beside any database. */
export function after(change: Change): { commit: Commit; ticket: Ticket } {
  const commit = commitOf(change)
  return { commit, ticket: fold(change.before, commit) }
}

/** Commits a change and returns the ticket; throws unless it is done. */
export async function committed(store: TicketStore, change: Change): Promise<Ticket> {
  const result = await store.commit(change)
  if (result.kind !== 'done') throw new Error(`the change is ${result.kind}`)
  return result.ticket
}

/** Everything a database holds of its tickets, in a comparable form: without what differs between two runs by nature. */
export async function rowsOf(database: Database): Promise<Record<string, unknown[]>> {
  const of = async (name: 'tickets' | 'outbox' | 'messages' | 'cards' | 'spans') => {
    const docs = await database.db.collection(name).find({}).sort({ _id: 1 }).toArray()
    return docs.map(({ hash: _, dueAt: __, ...rest }) => rest)
  }
  return {
    tickets: await of('tickets'),
    outbox: await of('outbox'),
    messages: await of('messages'),
    cards: await of('cards'),
    spans: await of('spans'),
  }
}
