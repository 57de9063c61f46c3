import { checkpoint } from '../../lib/crash.js'
import type { DeskId, PersonId, TeamId, TicketId } from '../ids.js'
import type { Commit } from '../ticket/events.js'
import { ENDED, PRIORITIES, STATUSES, type Status, type Ticket } from '../ticket/ticket.js'
import { type Change, findByCause, insertCommit, readCommits } from './commits.js'
import type { Database } from './database.js'
import { createNumbers } from './numbers.js'
import { type Projected, project, projectMissing } from './project.js'
import { shared } from './share.js'
import { toTicket } from './ticket-docs.js'
import type { Writers } from './writers.js'

export type Committed =
  | { kind: 'done'; ticket: Ticket; commit: Commit }
  /** The cause was committed before; `ticket` is what it is now. */
  | { kind: 'duplicate'; ticket: Ticket; commit: Commit }
  /** Load again and decide again. */
  | { kind: 'lost' }

/** Tickets as flows see them: loaded, changed by commits, listed. */
export interface TicketStore {
  load(id: TicketId): Promise<Ticket | undefined>
  byNumber(deskId: DeskId, number: string): Promise<Ticket | undefined>
  commit(change: Change): Promise<Committed>
  byCause(deskId: DeskId, cause: string): Promise<Commit | undefined>
  history(id: TicketId): Promise<Commit[]>
  nextNumber(deskId: DeskId, zone: string, at: Date): Promise<string>
  /** Projects what a ticket's document lags behind its commits. */
  repair(id: TicketId): Promise<Ticket | null>
  ofRequester(deskId: DeskId, personId: PersonId, limit: number): Promise<Ticket[]>
  /** Those that somebody raised or has, in whatever status. */
  concerning(deskId: DeskId, personId: PersonId): Promise<TicketId[]>
  ofAssignee(deskId: DeskId, personId: PersonId, limit: number): Promise<Ticket[]>
  /** The queue of some teams in its order: the most urgent first, then the oldest. */
  unclaimed(deskId: DeskId, teamIds: readonly TeamId[], limit: number): Promise<Ticket[]>
  /** How many of the team's queue stand before this ticket: more urgent, or as urgent and older. */
  aheadInQueue(ticket: Ticket): Promise<number>
  /** When the next thing comes due, over all tickets. */
  nextDueAt(deskId: DeskId): Promise<Date | undefined>
  due(deskId: DeskId, until: Date, limit: number, except: readonly TicketId[]): Promise<TicketId[]>
}

const LIVE = STATUSES.filter((status) => !ENDED.includes(status))
const QUEUED: Status[] = ['new']

export function createTicketStore(database: Database, writers: Writers, projected: Projected): TicketStore {
  const nextNumber = createNumbers(database)
  const { tickets } = database
  const repair = (id: TicketId) => projectMissing(database, writers, id, projected)
  const list = async (filter: object, sort: Record<string, 1 | -1>, limit: number) =>
    (await tickets.find(filter).sort(sort).limit(limit).toArray()).map(toTicket)

  /** Most who write have nothing open, and many ask at once when something is broken: they share the answer. */
  const hasLive = shared(async (wanted: readonly { deskId: DeskId; requesterId: PersonId }[]) => {
    const found = new Set<string>()
    for (const deskId of new Set(wanted.map((one) => one.deskId))) {
      const own = wanted.filter((one) => one.deskId === deskId).map((one) => one.requesterId)
      const filter = { deskId, requesterId: { $in: [...new Set(own)] }, status: { $in: LIVE } }
      for (const id of await tickets.distinct('requesterId', filter)) found.add(`${deskId}/${id}`)
    }
    return wanted.map((one) => found.has(`${one.deskId}/${one.requesterId}`))
  })

  const load = shared(async (ids: readonly TicketId[]) => {
    const docs = await tickets.find({ _id: { $in: [...new Set(ids)] } }).toArray()
    const byId = new Map(docs.map((doc) => [doc._id, doc]))
    return ids.map((id) => {
      const doc = byId.get(id)
      return doc ? toTicket(doc) : undefined
    })
  })

  async function commit(change: Change): Promise<Committed> {
    const inserted = await insertCommit(database, writers.commit, change)
    checkpoint('after_commit')
    if (inserted.kind === 'lost') {
      await repair(change.ticketId)
      return inserted
    }
    if (inserted.kind === 'duplicate') {
      const ticket = await repair(inserted.commit.ticketId)
      if (!ticket) throw new Error('a commit without its ticket')
      return { kind: 'duplicate', ticket, commit: inserted.commit }
    }
    const ticket = await project(database, writers, change.before, inserted.commit, projected)
    return { kind: 'done', ticket, commit: inserted.commit }
  }

  return {
    commit,
    repair,
    nextNumber,
    load,
    byNumber: async (deskId, number) => {
      const doc = await tickets.findOne({ deskId, number })
      return doc ? toTicket(doc) : undefined
    },
    byCause: (deskId, cause) => findByCause(database, deskId, cause),
    history: (id) => readCommits(database, id),
    ofRequester: async (deskId, requesterId, limit) =>
      (await hasLive({ deskId, requesterId }))
        ? await list({ deskId, requesterId, status: { $in: LIVE } }, { updatedAt: -1 }, limit)
        : [],
    concerning: async (deskId, personId) => {
      const [raised, held] = await Promise.all([
        tickets.find({ deskId, requesterId: personId }, { projection: { _id: 1 } }).toArray(),
        tickets.find({ deskId, assigneeId: personId }, { projection: { _id: 1 } }).toArray(),
      ])
      return [...new Set([...raised, ...held].map(({ _id }) => _id))]
    },
    ofAssignee: (deskId, assigneeId, limit) =>
      list(
        { deskId, assigneeId, status: { $in: LIVE.filter((status) => status !== 'resolved') } },
        { openedAt: 1 },
        limit,
      ),
    unclaimed: async (deskId, teamIds, limit) => {
      const queue = { deskId, teamId: { $in: [...teamIds] }, status: { $in: QUEUED } }
      // one by one, so that each comes from the index in its order
      const byPriority = await Promise.all(
        PRIORITIES.map((priority) => list({ ...queue, priority }, { openedAt: 1 }, limit)),
      )
      return byPriority.flat().slice(0, limit)
    },
    aheadInQueue: async ({ deskId, teamId, priority, openedAt, status }) => {
      if (!QUEUED.includes(status)) return 0
      const before = PRIORITIES.slice(0, PRIORITIES.indexOf(priority))
      const queue = { deskId, teamId, status: 'new' as const }
      const [urgenter, older] = await Promise.all([
        before.length > 0 ? tickets.countDocuments({ ...queue, priority: { $in: before } }) : 0,
        tickets.countDocuments({ ...queue, priority, openedAt: { $lt: openedAt } }),
      ])
      return urgenter + older
    },
    nextDueAt: async (deskId) => {
      const filter = { deskId, nextDueAt: { $exists: true } }
      const first = await tickets.findOne(filter, { sort: { nextDueAt: 1 }, projection: { nextDueAt: 1 } })
      return first?.nextDueAt
    },
    due: async (deskId, until, limit, except) => {
      const docs = await tickets
        .find(
          { deskId, nextDueAt: { $lte: until, $exists: true }, _id: { $nin: [...except] } },
          { projection: { _id: 1 } },
        )
        .sort({ nextDueAt: 1 })
        .limit(limit)
        .toArray()
      return docs.map(({ _id }) => _id)
    },
  }
}
