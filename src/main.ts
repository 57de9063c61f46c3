import type { Config } from './config.js'
import { createAdapters, PACE, platformsOf } from './create-adapters.js'
import { createDelivery } from './delivery/deliverer.js'
import type { Messenger } from './delivery/messenger.js'
import { loadDesk } from './desk-in-force.js'
import { onClockDue } from './flows/on-clock-due.js'
import { onUnreachable } from './flows/on-unreachable.js'
import type { Services } from './flows/services.js'
import { createAccept, messageKeyOf } from './intake/accept.js'
import { createArrivals, createOvertaken } from './intake/arrivals.js'
import { atMost } from './intake/at-most.js'
import { type DispatchDeps, dispatchClick, dispatchHome, dispatchOpening } from './intake/dispatch.js'
import { identify } from './intake/identify.js'
import type { InboundEvent } from './intake/inbound.js'
import { createWorker } from './intake/worker.js'
import { armCrash } from './lib/crash.js'
import { AppError } from './lib/errors.js'
import { newId } from './lib/ids.js'
import type { Logger } from './lib/logger.js'
import { loop } from './lib/loop.js'
import { now } from './lib/now.js'
import { askMessengers } from './messenger-reads.js'
import { createAddresses } from './models/mongo/addresses.js'
import { arrivedUnder } from './models/mongo/arrived-under.js'
import { openDatabase } from './models/mongo/database.js'
import { createDesks } from './models/mongo/desks.js'
import { createFiles } from './models/mongo/files.js'
import { groupedInsert, groupedWriters } from './models/mongo/grouped.js'
import { createInbox } from './models/mongo/inbox.js'
import { createLinkCodes } from './models/mongo/link-codes.js'
import { createMessages } from './models/mongo/messages.js'
import { createPeople } from './models/mongo/people.js'
import { createRecovery } from './models/mongo/recover.js'
import { createReplies } from './models/mongo/replies.js'
import { createTicketStore } from './models/mongo/ticket-store.js'
import { orUnavailable } from './models/mongo/unreachable.js'
import { readiness, SWEEP_JOB } from './readiness.js'
import { createScheduler } from './scheduler/scheduler.js'
import { createSweep } from './scheduler/sweep.js'
import { createWebServer } from './web/server.js'

export interface Running {
  /** Where it listens. */
  url: string
  /** Sweeps the clocks once, now. */
  sweep(): Promise<number>
  /** When the next thing comes due. */
  nextDueAt(): Promise<Date | undefined>
  /** Resolves when nothing that arrived or came due is left to do. For tests. */
  idle(): Promise<void>
  /** Takes nothing new, finishes what is under way, lets go of everything. */
  stop(): Promise<void>
}

/** A messenger waits for these writes: so many groups of them may be under way at once. */
const ACKS_IN_FLIGHT = 3
/** Files are held in memory while they are fetched, and profiles are rationed: far fewer at once than messages. */
const ASKED_AT_ONCE = 32

/** The composition root: the only place that knows every part. Throws an AppError that says what is missing. */
export async function startPaidan(config: Config, logger: Logger): Promise<Running> {
  if (config.crashAt) armCrash(config.crashAt.checkpoint, config.crashAt.nth)
  const instance = newId()
  const database = await openDatabase(config.mongodbUri)
  const inForce = await loadDesk(createDesks(database), logger, platformsOf(config))
  if (!inForce) {
    await database.close()
    throw new AppError('desk.absent')
  }
  const { desk } = inForce
  const deskId = desk().id

  const people = createPeople(database, now)
  const messages = createMessages(database)
  const files = createFiles(database)
  const tickets = createTicketStore(database, groupedWriters(database), (ticket) => delivery.wake(ticket.id))
  const recovery = createRecovery(database, deskId, tickets.repair)
  const inbox = createInbox<InboundEvent>(database, instance, groupedInsert(database.inbox, ACKS_IN_FLIGHT))
  const fileUrl = (id: string) => new URL(`/files/${id}`, config.publicUrl).href

  const messengers: Record<string, Messenger> = {}
  const asked = askMessengers(messengers)
  const { lookUp } = asked
  const reads = { ...asked.reads, file: atMost(ASKED_AT_ONCE, asked.reads.file) }
  const delivery = createDelivery({
    database,
    deskId,
    desk,
    messengers,
    tickets,
    people,
    messages,
    files,
    fileUrl,
    now,
    logger,
    instance,
    pace: PACE,
    onUnreachable: (telling) => onUnreachable(services, telling),
  })
  const under = (prefix: string) => arrivedUnder<InboundEvent>(database.inbox, deskId, prefix)
  const services: Services = {
    desk,
    tickets,
    people,
    codes: createLinkCodes(database, now),
    messages,
    files,
    fileUrl,
    now,
    logger,
    messengers: reads,
    replies: createReplies(database, () => delivery.wake()),
    dealtWith: (ref) =>
      inbox.isDone(deskId, messageKeyOf({ ...ref, conversation: { id: ref.conversation, kind: 'direct' } })),
    isOvertaken: createOvertaken(under),
    arrival: createArrivals({
      byId: inbox.byId,
      under,
      personOf: async (event) => {
        const person = await identify(people, lookUp, deskId, event)
        return person === 'later' ? undefined : person
      },
    }),
  }
  const dispatch: DispatchDeps = { services, lookUp }
  const worker = createWorker({
    ...dispatch,
    lookUp: atMost(ASKED_AT_ONCE, lookUp),
    inbox,
    deskId: () => deskId,
    logger,
  })
  const accept = createAccept({
    deskId: () => deskId,
    inbox,
    woken: worker.wake,
    opened: (opening) => dispatchOpening(dispatch, opening),
    logger,
  })
  const sweep = createSweep({
    due: (limit, except) => tickets.due(deskId, now(), limit, except),
    onDue: (ticketId) => onClockDue(services, ticketId),
    repair: tickets.repair,
    logger,
  })
  const scheduler = createScheduler(
    database.db,
    { [SWEEP_JOB]: { every: '3 seconds', run: (touch) => sweep.run(touch) } },
    logger,
    instance,
  )

  let accepting = true
  const web = createWebServer({
    logger,
    accepting: () => accepting,
    readFile: async (id) => {
      const found = await files.read(deskId, id)
      return found && { name: found.file.name, bytes: found.file.bytes, stream: found.stream }
    },
    checks: readiness({ database, deskId, inbox, delivery, sweep, scheduler, now }),
  })
  const adapters = createAdapters(config, {
    logger,
    now,
    addresses: (platform) => createAddresses(database, deskId, platform),
    fileBytes: (id) => files.bytes(deskId, id),
    intake: {
      accept,
      click: (click) => orUnavailable(() => dispatchClick(dispatch, click)),
      home: (opened) => orUnavailable(() => dispatchHome(dispatch, opened)),
    },
  })
  for (const adapter of adapters) {
    messengers[adapter.messenger.platform] = adapter.messenger
    adapter.register(web)
  }

  const notRecovered = (error: unknown) => logger.warn('recovery did not look', { error })
  // before anything new is taken, what a crash left is made up for; what cannot be shall not keep the desk shut
  await recovery.look().catch(notRecovered)
  delivery.start()
  worker.start()
  await scheduler.start()
  for (const adapter of adapters) await adapter.start()
  const looks = [
    loop(() => recovery.look(), 5000, notRecovered),
    loop(
      () => inForce.refresh(),
      5000,
      (error) => logger.warn('desk not looked at', { error }),
    ),
  ]
  const url = await web.listen({ host: config.host, port: config.port })
  logger.info('serving', { url, desk: deskId, messengers: Object.keys(messengers) })

  return {
    url,
    sweep: () => sweep.run(),
    nextDueAt: () => tickets.nextDueAt(deskId),
    idle: async () => {
      await worker.idle()
      await delivery.idle()
    },
    stop: async () => {
      accepting = false
      for (const adapter of adapters) await adapter.stop()
      await web.close()
      await scheduler.stop()
      await Promise.all(looks.map((look) => look.stop()))
      await worker.stop()
      await delivery.stop()
      await database.close()
    },
  }
}
