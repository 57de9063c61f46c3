import { mongo } from 'mongoose'
import { now } from '../../lib/now.js'
import type { DeskId } from '../ids.js'
import type { Collection } from './database.js'
import { duplicateOn } from './failures.js'
import { outcomesOf } from './grouped.js'
import type { InboxDoc } from './inbox-doc.js'
import { MAJORITY } from './insert.js'
import { shared } from './share.js'

/** Who may work on what: leases of rows, taken and given back. Callers that come together share round trips. */
export interface InboxLeases {
  /** Leases the oldest undone row of a conversation, unless one of it is being worked on anywhere. */
  lease(deskId: DeskId, conversation: string): Promise<InboxDoc | undefined>
  /** Marks a row as done; nothing happens when its lease is lost. */
  done(row: Pick<InboxDoc, '_id'>): Promise<void>
}

/** So many rows are read for each of several conversations; what they leave out is read by itself. */
const ROWS_EACH = 4
const FREE = { leased: '', leaseUntil: '', leaseBy: '' } as const

export function createInboxLeases(
  inbox: Collection<InboxDoc>,
  instance: string,
  leaseMs: number,
): InboxLeases {
  async function leaseAll(deskId: DeskId, conversations: string[]): Promise<InboxDoc[]> {
    const at = now()
    const idle = (await oldestOf(deskId, conversations)).filter(
      (row) => !row.leaseUntil || row.leaseUntil <= at,
    )
    const [ready, waiting] = [idle.filter((row) => row.readyAt <= at), idle.filter((row) => row.readyAt > at)]
    await Promise.all(waiting.map((row) => putOff(deskId, row)))
    return ready.length === 0 ? [] : await take(deskId, ready, at)
  }

  async function oldestOf(deskId: DeskId, conversations: string[]): Promise<InboxDoc[]> {
    const read = (of: string[], limit: number) =>
      inbox
        .find({ deskId, conversation: { $in: of }, state: 'new' })
        .sort({ conversation: 1, order: 1 })
        .limit(limit)
        .toArray()
    const most = conversations.length === 1 ? 1 : conversations.length * ROWS_EACH
    const rows = await read(conversations, most)
    const oldest = new Map<string, InboxDoc>()
    for (const row of rows) if (!oldest.has(row.conversation)) oldest.set(row.conversation, row)
    if (rows.length < most || conversations.length === 1) return [...oldest.values()]
    // a conversation with many rows has taken the place of those that come after it
    const left = conversations.filter((one) => !oldest.has(one))
    const more = await Promise.all(left.map((one) => read([one], 1)))
    return [...oldest.values(), ...more.flat()]
  }

  /** Leases rows as they were read; returns those it got. */
  async function take(deskId: DeskId, rows: InboxDoc[], at: Date): Promise<InboxDoc[]> {
    const leaseUntil = new Date(at.getTime() + leaseMs)
    const leased = { leased: true, leaseBy: instance, leaseUntil } as const
    const updates = rows.map(({ _id, attempts }) => ({
      updateOne: {
        filter: {
          _id,
          attempts,
          state: 'new' as const,
          $or: [{ leased: { $exists: false } }, { leaseUntil: { $lte: at } }],
        },
        update: { $set: leased, $inc: { attempts: 1 } },
      },
    }))
    let matched = 0
    try {
      matched = (await inbox.bulkWrite(updates, { ordered: false, ...MAJORITY })).matchedCount
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error
      const outcomes = outcomesOf(error, rows.length)
      const fault = outcomes.find((one) => one !== undefined && duplicateOn(one) === undefined)
      if (fault !== undefined) throw fault
      const rivals = rows.filter((_, i) => outcomes[i] !== undefined)
      await Promise.all(rivals.map((row) => freeExpired(deskId, row.conversation, at)))
    }
    const won = rows.map((row) => ({ ...row, ...leased, attempts: row.attempts + 1 }))
    if (matched === rows.length) return won
    const held = await inbox
      .find(
        { _id: { $in: rows.map(({ _id }) => _id) }, state: 'new', leaseBy: instance, leaseUntil },
        { projection: { _id: 1 } },
      )
      .toArray()
    const ids = new Set(held.map(({ _id }) => _id))
    return won.filter(({ _id }) => ids.has(_id))
  }

  /** What stands behind a row that waits, waits as long: else those rows would fill every look for work. */
  async function putOff(deskId: DeskId, { conversation, readyAt }: InboxDoc): Promise<void> {
    await inbox.updateMany(
      { deskId, conversation, state: 'new', readyAt: { $lt: readyAt } },
      { $set: { readyAt } },
      { writeConcern: { w: 1 } },
    )
  }

  /** A row whose worker died may be younger than one that has arrived late: its expired lease must not block that one. */
  async function freeExpired(deskId: DeskId, conversation: string, at: Date): Promise<void> {
    await inbox.updateOne(
      { deskId, conversation, leased: true, state: 'new', leaseUntil: { $lte: at } },
      { $unset: FREE },
      MAJORITY,
    )
  }

  const lease = shared(async (wanted: readonly { deskId: DeskId; conversation: string }[]) => {
    const rows: InboxDoc[] = []
    for (const deskId of new Set(wanted.map((one) => one.deskId))) {
      const own = wanted.filter((one) => one.deskId === deskId).map((one) => one.conversation)
      rows.push(...(await leaseAll(deskId, [...new Set(own)])))
    }
    // of two who ask for one conversation at once, the first has it
    return wanted.map(({ deskId, conversation }) => {
      const i = rows.findIndex((row) => row.deskId === deskId && row.conversation === conversation)
      return i < 0 ? undefined : rows.splice(i, 1)[0]
    })
  })

  const done = shared(async (ids: readonly string[]) => {
    const change = { $set: { state: 'done' as const, doneAt: now() }, $unset: FREE }
    const updates = ids.map((_id) => ({
      updateOne: { filter: { _id, leaseBy: instance, state: 'new' as const }, update: change },
    }))
    await inbox.bulkWrite(updates, { ordered: false, ...MAJORITY })
    return ids.map(() => undefined)
  })

  return {
    lease: (deskId, conversation) => lease({ deskId, conversation }),
    done: ({ _id }) => done(_id),
  }
}
