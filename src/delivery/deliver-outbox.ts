import type { Card } from '../cards/card.js'
import { monotonicMs } from '../lib/now.js'
import { cardId } from '../models/mongo/documents.js'
import { isOfDatabase, type OutboxRow } from '../models/mongo/outbox.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { touchesOf } from '../models/ticket/touches.js'
import { holding } from './attempt.js'
import type { Deps } from './deps.js'
import { pickRow, type Thread } from './pick-row.js'
import type { Held } from './post-once.js'
import { sayLine, sayReply } from './say-line.js'
import { sayLinkCode } from './say-link-code.js'
import { sayMark } from './say-mark.js'
import { sayTell } from './say-tell.js'
import { sayDeletion, sayEdit, sayMirror } from './say-touch.js'
import { type Came, createRowSettling, logSaid } from './settle-row.js'

/** So many rows of a lane are looked at together. */
const LOOK_AT = 500

export interface OutboxDelivery {
  /** Says the next of a lane; returns for how long to leave the lane alone, in ms. */
  deliver(lane: string): Promise<number>
}

export function createOutboxDelivery(deps: Deps): OutboxDelivery {
  const { outbox, cards, tuning, now, logger } = deps
  const { settle, setAside } = createRowSettling(deps)

  async function deliver(lane: string): Promise<number> {
    const rows = await outbox.ofLane(lane, LOOK_AT)
    const threads = await cards.threads([...new Set(rows.flatMap(threadOf))])
    const several = lane.startsWith('person:') && rows.length > 1
    const priorities = await outbox.priorities(several ? rows.map((row) => row.ticketId) : [])
    const pick = pickRow(rows, {
      now: now(),
      run: deps.run,
      gatherMs: tuning.gatherMs,
      priority: (id) => priorities.get(id),
      thread: (row): Thread => {
        const [id] = threadOf(row)
        if (id === undefined) return 'known'
        const card = threads.get(id)
        return card?.messageId !== undefined ? 'known' : card?.aside ? 'never' : 'awaited'
      },
    })
    switch (pick.kind) {
      case 'empty':
        return 0
      case 'rest':
        return pick.ms
      case 'aside':
        return await underLease([pick.row], (held) => setAside(held, pick.reason))
      case 'say': {
        const [id] = pick.rows.flatMap(threadOf)
        return await underLease(pick.rows, (held) => sayNow(held, id && threads.get(id)?.messageId))
      }
      case 'merge':
        return await underLease(pick.rows, async (held) => {
          await outbox.batch(held.ids, `digest:${held.rows[0]._id}`)
          await outbox.release(held.ids)
          return 0
        })
      default:
        return pick satisfies never
    }
  }

  /** Works on rows while nobody else may; what somebody else has got meanwhile is left to them. */
  async function underLease(
    picked: readonly OutboxRow[],
    work: (held: Held) => Promise<number>,
  ): Promise<number> {
    const ids = picked.map((row) => row._id)
    const leased = await outbox.lease(ids, now(), new Date(now().getTime() + tuning.leaseMs))
    const [first, ...rest] = leased
    if (!first) return 0
    if (leased.length < picked.length && first.batch !== undefined) {
      await outbox.release(leased.map((row) => row._id))
      return tuning.pollMs
    }
    const held: Held = {
      rows: [first, ...rest],
      ids: leased.map((row) => row._id),
      key: first.batch ?? first._id,
      fresh: false,
    }
    return await holding(
      deps,
      (until) => outbox.renew(held.ids, until),
      () => work(held),
    )
  }

  async function sayNow(held: Held, thread: string | undefined): Promise<number> {
    const began = monotonicMs()
    const [row] = held.rows
    const ticket = row.ticketId === '' ? undefined : await deps.tickets.load(row.ticketId)
    if (row.ticketId !== '' && (!ticket || ticket.revision < row.seq)) {
      // its commit is still being projected
      return await settle(held, { kind: 'awaited' })
    }
    const said = await saidSafely(held, ticket, thread)
    if (said.kind !== 'wait' && said.kind !== 'lost' && said.kind !== 'awaited')
      logSaid(deps, held, ticket, said, began)
    return await settle(held, said)
  }

  /** A fault of ours while it is built counts against the row; a database that is away does not. */
  async function saidSafely(held: Held, ticket: Ticket | undefined, thread?: string): Promise<Came> {
    try {
      return await say(held, ticket, thread)
    } catch (error) {
      if (isOfDatabase(error)) throw error
      logger.error('cannot be said', { row: held.rows[0]._id, what: held.rows[0].say.kind, error })
      return { kind: 'fault' }
    }
  }

  async function say(held: Held, ticket: Ticket | undefined, thread?: string): Promise<Came> {
    const [row] = held.rows
    const { say: said, to } = row
    if (to.kind === 'person') return await sayTell(deps, held, to.id)
    const address = thread === undefined ? to.address : { ...to.address, thread }
    if (said.kind === 'reply') return await sayReply(deps, held, address, said.card as Card)
    if (said.kind === 'link_code') return await sayLinkCode(deps, held, address, said.personId)
    if (!ticket || said.kind === 'tell') return { kind: 'moot' }
    const place = ticket.places.find((one) => one.id === to.placeId)
    if (said.kind === 'remind' || said.kind === 'notice' || said.kind === 'opener')
      return await sayLine(deps, held, { say: said, to: address, ticket, place })
    const touches = touchesOf(await deps.tickets.history(ticket.id))
    const touch = touches.get(said.touchId)
    if (!touch || !place) return { kind: 'moot' }
    switch (said.kind) {
      case 'mirror':
        return await sayMirror(deps, held, { ticket, touch, place, to: address })
      case 'mirror_edit':
      case 'mirror_delete':
        if (await outbox.isMirrorDue(ticket.id, touch.id)) return { kind: 'awaited' }
        return await (said.kind === 'mirror_edit' ? sayEdit : sayDeletion)(deps, { ticket, touch })
      case 'sent_mark':
      case 'inside_offer': {
        const went = said.kind === 'sent_mark' ? 'out' : 'inside'
        return await sayMark(deps, held, went, {
          ticket,
          touch,
          touches: [...touches.values()],
          place,
          to: address,
        })
      }
      default:
        return said satisfies never
    }
  }

  return { deliver }
}

/** The card under which a row is said: those for a team's channel go into its card's thread. */
function threadOf({ to, say, ticketId }: OutboxRow): string[] {
  if (to.kind !== 'place' || ticketId === '' || to.address.thread !== undefined) return []
  if (say.kind === 'mirror_edit' || say.kind === 'mirror_delete') return []
  return to.placeId.startsWith('team:') ? [cardId(ticketId, to.placeId)] : []
}
