import { expect } from 'chai'
import { type Database, openDatabase } from '../../src/models/mongo/database.js'
import { outboxId } from '../../src/models/mongo/documents.js'
import { toCommit, toTicket } from '../../src/models/mongo/ticket-docs.js'
import { effectsOf } from '../../src/models/ticket/effects.js'
import type { Commit } from '../../src/models/ticket/events.js'
import { fold } from '../../src/models/ticket/fold.js'
import { firstBroken } from '../../src/models/ticket/hash.js'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import type { SlackEmulator } from '../../src/sandbox/slack/emulator.js'
import type { SlackMessage } from '../../src/sandbox/slack/types.js'
import { until } from './world.js'

/** A card set aside is due then: never. */
const NEVER = new Date('9999-01-01T00:00:00Z')

/** A messenger, or several: resolves when every event has been acknowledged or given up. */
export type Idle = { idle(): Promise<void> }

/** What stands in the database beside what stands in Slack, read by a connection of the test's own. */
export interface Books {
  database: Database
  /** Every commit, each ticket's in order. */
  commits(): Promise<Commit[]>
  /** Waits until nothing is left to do: all that arrived is done, all is said, every card shows the newest. */
  settled(emulator: Idle, timeoutMs?: number): Promise<void>
  /**
   * Holds the books against each other: the chains verify, no number twice, every ticket is the fold of its commits,
   * everything they want is there and nothing else, and (unless `delivered` is false) shown. Returns the tickets.
   */
  audit(how?: { delivered?: boolean }): Promise<Ticket[]>
  close(): Promise<void>
}

export async function openBooks(uri: string): Promise<Books> {
  const database = await openDatabase(uri, { createIndexes: false, serverSelectionTimeoutMs: 60_000 })
  const commits = async () =>
    (await database.commits.find({}, { sort: { _id: 1 } }).toArray()).map((doc) => toCommit(doc))

  async function left(): Promise<Record<string, number>> {
    const [inbox, outbox, cards] = await Promise.all([
      database.inbox.countDocuments({ state: 'new' }),
      database.outbox.countDocuments({ state: 'due' }),
      database.cards.countDocuments({ dueAt: { $lt: NEVER } }),
    ])
    return { inbox, outbox, cards }
  }

  async function settled(emulator: Idle, timeoutMs = 90_000): Promise<void> {
    await emulator.idle()
    let last: Record<string, number> = {}
    await until(
      'nothing is left to do',
      async () => {
        last = await left()
        return Object.values(last).every((n) => n === 0)
      },
      timeoutMs,
    ).catch((error: unknown) => {
      throw new Error(`still to be done: ${JSON.stringify(last)}`, { cause: error })
    })
  }

  /** Waits until every ticket's document is as new as its commits: where nothing was delivered, that may come later. */
  async function projected(): Promise<void> {
    await until('every ticket is as new as its commits', async () => {
      const newest = new Map((await commits()).map(({ ticketId, seq }) => [ticketId, seq]))
      const tickets = await database.tickets.find({}).toArray()
      return tickets.length === newest.size && tickets.every((one) => newest.get(one._id) === one.revision)
    })
  }

  async function audit({ delivered = true } = {}): Promise<Ticket[]> {
    if (!delivered) await projected()
    const all = await commits()
    const numbers = all.flatMap((commit) => commit.number ?? [])
    expect(numbers, 'numbers').to.have.lengthOf(new Set(numbers).size)
    expect(await database.inbox.countDocuments({ state: 'aside' }), 'arrivals set aside').to.equal(0)
    expect(await database.outbox.countDocuments({ state: 'aside' }), 'sayings set aside').to.equal(0)
    expect(await database.cards.countDocuments({ dueAt: NEVER }), 'cards set aside').to.equal(0)
    const wanted = { outbox: new Set<string>(), cards: new Set<string>(), messages: new Set<string>() }
    const tickets: Ticket[] = []
    for (const [id, history] of byTicket(all)) {
      expect(firstBroken(history), `broken link in the chain of ${id}`).to.equal(undefined)
      let ticket: Ticket | null = null
      for (const commit of history) {
        const before: Ticket | null = ticket
        ticket = fold(before, commit)
        const effects = effectsOf(before, commit, ticket)
        for (const item of effects.outbox) wanted.outbox.add(outboxId(item))
        for (const item of effects.cards) wanted.cards.add(`${item.ticketId}:${item.placeId}`)
        for (const item of effects.messages) wanted.messages.add(`${item.conversation}:${item.messageId}`)
      }
      if (ticket) tickets.push(ticket)
    }
    const present = (await database.tickets.find({}, { sort: { _id: 1 } }).toArray()).map(toTicket)
    expect(present, 'tickets').to.deep.equal(tickets.toSorted((a, b) => (a.id < b.id ? -1 : 1)))

    const rows = await database.outbox.find({ ticketId: { $ne: '' } }).toArray()
    const said = rows.map((row) => row._id).filter((id) => !id.startsWith('opener:'))
    expect(said.toSorted(), 'outbox rows').to.deep.equal([...wanted.outbox].toSorted())
    const cards = await database.cards.find({}).toArray()
    expect(cards.map((card) => card._id).toSorted(), 'cards').to.deep.equal([...wanted.cards].toSorted())
    for (const card of cards) {
      const revision = tickets.find((ticket) => ticket.id === card.ticketId)?.revision
      expect(card.wanted, `wish of ${card._id}`).to.be.at.most(revision ?? 0)
      if (delivered) expect(card.shown, `shown of ${card._id}`).to.be.at.least(card.wanted)
    }
    const messages = await database.messages.find({ direction: 'in' }).toArray()
    const ids = messages.map((one) => `${one.conversation}:${one.messageId}`)
    expect(ids.toSorted(), 'messages').to.deep.equal([...wanted.messages].toSorted())
    return tickets
  }

  return { database, commits, settled, audit, close: () => database.close() }
}

function byTicket(commits: readonly Commit[]): Map<string, Commit[]> {
  const histories = new Map<string, Commit[]>()
  for (const commit of commits)
    histories.set(commit.ticketId, [...(histories.get(commit.ticketId) ?? []), commit])
  return histories
}

/** What the bot has put into a conversation, oldest first: what stands there now. */
export function botPosts(emulator: SlackEmulator, channel: string): SlackMessage[] {
  return (emulator.state.messages[channel] ?? []).filter((one) => one.bot_id !== undefined)
}
export const isRoot = (message: SlackMessage): boolean =>
  message.thread_ts === undefined || message.thread_ts === message.ts

/** Everything a message says, blocks and all, as one text. */
export function wordsOf(message: Pick<SlackMessage, 'text' | 'blocks'>): string {
  return `${message.text} ${JSON.stringify(message.blocks ?? [])}`
}

/**
 * Posts of the bot that carry the same mark: the same thing said twice. Deleted ones are not seen here, so that the
 * count of calls is looked at beside it.
 */
export function saidTwice(emulator: SlackEmulator): string[] {
  const marks = Object.values(emulator.state.messages)
    .flat()
    .flatMap((message) => (message.metadata ? [JSON.stringify(message.metadata.event_payload)] : []))
  return marks.filter((mark, i) => marks.indexOf(mark) !== i)
}

/** Posts that Slack accepted, whether the app heard of it or not, per conversation. */
export function accepted(emulator: SlackEmulator, channel: string): number {
  return emulator.calls.filter(
    (call) => call.method === 'chat.postMessage' && call.ts !== undefined && call.args.channel === channel,
  ).length
}

/** The direct conversation of a person with the bot, as its id. */
export async function directOf(emulator: SlackEmulator, userId: string): Promise<string> {
  const { channel } = await emulator.gestures.openDm({ userId })
  if (channel === undefined) throw new Error(`no direct conversation with ${userId}`)
  return channel
}

/** A button of a message by its verb, as a person's client finds it. */
export function buttonOf(
  message: Pick<SlackMessage, 'blocks'>,
  verb: string,
): { actionId: string; value: string } {
  const elements = (message.blocks ?? []).flatMap((block) => [
    ...((block.elements as Record<string, unknown>[] | undefined) ?? []),
    ...(block.accessory ? [block.accessory as Record<string, unknown>] : []),
  ])
  for (const { action_id, value } of elements) {
    if (typeof value !== 'string' || typeof action_id !== 'string' || !value.startsWith('{')) continue
    if ((JSON.parse(value) as { verb?: string }).verb === verb) return { actionId: action_id, value }
  }
  throw new Error(`no button ${verb} on ${JSON.stringify(message.blocks)}`)
}

/** The card of a ticket in a team's channel. */
export function teamCardOf(emulator: SlackEmulator, channel: string, number: string): SlackMessage {
  const [card] = botPosts(emulator, channel).filter((one) => isRoot(one) && wordsOf(one).includes(number))
  if (!card) throw new Error(`no card of ${number} in ${channel}`)
  return card
}
