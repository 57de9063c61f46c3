import type { Card } from '../cards/card.js'
import { peopleOfCommits } from '../cards/context.js'
import { type DueItem, digestCard } from '../cards/views/digest-card.js'
import { tellCard } from '../cards/views/tell-card.js'
import type { MessageRef, PersonId, Platform } from '../models/ids.js'
import type { OutboxRow } from '../models/mongo/outbox.js'
import { type Person, reachableBy } from '../models/people/person.js'
import { levelIndex } from '../models/ticket/clocks/marks.js'
import { ENDED, type Ticket } from '../models/ticket/ticket.js'
import { attempt, persistently } from './attempt.js'
import type { Deps } from './deps.js'
import type { Messenger, Outcome } from './messenger.js'
import { type Held, type Posted, postOnce, type Said } from './post-once.js'
import { viewContext } from './view-context.js'

interface Told {
  row: OutboxRow
  ticket: Ticket
}

/** Tells one person, wherever they can be reached, about one ticket, or about several promises in one message. */
export async function sayTell(deps: Deps, held: Held, personId: PersonId): Promise<Said> {
  const person = await deps.people.get(deps.deskId, personId)
  if (!person) return { kind: 'rejected', reason: 'no_such_person' }
  const told = await stillTrue(deps, held.rows, person)
  const card = await cardFor(deps, held, person, told)
  if (!card) return { kind: 'moot' }
  const posted = await postToPerson(deps, held, person, card)
  const [only] = told
  if ((posted.kind === 'sent' || posted.kind === 'found') && only && told.length === 1)
    await record(deps, only, posted.value)
  if (posted.kind === 'sent' && told.some((one) => mayInsist(deps, one)))
    await insist(deps, person, posted.value)
  return posted
}

/** Whether the ladder's level that speaks asks for more than a message. */
function mayInsist(deps: Deps, { row, ticket }: Told): boolean {
  if (row.say.kind !== 'tell' || row.say.template !== 'overdue' || !row.say.clock) return false
  const { ladderId } = ticket.clocks[row.say.clock] ?? {}
  const level = row.say.level === undefined ? undefined : levelIndex(row.say.level)
  if (ladderId === undefined || level === undefined) return false
  return deps.desk().ladders[ladderId]?.levels[level]?.insist === true
}

/** The message is there already: whatever comes of this is logged, and that is all. */
async function insist(deps: Deps, person: Person, ref: MessageRef): Promise<void> {
  const messenger = deps.messengers[ref.platform]
  const userId = person.identities.find((one) => one.platform === ref.platform)?.userId
  if (!messenger?.insist || userId === undefined) return
  const outcome = await attempt(deps, async () => (await messenger.insist?.(ref, userId)) ?? NOTHING_STRONGER)
  if (outcome.kind !== 'sent')
    deps.logger.warn('a message does not ring', { platform: ref.platform, outcome })
}
const NOTHING_STRONGER: Outcome = { kind: 'rejected', reason: 'not_offered' }

/** What is still so: a promise that was kept meanwhile is not overdue, and a ticket may have gone to somebody else. */
async function stillTrue(deps: Deps, rows: readonly OutboxRow[], person: Person): Promise<Told[]> {
  const told: Told[] = []
  for (const row of rows) {
    const ticket = await deps.tickets.load(row.ticketId)
    if (!ticket || row.say.kind !== 'tell') continue
    const { template, clock } = row.say
    if (template === 'overdue') {
      const kept = clock !== undefined && ticket.clocks[clock]?.state === 'stopped'
      if (kept || ENDED.includes(ticket.status)) continue
    }
    if (template === 'assigned' && ticket.assigneeId !== person.id) continue
    told.push({ row, ticket })
  }
  return told
}

async function cardFor(
  deps: Deps,
  held: Held,
  person: Person,
  told: readonly Told[],
): Promise<Card | undefined> {
  const [first] = told
  if (!first) return undefined
  if (held.rows.length > 1) {
    const tickets = told.map(({ ticket }) => ticket)
    const items = told.flatMap(({ row, ticket }): DueItem[] =>
      row.say.kind === 'tell' ? [{ ticket, clock: row.say.clock ?? 'resolution' }] : [],
    )
    return digestCard(items, await viewContext(deps, person, tickets, [person.id]))
  }
  const { row, ticket } = first
  if (row.say.kind !== 'tell') return undefined
  const commit = (await deps.tickets.history(row.ticketId)).find((one) => one.seq === row.seq)
  if (!commit) return undefined
  const ctx = await viewContext(deps, person, [ticket], [person.id, ...peopleOfCommits([commit])])
  return tellCard({ to: person.id, say: row.say, commit }, ticket, ctx)
}

/** Posts in the person's direct conversation, on the next messenger when they are gone from one. */
async function postToPerson(deps: Deps, held: Held, person: Person, card: Card): Promise<Posted> {
  const off = Object.keys(deps.messengers)
  const except: Platform[] = person.identities
    .map((one) => one.platform)
    .filter((platform) => !off.includes(platform))
  let refused: Posted = { kind: 'gone', reason: 'nobody_there' }
  for (;;) {
    const identity = reachableBy(person, except)
    const messenger = identity && deps.messengers[identity.platform]
    if (!identity || !messenger) return refused
    const opened = identity.conversation
      ? ({ kind: 'sent', value: identity.conversation } as const)
      : await openDirect(deps, messenger, person, identity.userId)
    const to = { platform: identity.platform, conversation: opened.kind === 'sent' ? opened.value : '' }
    const posted: Posted =
      opened.kind === 'sent'
        ? await postOnce(deps, held, to, (one) => one.postCard(to, card, held.key))
        : opened
    if (posted.kind !== 'gone' && posted.kind !== 'rejected') return posted
    refused = posted
    except.push(identity.platform)
  }
}

async function openDirect(
  deps: Deps,
  messenger: Messenger,
  person: Person,
  userId: string,
): Promise<Outcome<string>> {
  const opened = await attempt(deps, () => messenger.openDirect(userId))
  if (opened.kind === 'sent') await deps.people.seen(person, messenger.platform, opened.value)
  return opened
}

/** So that an answer in its thread finds the ticket: it stays inside. */
async function record(deps: Deps, { row }: Told, ref: MessageRef): Promise<void> {
  await persistently(deps, () =>
    deps.messages.record({
      deskId: deps.deskId,
      ticketId: row.ticketId,
      touchId: '',
      placeId: 'dm',
      platform: ref.platform,
      conversation: ref.conversation,
      messageId: ref.messageId,
      authorId: '',
      side: 'team',
      visibility: 'internal',
      direction: 'out',
    }),
  )
}
