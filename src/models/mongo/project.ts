import { checkpoint } from '../../lib/crash.js'
import { now } from '../../lib/now.js'
import type { TicketId } from '../ids.js'
import { effectsOf } from '../ticket/effects.js'
import type { Commit } from '../ticket/events.js'
import { fold } from '../ticket/fold.js'
import type { Ticket } from '../ticket/ticket.js'
import { readCommits } from './commits.js'
import type { Database } from './database.js'
import { type CardDoc, cardId, laneOf, messageKey, outboxId } from './documents.js'
import { fromTicket, toTicket } from './ticket-docs.js'
import type { Writers } from './writers.js'

/** Told after a ticket's projection has moved, so that delivery need not wait for its next look. */
export type Projected = (ticket: Ticket, commit: Commit) => void

/**
 * Makes everything that `commit` wants: first what a lagging revision would not rebuild (majority), the ticket's own
 * document last, and only on top of the revision before. Doing it again changes nothing. Returns the ticket after it.
 */
export async function project(
  database: Database,
  writers: Writers,
  before: Ticket | null,
  commit: Commit,
  projected: Projected,
): Promise<Ticket> {
  const after = fold(before, commit)
  const effects = effectsOf(before, commit, after)
  const at = now()
  const rows = [
    ...effects.messages.map((item) =>
      writers.message({ _id: messageKey(item.platform, item.conversation, item.messageId), ...item }),
    ),
    ...effects.outbox.map((item) =>
      writers.outbox({
        _id: outboxId(item),
        ...item,
        lane: laneOf(item.to),
        state: 'due',
        dueAt: at,
        attempts: 0,
      }),
    ),
    ...effects.spans.map((item) =>
      writers.span({ _id: `${item.ticketId}:${item.seq}:${item.measure}`, ...item }),
    ),
  ]
  const cards = effects.cards.map((item) => {
    const { wanted, ...rest } = item
    const _id = cardId(item.ticketId, item.placeId)
    const fresh: Omit<CardDoc, '_id' | 'wanted' | 'dueAt'> = { ...rest, generation: 0, attempts: 0 }
    const due = { _id, wanted, dueAt: at }
    return before ? writers.card({ ...due, fresh }) : writers.newCard({ ...due, ...fresh })
  })
  await Promise.all([Promise.all(rows).then(() => checkpoint('mid_projection')), ...cards])
  checkpoint('before_ticket_write')
  await writeTicket(database, writers, after)
  projected(after, commit)
  return after
}

/** Writes the ticket over the revision right before it. Nothing happens when it is there, or further, already. */
async function writeTicket(database: Database, writers: Writers, ticket: Ticket): Promise<void> {
  const doc = fromTicket(ticket)
  if (ticket.revision === 1) return await writers.newTicket(doc)
  if (await writers.nextTicket(doc)) return
  const present = await database.tickets.findOne({ _id: ticket.id }, { projection: { revision: 1 } })
  if ((present?.revision ?? 0) < ticket.revision)
    await projectMissing(database, writers, ticket.id, () => undefined)
}

/** Projects whatever a ticket's document lags behind its commits, in order. Returns the ticket, null if it has none. */
export async function projectMissing(
  database: Database,
  writers: Writers,
  ticketId: TicketId,
  projected: Projected,
): Promise<Ticket | null> {
  const doc = await database.tickets.findOne({ _id: ticketId })
  let ticket = doc ? toTicket(doc) : null
  for (const commit of await readCommits(database, ticketId, ticket?.revision ?? 0)) {
    ticket = await project(database, writers, ticket, commit, projected)
  }
  return ticket
}
