import { newId } from '../lib/ids.js'
import type { Logger } from '../lib/logger.js'
import type { Desk } from '../models/desk/desk.js'
import type { FileId, Platform, TicketId } from '../models/ids.js'
import { createCardStore, type LaggingCard } from '../models/mongo/cards.js'
import type { Database } from '../models/mongo/database.js'
import { createLinkCodes } from '../models/mongo/link-codes.js'
import { createOutboxStore } from '../models/mongo/outbox.js'
import { type Clockwork, pause, REAL_CLOCKWORK } from './clockwork.js'
import { createCardDelivery } from './deliver-card.js'
import { createOutboxDelivery } from './deliver-outbox.js'
import { type Deps, TUNING, type Tuning } from './deps.js'
import type { Messenger } from './messenger.js'
import { createPacing, type PaceOptions } from './pacing.js'
import { createPump } from './pump.js'
import { createRecent } from './recent.js'

export interface DeliveryOptions extends Pick<Deps, 'deskId' | 'tickets' | 'people' | 'messages' | 'files'> {
  database: Database
  desk: () => Desk
  messengers: Readonly<Record<Platform, Messenger>>
  fileUrl: (id: FileId) => string
  now: () => Date
  logger: Logger
  /** Names this process in leases. */
  instance: string
  /** How often each messenger may be called; what is not given is the default. */
  pace?: Readonly<Record<Platform, Partial<PaceOptions>>>
  tuning?: Partial<Tuning>
  clockwork?: Clockwork
  onUnreachable?: Deps['onUnreachable']
}

export interface Lag {
  /** Rows to be said, and cards that do not show their ticket's newest revision. */
  outbox: number
  cards: number
  /** Since when the eldest of them waits. */
  oldest?: Date
  /** What was given up and waits for a human being. */
  aside: number
}

/** Drives what tickets want said and shown out to the messengers. */
export interface Delivery {
  start(): void
  /** Begins nothing new and resolves when what is in flight is done. */
  stop(): Promise<void>
  /** Something may be due. Cheap: called after every commit and reply. */
  wake(ticketId?: TicketId): void
  /** Resolves when nothing is left to do, nothing waits for another try, and nothing is in flight. */
  idle(): Promise<void>
  /** Whether something is being looked for or delivered at this moment. */
  readonly busy: boolean
  /** Throws when the database is away. */
  lag(): Promise<Lag>
}

/** Composed once, in main. Several instances on one database share the work. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { database, deskId, instance, now, logger, clockwork = REAL_CLOCKWORK } = options
  const run = `${instance}:${newId()}`
  const outbox = createOutboxStore(database, deskId, run)
  const cards = createCardStore(database, deskId, run)
  const tuning: Tuning = { ...TUNING, ...options.tuning }
  const pacing = createPacing(options.pace ?? {}, clockwork.monotonicMs)
  const { desk, messengers, tickets, people, messages, files, fileUrl } = options
  const deps: Deps = {
    ...{ deskId, run, desk, messengers, tickets, people, messages, files, fileUrl },
    ...{ now, logger, outbox, cards, pacing, clockwork, tuning },
    codes: createLinkCodes(database, now),
    ...(options.onUnreachable ? { onUnreachable: options.onUnreachable } : {}),
  }
  const recent = createRecent(clockwork, tuning.coalesceMs)
  const common = { ...tuning, clockwork, logger }

  const rows = createOutboxDelivery(deps)
  const card = createCardDelivery(deps, recent, (lane) => says.rouse(lane))

  const says = createPump({
    ...common,
    name: 'outbox',
    find: (except, limit) => outbox.dueLanes(now(), except, limit * 16),
    run: rows.deliver,
  })
  const updates = createPump({
    ...common,
    name: 'cards',
    find: async (except, limit) => {
      const stale = await cards.stale(now(), except, pacing.closed(), limit * 2)
      for (const one of stale) noteElsewhere(one)
      return stale.map((one) => one._id)
    },
    run: async (id) => recent.waitMs(id) || (await card.deliver(id)),
  })
  const posts = createPump({
    ...common,
    name: 'first cards',
    find: (except, limit) => cards.postable(now(), except, limit * 16),
    run: postNext,
  })
  const pumps = [says, updates, posts]

  /** Another instance may have changed it a moment ago. */
  function noteElsewhere({ _id, shownAt }: LaggingCard): void {
    if (shownAt) recent.changedElsewhere(_id, shownAt.getTime(), now().getTime() - shownAt.getTime())
  }

  /** The next first card of a conversation: those of urgent tickets before the others. */
  async function postNext(lane: string): Promise<number> {
    const waiting = await cards.unposted(now(), lane, 50)
    const [first] = waiting
    if (!first) return 0
    const waitMs = pacing.waitMs('post', first.address)
    if (waitMs > 0) return waitMs
    const priorities = await outbox.priorities(waiting.length > 1 ? waiting.map((one) => one.ticketId) : [])
    const urgent = waiting.find((one) => priorities.get(one.ticketId) === 'urgent')
    return await card.deliver((urgent ?? first)._id)
  }

  const isBusy = () => pumps.some((pump) => pump.busy)

  async function left(): Promise<number> {
    const [says, shows] = await Promise.all([outbox.counts(now()), cards.counts(now())])
    return says.left + shows.left
  }

  return {
    start: () => {
      for (const pump of pumps) pump.start()
    },
    stop: async () => {
      await Promise.all(pumps.map((pump) => pump.stop()))
    },
    wake: () => {
      for (const pump of pumps) pump.wake()
    },
    idle: async () => {
      while (isBusy() || (await left()) > 0) await pause(clockwork, 10)
    },
    get busy() {
      return isBusy()
    },
    lag: async () => {
      const [said, shown] = await Promise.all([outbox.counts(now()), cards.counts(now())])
      const [oldest] = [said.oldest, shown.oldest]
        .filter((one): one is Date => one !== undefined)
        .sort((a, b) => a.getTime() - b.getTime())
      return {
        outbox: said.due,
        cards: shown.left,
        ...(oldest ? { oldest } : {}),
        aside: said.aside + shown.aside,
      }
    },
  }
}
