import { filesRefused } from '../cards/chat/replies.js'
import { newId } from '../lib/ids.js'
import { monotonicMs } from '../lib/now.js'
import type { Change } from '../models/mongo/commits.js'
import type { Committed } from '../models/mongo/ticket-store.js'
import { open } from '../models/ticket/open.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { type Taken, taken, type WrittenMessage } from './arrival.js'
import { keepFiles } from './keep-files.js'
import { named } from './named.js'
import { requesterPlace } from './places.js'
import type { Services } from './services.js'
import { viewFor } from './view-context.js'

/** A message becomes a ticket at once: number, type, priority, team, first touch; its card follows by itself. */
export async function openTicket(
  services: Services,
  message: WrittenMessage,
  cause = openingCause(message),
): Promise<Taken> {
  const began = monotonicMs()
  const { tickets } = services
  const desk = services.desk()
  // what costs something is not done twice for a message that was taken before
  const before = message.files.length > 0 ? await tickets.byCause(desk.id, cause) : undefined
  if (before) {
    await tickets.repair(before.ticketId)
    return taken(before.ticketId)
  }
  const kept = await keepFiles(services, message.platform, message.files, message.lastTry)
  if (kept === 'later') return { kind: 'later', reason: 'file' }
  const at = services.now()
  const text = await named(services, message.platform, message.text)
  const committed = await commitOpening(services, at, (number) => {
    const ticketId = newId()
    const actor = { kind: 'person', id: message.person.id } as const
    const events = open(
      {
        ticketId,
        number,
        requesterId: message.person.id,
        openedById: message.person.id,
        text,
        files: kept.files,
        place: requesterPlace(message),
        touchId: newId(),
        messageId: message.messageId,
      },
      { desk, now: at, actor, actorIsAdmin: false, managers: {}, adminIds: [] },
    )
    return { deskId: desk.id, ticketId, before: null, cause, actor, at, events, number }
  })
  if (kept.refused.length > 0) await sayRefused(services, message, committed.ticket, kept.refused)
  const { ticket, commit } = committed
  services.logger.info('flow done', {
    flow: 'flows/open-ticket.ts',
    ticketId: ticket.id,
    number: ticket.number,
    cause,
    outcome: committed.kind === 'done' ? 'committed' : 'nothing',
    seq: commit.seq,
    events: commit.events.map((event) => event.type),
    ms: Math.round((monotonicMs() - began) * 10) / 10,
  })
  return taken(ticket.id)
}

/** How often a number may turn out to be taken: only after the database's primary has changed. */
const NUMBER_TRIES = 5

/** Commits an opening under the next number. Throws when every number it was given was taken already. */
async function commitOpening(
  { tickets, desk }: Services,
  at: Date,
  openingOf: (number: string) => Change,
): Promise<Exclude<Committed, { kind: 'lost' }>> {
  const { id, zone } = desk()
  for (let attempt = 0; attempt < NUMBER_TRIES; attempt++) {
    const committed = await tickets.commit(openingOf(await tickets.nextNumber(id, zone, at)))
    if (committed.kind !== 'lost') return committed
  }
  throw new Error('no free ticket number')
}

export function openingCause({ platform, conversation, messageId }: WrittenMessage): string {
  return `open:${platform}:${conversation.id}:${messageId}`
}

/** Tells the sender which files were not taken, and why. */
export async function sayRefused(
  services: Services,
  message: WrittenMessage,
  ticket: Ticket,
  refused: Parameters<typeof filesRefused>[0],
): Promise<void> {
  const ctx = await viewFor(services, message.person, [ticket])
  await services.replies.say(
    services.desk().id,
    `files:${message.id}`,
    requesterPlace(message).address,
    filesRefused(refused, ctx),
  )
}
