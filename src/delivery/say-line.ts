import type { Card } from '../cards/card.js'
import { noticeLine } from '../cards/chat/notice.js'
import { reminderLine, threadOpener } from '../cards/chat/thread-lines.js'
import type { Spoken } from '../cards/spoken.js'
import { forRequester } from '../cards/views/requester-ticket.js'
import type { Address } from '../models/ids.js'
import type { OutboxSaying } from '../models/mongo/outbox.js'
import type { Place, Ticket } from '../models/ticket/ticket.js'
import type { Deps } from './deps.js'
import { type Held, postOnce, type Said } from './post-once.js'
import { viewContext } from './view-context.js'

type Line = Extract<OutboxSaying, { kind: 'remind' | 'notice' | 'opener' }>

/** A line of ours in one of the ticket's conversations: a reminder, a notice, or the first line of a thread. */
export async function sayLine(
  deps: Deps,
  held: Held,
  { say, to, ticket, place }: { say: Line; to: Address; ticket: Ticket; place: Place | undefined },
): Promise<Said> {
  const words = await lineOf(deps, say, ticket, place)
  if (!words) return { kind: 'moot' }
  return await postOnce(deps, held, to, (messenger) => messenger.postWords(to, words, held.key))
}

async function lineOf(
  deps: Deps,
  say: Line,
  ticket: Ticket,
  place: Place | undefined,
): Promise<Spoken | undefined> {
  if (say.kind === 'notice') {
    const requester = await deps.people.get(deps.deskId, ticket.requesterId)
    const ctx = await viewContext(deps, requester ?? {}, [ticket], say.by ? [say.by] : [])
    return noticeLine(say.template, forRequester(ticket), ctx, say.by)
  }
  const team = deps.desk().teams[place?.teamId ?? ticket.teamId] ?? {}
  if (say.kind === 'opener') {
    const mustMention = deps.messengers[place?.address.platform ?? '']?.hearsThreads?.() === false
    return threadOpener(ticket, await viewContext(deps, team, [ticket]), { mustMention })
  }
  // a promise that was kept meanwhile, or waits, needs no reminder
  if (ticket.clocks[say.clock]?.state !== 'running') return undefined
  return reminderLine(ticket, await viewContext(deps, team, [ticket], say.people), say)
}

/** A ready card, as it was built when it was asked for. */
export async function sayReply(deps: Deps, held: Held, to: Address, card: Card): Promise<Said> {
  return await postOnce(deps, held, to, (messenger) => messenger.postCard(to, card, held.key))
}
