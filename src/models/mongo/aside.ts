import { now } from '../../lib/now.js'
import type { DeskId } from '../ids.js'
import { type AsideItem, createAsideList } from './aside-list.js'
import { asideCardsFilter } from './card-filters.js'
import type { CardRow } from './cards.js'
import type { Collection, Database } from './database.js'
import { asideArrivalsFilter } from './inbox.js'
import { MAJORITY } from './insert.js'
import { asideFilter, type OutboxRow } from './outbox.js'

/** What failed for good and waits for somebody to put its cause right. */
export interface Aside {
  /** Everything that is set aside, the longest first. Never reads what somebody wrote. */
  list(): Promise<AsideItem[]>
  /**
   * Makes these due again (all, where none are named), under the keys they had, so that nothing is done or said twice.
   * Returns how many; when some of the ids are not set aside nothing is changed, and they are returned.
   */
  retry(ids?: readonly string[]): Promise<Retried>
}
export type Retried = { ok: true; count: number } | { ok: false; unknown: string[] }

const FREE = { leaseUntil: '', leaseBy: '' } as const
const ROW_ENDED = { ...FREE, doneAt: '', outcome: '', notBefore: '', alone: '' } as const
const ID_ONLY = { projection: { _id: 1 } } as const

/** What was set aside of one desk. */
export function createAside(database: Database, deskId: DeskId): Aside {
  const inbox = database.inbox
  const outbox = database.outbox as unknown as Collection<OutboxRow>
  const cards = database.cards as unknown as Collection<CardRow>

  /** `triedAt` and `generation` stay: an earlier post is looked for before there is another one. */
  async function retryCards(named: Named): Promise<number> {
    const { modifiedCount } = await cards.updateMany(
      { ...named, ...asideCardsFilter(deskId) },
      {
        $set: { dueAt: now(), attempts: 0 },
        $unset: { ...FREE, asideReason: '', asideAt: '', failingSince: '', reposts: '' },
      },
      MAJORITY,
    )
    return modifiedCount
  }

  async function retryOutbox(named: Named): Promise<number> {
    const wanted = { ...named, ...asideFilter(deskId) }
    // `triedAt`, `triedTo` and `batch` stay, as above; patience begins anew with `dueAt`
    const change = () => ({
      $set: { state: 'due' as const, dueAt: now(), attempts: 0 },
      $unset: ROW_ENDED,
    })
    const batches = await outbox
      .find({ ...wanted, batch: { $exists: true } }, { projection: { batch: 1 } })
      .toArray()
    const alone = await outbox.updateMany({ ...wanted, batch: { $exists: false } }, change(), MAJORITY)
    let count = alone.modifiedCount
    // Rows of one message share its key: one that came due later would be taken for said with the others.
    for (const batch of new Set(batches.map((row) => row.batch ?? ''))) {
      count += await database.connection.transaction(async (session) => {
        const together = { ...asideFilter(deskId), batch }
        return (await outbox.updateMany(together, change(), { session })).modifiedCount
      })
    }
    return count
  }

  async function retryInbox(named: Named): Promise<number> {
    const at = now()
    const { modifiedCount } = await inbox.updateMany(
      { ...named, ...asideArrivalsFilter(deskId) },
      {
        $set: { state: 'new', readyAt: at, retriedAt: at, attempts: 0 },
        $unset: { ...FREE, leased: '', asideAt: '', reason: '' },
      },
      MAJORITY,
    )
    return modifiedCount
  }

  async function unknownOf(ids: readonly string[]): Promise<string[]> {
    const named = namedBy(ids)
    const found = await Promise.all([
      inbox.find({ ...named, ...asideArrivalsFilter(deskId) }, ID_ONLY).toArray(),
      outbox.find({ ...named, ...asideFilter(deskId) }, ID_ONLY).toArray(),
      cards.find({ ...named, ...asideCardsFilter(deskId) }, ID_ONLY).toArray(),
    ])
    const known = new Set(found.flat().map(({ _id }) => _id))
    return [...new Set(ids)].filter((id) => !known.has(id))
  }

  return {
    list: createAsideList(database, deskId),
    retry: async (ids) => {
      const unknown = ids ? await unknownOf(ids) : []
      if (unknown.length > 0) return { ok: false, unknown }
      const named = ids ? namedBy(ids) : {}
      // what is said under a card is set aside again at once while its card is
      const shown = await retryCards(named)
      const said = await retryOutbox(named)
      return { ok: true, count: shown + said + (await retryInbox(named)) }
    },
  }
}

type Named = { _id?: { $in: string[] } }
const namedBy = (ids: readonly string[]): Named => ({ _id: { $in: [...ids] } })
