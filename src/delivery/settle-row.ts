import { monotonicMs } from '../lib/now.js'
import type { MessageRef, Platform } from '../models/ids.js'
import type { OutboxRow } from '../models/mongo/outbox.js'
import type { Ticket } from '../models/ticket/ticket.js'
import { persistently, retryMs } from './attempt.js'
import type { Deps, Unreachable } from './deps.js'
import type { Held, Said } from './post-once.js'

/** What came of saying a row, faults of ours included. */
export type Came =
  | Said
  | { kind: 'fault' }
  /** Something else of the same ticket comes first. */
  | { kind: 'awaited' }

/** How long a row waits for something else of its ticket, in ms. */
const MIN_WAIT_MS = 100
const MAX_WAIT_MS = 30_000

export interface RowSettling {
  /** Writes down what came of it; returns for how long to leave the lane alone, in ms. */
  settle(held: Held, came: Came): Promise<number>
  setAside(held: Held, reason: string): Promise<number>
}

export function createRowSettling(deps: Deps): RowSettling {
  const { outbox, tuning, now, logger } = deps

  async function settle(held: Held, said: Came): Promise<number> {
    const { attempts, dueAt } = held.rows[0]
    const at = now()
    const later = (ms: number, how: { counts: boolean; untried: boolean; alone?: boolean }) =>
      outbox.postpone(held.ids, { until: new Date(at.getTime() + ms), ...how })
    switch (said.kind) {
      case 'sent':
      case 'found':
      case 'moot':
        await persistently(deps, () => outbox.finish(held.ids, at, said.kind))
        return 0
      case 'lost':
        return 0
      case 'wait':
        await outbox.release(held.ids)
        return said.ms
      case 'awaited':
        await waitAlone(held)
        return 0
      case 'rate_limited':
        await later(said.retryAfterMs, { counts: false, untried: held.fresh })
        return said.retryAfterMs
      case 'transient':
      case 'unknown': {
        const tries = attempts + 1
        const patient = tries < tuning.patienceTries || at.getTime() - dueAt.getTime() < tuning.patienceMs
        if (!patient) return await setAside(held, `${said.kind}:${said.reason}`)
        const untried = said.kind === 'transient' && held.fresh
        await later(retryMs(deps, attempts), { counts: true, untried, alone: tries >= tuning.blockingTries })
        return 0
      }
      case 'gone':
      case 'rejected':
        return await refused(held, said)
      case 'fault':
        if (attempts + 1 >= tuning.faultTries) return await setAside(held, 'fault')
        await later(retryMs(deps, attempts), { counts: true, untried: false })
        return 0
      default:
        return said satisfies never
    }
  }

  /**
   * No messenger takes it. Of a person their ticket hears of that, so that somebody else is told. Whoever is gone needs
   * nobody's care any more; what is refused may be a fault of ours and is set aside as well.
   */
  async function refused(held: Held, { kind, reason }: { kind: 'gone' | 'rejected'; reason: string }) {
    const tellings = held.rows.flatMap(unreachable)
    if (tellings.length === 0 || !deps.onUnreachable) return await setAside(held, `${kind}:${reason}`)
    try {
      for (const telling of tellings) await deps.onUnreachable(telling)
    } catch (error) {
      logger.warn('nobody could be told of it', { row: held.rows[0]._id, error })
      const until = new Date(now().getTime() + retryMs(deps, held.rows[0].attempts))
      await outbox.postpone(held.ids, { until, counts: true, untried: held.fresh })
      return 0
    }
    if (kind === 'rejected') return await setAside(held, `${kind}:${reason}`)
    await persistently(deps, () => outbox.finish(held.ids, now(), `unreached:${reason}`))
    return 0
  }

  /** Lets the lane's other tickets pass; asks again sooner while it is young. */
  async function waitAlone(held: Held): Promise<void> {
    const ageMs = now().getTime() - held.rows[0].dueAt.getTime()
    const ms = Math.min(MAX_WAIT_MS, Math.max(MIN_WAIT_MS, ageMs / 4))
    const until = new Date(now().getTime() + ms)
    await outbox.postpone(held.ids, { until, alone: true, counts: false, untried: false })
  }

  async function setAside(held: Held, reason: string): Promise<number> {
    for (const row of held.rows) {
      logger.error('set aside', { ticketId: row.ticketId, what: row.say.kind, row: row._id, reason })
    }
    await outbox.setAside(held.ids, now(), reason)
    return 0
  }

  return { settle, setAside }
}

function unreachable({ _id, ticketId, to, say }: OutboxRow): Unreachable[] {
  if (to.kind !== 'person' || say.kind !== 'tell') return []
  const { template, clock, level } = say
  const of = { ...(clock ? { clock } : {}), ...(level ? { level } : {}) }
  return [{ outboxId: _id, ticketId, personId: to.id, template, ...of }]
}

/** One line for each delivery: ids, codes and durations, never a word of what was said. */
export function logSaid(
  { logger }: Pick<Deps, 'logger'>,
  held: Held,
  ticket: Ticket | undefined,
  said: Came,
  began: number,
): void {
  const [row] = held.rows
  logger.info('delivered', {
    ...(ticket ? { ticketId: ticket.id, number: ticket.number, revision: ticket.revision } : {}),
    what: held.rows.length > 1 ? 'digest' : row.say.kind,
    place: row.to.kind === 'person' ? 'person' : row.to.placeId,
    ...platformOf(row, said),
    outcome: said.kind,
    ...('reason' in said ? { reason: said.reason } : {}),
    ms: Math.round((monotonicMs() - began) * 10) / 10,
  })
}

/** The messenger it went to; of a person it is known once they were reached. */
function platformOf({ to }: OutboxRow, said: Came): { platform?: Platform } {
  if (to.kind === 'place') return { platform: to.address.platform }
  const ref =
    said.kind === 'sent' || said.kind === 'found' ? (said as { value?: Partial<MessageRef> }).value : {}
  return ref?.platform === undefined ? {} : { platform: ref.platform }
}
