import { createDelivery, type Delivery, type DeliveryOptions } from '../../src/delivery/deliverer.js'
import type { Logger } from '../../src/lib/logger.js'
import { now } from '../../src/lib/now.js'
import type { Desk } from '../../src/models/desk/desk.js'
import type { PersonId, Platform, TicketId } from '../../src/models/ids.js'
import { type Database, openDatabase } from '../../src/models/mongo/database.js'
import { createFiles } from '../../src/models/mongo/files.js'
import { createMessages } from '../../src/models/mongo/messages.js'
import { createPeople, type People } from '../../src/models/mongo/people.js'
import { createReplies, type Replies } from '../../src/models/mongo/replies.js'
import { createTicketStore, type TicketStore } from '../../src/models/mongo/ticket-store.js'
import { plainWriters } from '../../src/models/mongo/writers.js'
import type { Person } from '../../src/models/people/person.js'
import { clockConsequences } from '../../src/models/ticket/clocks/consequences.js'
import type { Command } from '../../src/models/ticket/commands.js'
import { teamPlaces } from '../../src/models/ticket/decide/hands.js'
import { decide } from '../../src/models/ticket/decide.js'
import type { ActorRef, TicketEvent } from '../../src/models/ticket/events.js'
import { fold } from '../../src/models/ticket/fold.js'
import type { FileRef, Place, Priority, Ticket } from '../../src/models/ticket/ticket.js'
import { commitAfter, contextOf } from '../models/ticket/support.js'
import { DESK } from '../support/desk-fixture.js'
import type { TestDatabase } from '../support/mongod.js'
import { type RecordingMessenger, recordingMessenger } from '../support/recording-messenger.js'

/** Nothing is slowed down but by what a test is about. */
export const QUICK_PACE = { slack: { postBurst: 1e6, postsPerSecond: 1e6, updatesPerMinute: 1e6 } }
export const QUICK = { gatherMs: 0, pollMs: 20, gapMs: 0, coalesceMs: 0, retryMs: 5 } as const

export const PEOPLE: Person[] = ['ann', 'sam', 'bo', 'cy', 'lin', 'hal', 'hua', 'max', 'ada'].map((id) => ({
  id,
  deskId: DESK.id,
  name: id[0]?.toUpperCase() + id.slice(1),
  ...(id === 'ann' ? { locale: 'zh-CN' as const } : {}),
  identities: [{ platform: 'slack', userId: `U-${id}`, conversation: `D-${id.toUpperCase()}` }],
}))

export interface World {
  database: Database
  tickets: TicketStore
  messenger: RecordingMessenger
  people: People
  replies: Replies
  delivery: Delivery
  desk: Desk
  log: { level: string; message: string; fields: Readonly<Record<string, unknown>> }[]
  options: DeliveryOptions
  /** Another deliverer on the same database and messenger. */
  another(more?: Partial<DeliveryOptions>): Delivery
  open(more?: Opening): Promise<Ticket>
  does(who: PersonId | 'system', ticketId: TicketId, command: Command, at?: Date): Promise<Ticket>
  commit(ticket: Ticket, who: PersonId | 'system', events: TicketEvent[], at?: Date): Promise<Ticket>
  close(): Promise<void>
}

export interface Opening {
  requesterId?: PersonId
  text?: string
  priority?: Priority
  teamId?: string
  at?: Date
  place?: Place
  files?: FileRef[]
  /** On which messengers the team's channels show it; Slack alone, where nothing is said. */
  on?: Platform[]
}

let tickets = 0
let causes = 0

/** A desk on a database of its own, with a deliverer that is not started yet. */
export async function world(
  uri: string,
  { desk: present = DESK, ...more }: Omit<Partial<DeliveryOptions>, 'desk'> & { desk?: Desk } = {},
): Promise<World> {
  const database = await openDatabase(uri)
  const messenger = recordingMessenger()
  const log: World['log'] = []
  const logger = recordingLogger(log)
  const messages = createMessages(database)
  const people = createPeople(database, now)
  await people.list(present.id, PEOPLE)
  let delivery: Delivery | undefined
  const wake = () => delivery?.wake()
  const store = createTicketStore(database, plainWriters(database), wake)
  const options: DeliveryOptions = {
    database,
    deskId: present.id,
    desk: () => present,
    messengers: { slack: messenger },
    tickets: store,
    people,
    messages,
    files: createFiles(database),
    fileUrl: (id) => `https://desk.example/files/${id}`,
    now,
    logger,
    instance: 'test',
    pace: QUICK_PACE,
    ...more,
    tuning: { ...QUICK, ...more.tuning },
  }
  const made = [createDelivery(options)]
  delivery = made[0]

  async function commit(
    ticket: Ticket | null,
    who: PersonId | 'system',
    events: TicketEvent[],
    at: Date,
    id?: string,
    number?: string,
  ): Promise<Ticket> {
    causes += 1
    const committed = await store.commit({
      deskId: present.id,
      ticketId: ticket?.id ?? id ?? '',
      before: ticket,
      cause: `test:${causes}`,
      actor: who === 'system' ? { kind: 'system' } : { kind: 'person', id: who },
      at,
      events,
      ...(number ? { number } : {}),
    })
    if (committed.kind !== 'done') throw new Error(`the commit was ${committed.kind}`)
    return committed.ticket
  }

  return {
    database,
    tickets: store,
    messenger,
    people,
    log,
    options,
    desk: present,
    replies: createReplies(database, wake),
    get delivery() {
      if (!delivery) throw new Error('no delivery')
      return delivery
    },
    another: (other = {}) => {
      const one = createDelivery({ ...options, instance: 'other', ...other })
      made.push(one)
      return one
    },
    commit: (ticket, who, events, at = now()) => commit(ticket, who, events, at),
    open: async (opening = {}) => {
      tickets += 1
      const id = `t${tickets}`
      const number = `20261${String(tickets).padStart(5, '0')}`
      const at = opening.at ?? now()
      const who = opening.requesterId ?? 'ann'
      const actor: ActorRef = { kind: 'person', id: who }
      const place: Place = opening.place ?? {
        id: `requester:${id}`,
        audience: 'requester',
        address: { platform: 'slack', conversation: `D-${who.toUpperCase()}`, thread: `root-${id}` },
        isDirect: true,
      }
      const teamId = opening.teamId ?? 'it'
      const text = opening.text ?? 'My VPN is down'
      const opened: TicketEvent = {
        type: 'ticket.opened',
        number,
        typeId: 'request',
        teamId,
        priority: opening.priority ?? 'medium',
        status: 'new',
        requesterId: who,
        openedById: who,
        title: text,
        excerpt: text,
        touch: {
          id: `first-${id}`,
          authorId: who,
          side: 'requester',
          visibility: 'public',
          text,
          files: opening.files ?? [],
          source: { placeId: place.id, messageId: `root-${id}` },
        },
        places: [
          place,
          ...teamPlaces(present, teamId).filter((one) =>
            (opening.on ?? ['slack']).includes(one.address.platform),
          ),
        ],
      }
      const first = fold(null, { ...commitAfter(undefined, actor, at, [opened]), ticketId: id })
      const clocks = clockConsequences(null, first, [opened], contextOf(present, actor, at))
      return await commit(null, who, [opened, ...clocks], at, id, number)
    },
    does: async (who, ticketId, command, at = now()) => {
      const ticket = await store.load(ticketId)
      if (!ticket) throw new Error(`no ticket ${ticketId}`)
      const actor: ActorRef = who === 'system' ? { kind: 'system' } : { kind: 'person', id: who }
      const decision = decide(ticket, command, contextOf(present, actor, at))
      if (!decision.ok) throw new Error(`${who} may not ${command.verb}: ${decision.code}`)
      return await commit(ticket, who, decision.events, at)
    },
    close: async () => {
      await Promise.all(made.map((one) => one.stop()))
      await database.close()
    },
  }
}

/** An empty desk before each test of a `describe`. */
export function worlds(database: TestDatabase, more: Parameters<typeof world>[1] = {}): () => World {
  let present: World | undefined
  beforeEach(async () => {
    present = await world(database.uri(), more)
    const { db } = present.database
    for (const name of ['commits', 'tickets', 'messages', 'outbox', 'cards', 'spans', 'linkcodes'])
      await db.collection(name).deleteMany({})
  })
  afterEach(async () => {
    await present?.close()
  })
  return () => {
    if (!present) throw new Error('the world begins with the test')
    return present
  }
}

/** Resolves when `holds` does; the runner's own time limit says when it never will. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}

function recordingLogger(log: World['log']): Logger {
  const at =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      log.push({ level, message, fields })
    }
  const logger: Logger = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => logger,
  }
  return logger
}
