import type { Answer } from '../../src/flows/answer.js'
import type { FetchedFile, Services } from '../../src/flows/services.js'
import { keysOf, messageKeyOf } from '../../src/intake/accept.js'
import { createArrivals, createOvertaken } from '../../src/intake/arrivals.js'
import { type DispatchDeps, dispatchClick, dispatchEvent } from '../../src/intake/dispatch.js'
import type { LookedUp } from '../../src/intake/identify.js'
import type { InboundEvent } from '../../src/intake/inbound.js'
import type { Logger } from '../../src/lib/logger.js'
import type { ActionValue } from '../../src/models/actions.js'
import type { Desk } from '../../src/models/desk/desk.js'
import type { PersonId, TicketId } from '../../src/models/ids.js'
import type { InboundFile } from '../../src/models/inbound-file.js'
import { arrivedUnder } from '../../src/models/mongo/arrived-under.js'
import type { Database } from '../../src/models/mongo/database.js'
import { createFiles } from '../../src/models/mongo/files.js'
import { createInbox, type Inbox } from '../../src/models/mongo/inbox.js'
import { plainInsert } from '../../src/models/mongo/insert.js'
import { createLinkCodes, type LinkCodes } from '../../src/models/mongo/link-codes.js'
import { createMessages } from '../../src/models/mongo/messages.js'
import { createPeople } from '../../src/models/mongo/people.js'
import { createReplies } from '../../src/models/mongo/replies.js'
import { createTicketStore } from '../../src/models/mongo/ticket-store.js'
import { plainWriters } from '../../src/models/mongo/writers.js'
import type { Person } from '../../src/models/people/person.js'
import type { Saying } from '../../src/models/ticket/effects.js'
import type { TicketEvent } from '../../src/models/ticket/events.js'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import { DESK } from './desk-fixture.js'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
/** Monday 2 November 2026, 09:00 in Shanghai: the office has just opened. */
export const MONDAY_MORNING = new Date('2026-11-02T01:00:00Z')

const IDS = ['ann', 'sam', 'bo', 'cy', 'lin', 'hal', 'hua', 'max', 'ada'] as const
/** The desk's people; ann reads Chinese, lin's manager is max, ada is the admin. */
export const PEOPLE: Person[] = IDS.map((id) => ({
  id,
  deskId: DESK.id,
  name: id[0]?.toUpperCase() + id.slice(1),
  locale: id === 'ann' ? 'zh-CN' : 'en',
  ...(id === 'lin' ? { managerId: 'max' } : {}),
  ...(id === 'ada' ? { isAdmin: true } : {}),
  identities: [{ platform: 'slack', userId: userOf(id), conversation: directOf(id) }],
}))
export function userOf(id: PersonId): string {
  return `U-${id}`
}
export function directOf(id: PersonId): string {
  return `D-${id}`
}

export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => SILENT,
}

export interface Writing {
  /** A channel's id; without it they write to the bot directly. */
  channel?: string
  thread?: string
  mentionsBot?: boolean
  threadIsOurs?: boolean
  files?: InboundFile[]
  /** The messenger's id of the message. */
  messageId?: string
  /** How often it was tried before. */
  attempts?: number
  /** From another messenger than Slack. */
  from?: { platform: string; userId: string; direct: string }
}

export interface Written {
  /** Names the arrival, as buttons do. */
  id: string
  messageId: string
  conversation: string
  taken: Awaited<ReturnType<typeof dispatchEvent>>
}

/** The flows of a running desk over a real database, one arrival or click at a time, at a time of the test's choice. */
export interface DeskAtWork {
  services: Services
  codes: LinkCodes
  deps: DispatchDeps
  inbox: Inbox<InboundEvent>
  now: Date
  desk: Desk
  /** What the messenger says of users nobody knows yet; `gone` where there is none. */
  profiles: Record<string, LookedUp | 'gone'>
  /** What becomes of files, by their locator; anything else is fetched. */
  fetches: Record<string, FetchedFile['kind']>
  passes(ms: number): void
  writes(who: PersonId, text: string, how?: Writing): Promise<Written>
  edits(
    who: PersonId,
    message: Pick<Written, 'messageId' | 'conversation'>,
    text: string,
    how?: Writing,
  ): Promise<Written>
  deletes(
    who: PersonId,
    message: Pick<Written, 'messageId' | 'conversation'>,
    how?: Writing,
  ): Promise<Written>
  clicks(
    who: PersonId,
    action: ActionValue,
    more?: {
      key?: string
      userId?: string
      on?: { conversation: string; messageId: string; thread?: string }
    },
  ): Promise<Answer>
  submits(
    who: PersonId,
    action: ActionValue,
    values: Record<string, string>,
    more?: { key?: string; files?: InboundFile[] },
  ): Promise<Answer>
  /** Every ticket, the oldest first. */
  tickets(): Promise<Ticket[]>
  /** The one ticket there is. */
  ticket(): Promise<Ticket>
  /** What happened to a ticket, by the types of its events, clocks left out. */
  happened(ticketId: TicketId, from?: number): Promise<string[]>
  events(ticketId: TicketId): Promise<TicketEvent[]>
  /** What the outbox says of a ticket, `kind to whom`, in order. */
  said(ticketId: TicketId): Promise<string[]>
  sayings(ticketId: TicketId): Promise<Saying[]>
  /** What the bot said beside any ticket: the summaries of those cards, with the conversation. */
  spoken(): Promise<{ to: string; key: string; summary: string; card: SpokenCard }[]>
  /** A ticket opened by a direct message. */
  opened(who?: PersonId, text?: string): Promise<Ticket>
  /** The same, claimed. */
  claimed(agent?: PersonId, who?: PersonId): Promise<Ticket>
  load(id: TicketId): Promise<Ticket>
}
export interface SpokenCard {
  title: string
  summary: string
  locale: string
  elements: unknown[]
}

export async function deskAtWork(database: Database): Promise<DeskAtWork> {
  const people = createPeople(database, () => at.now)
  const inbox = createInbox<InboundEvent>(database, 'test', plainInsert(database.inbox))
  const store = createTicketStore(database, plainWriters(database), () => undefined)
  const lookUp: DispatchDeps['lookUp'] = async (_, userId) => at.profiles[userId]
  const codes = createLinkCodes(database, () => at.now)
  const under = (prefix: string) => arrivedUnder<InboundEvent>(database.inbox, at.desk.id, prefix)
  const services: Services = {
    desk: () => at.desk,
    tickets: store,
    people,
    codes,
    messages: createMessages(database),
    files: createFiles(database),
    replies: createReplies(database, () => undefined),
    messengers: {
      file: async (_, file): Promise<FetchedFile> => {
        const kind = at.fetches[file.locator] ?? 'fetched'
        return kind === 'fetched' ? { kind, bytes: Buffer.from(file.id) } : { kind }
      },
      direct: async (_, userId) => (userId.startsWith('U-') ? directOf(userId.slice(2)) : undefined),
    },
    fileUrl: (id) => `https://desk.example/files/${id}`,
    now: () => at.now,
    logger: SILENT,
    dealtWith: (ref) =>
      inbox.isDone(
        at.desk.id,
        messageKeyOf({ ...ref, conversation: { id: ref.conversation, kind: 'direct' } }),
      ),
    isOvertaken: createOvertaken(under),
    arrival: createArrivals({
      byId: inbox.byId,
      under,
      personOf: (event) => people.byIdentity(at.desk.id, event.platform, event.userId),
    }),
  }
  const deps: DispatchDeps = { services, lookUp }
  let serial = 0

  async function arrives(event: InboundEvent, attempts = 0): Promise<Written> {
    if (event.kind === 'presence') throw new Error('nothing of it is kept')
    const conversation = `${event.platform}:${event.conversation.id}:${event.messageId}:${event.kind}`
    await inbox.add({
      deskId: at.desk.id,
      keys: keysOf(event),
      conversation,
      order: String(at.now.getTime()),
      event,
    })
    const row = await inbox.lease(at.desk.id, conversation)
    if (!row) throw new Error('this has arrived before')
    const taken = await dispatchEvent(deps, { ...row, attempts: row.attempts + attempts })
    if (taken.kind === 'done') await inbox.done(row)
    else await inbox.later(row, new Date(0), taken.reason)
    return { id: row._id, messageId: event.messageId, conversation: event.conversation.id, taken }
  }
  const from = (who: PersonId, { from: other }: Writing = {}) => ({
    ...{ platform: other?.platform ?? 'slack', tenant: 'T1' },
    ...{ userId: other?.userId ?? userOf(who), at: at.now },
  })
  const where = (who: PersonId, { channel, thread, from: other }: Writing) => ({
    conversation: channel
      ? ({ id: channel, kind: 'channel' } as const)
      : ({ id: other?.direct ?? directOf(who), kind: 'direct' } as const),
    ...(thread === undefined ? {} : { thread }),
  })
  const nextKey = () => `key-${++serial}`

  const at: DeskAtWork = {
    services,
    codes,
    deps,
    inbox,
    now: MONDAY_MORNING,
    desk: DESK,
    profiles: {},
    fetches: {},
    passes: (ms) => {
      at.now = new Date(at.now.getTime() + ms)
    },
    writes: (who, text, how = {}) => {
      const messageId = how.messageId ?? `m${++serial}`
      const conversation = where(who, how)
      return arrives(
        {
          kind: 'message',
          ...from(who, how),
          ...conversation,
          keys: [nextKey()],
          messageId,
          text,
          mentionsBot: how.mentionsBot ?? false,
          ...(how.threadIsOurs === undefined ? {} : { threadIsOurs: how.threadIsOurs }),
          files: how.files ?? [],
        },
        how.attempts,
      )
    },
    edits: (who, { messageId, conversation }, text, how = {}) => {
      const channel = conversation.startsWith('D-') || how.from ? {} : { channel: conversation }
      return arrives(
        {
          kind: 'edit',
          ...from(who, how),
          ...where(who, { ...how, ...channel }),
          keys: [nextKey()],
          messageId,
          text,
        },
        how.attempts,
      )
    },
    deletes: (who, { messageId, conversation }, how = {}) => {
      const channel = conversation.startsWith('D-') || how.from ? {} : { channel: conversation }
      return arrives(
        {
          kind: 'delete',
          ...from(who, how),
          ...where(who, { ...how, ...channel }),
          keys: [nextKey()],
          messageId,
        },
        how.attempts,
      )
    },
    clicks: (who, action, { key = nextKey(), userId = userOf(who), on } = {}) =>
      dispatchClick(deps, { kind: 'action', ...from(who), userId, key, action, ...(on ? { on } : {}) }),
    submits: (who, action, values, { key = nextKey(), files = [] } = {}) =>
      dispatchClick(deps, { kind: 'submit', ...from(who), key, action, values, files }),
    tickets: async () => {
      const docs = await database.tickets.find().sort({ number: 1 }).toArray()
      return docs.map(({ _id, ...rest }) => ({ id: _id, ...rest }))
    },
    ticket: async () => {
      const [ticket, ...others] = await at.tickets()
      if (!ticket || others.length > 0)
        throw new Error(`there are ${others.length + (ticket ? 1 : 0)} tickets`)
      return ticket
    },
    happened: async (ticketId, fromSeq = 1) =>
      (await store.history(ticketId))
        .filter(({ seq }) => seq >= fromSeq)
        .flatMap(({ events }) => events.map(({ type }) => type))
        .filter((type) => !type.startsWith('clock.')),
    events: async (ticketId) => (await store.history(ticketId)).flatMap(({ events }) => events),
    said: async (ticketId) => {
      const rows = await database.outbox.find({ ticketId }).sort({ seq: 1, n: 1 }).toArray()
      return rows.map(({ say, to }) => {
        const what = say.kind === 'tell' || say.kind === 'notice' ? `${say.kind} ${say.template}` : say.kind
        return `${what} to ${to.kind === 'person' ? to.id : to.placeId.split(':')[0]}`
      })
    },
    sayings: async (ticketId) =>
      (await database.outbox.find({ ticketId }).sort({ seq: 1, n: 1 }).toArray()).map(({ say }) => say),
    spoken: async () => {
      const rows = await database.outbox.find({ ticketId: '' }).sort({ _id: 1 }).toArray()
      return rows.flatMap(({ _id, say, to }) => {
        if (say.kind !== 'reply' || to.kind !== 'place') return []
        const card = say.card as SpokenCard
        const { conversation, thread } = to.address
        return { to: `${conversation}/${thread}`, key: _id.split(':')[1] ?? '', summary: card.summary, card }
      })
    },
    opened: async (who = 'ann', text = 'My VPN is down. Since this morning.') => {
      const { taken } = await at.writes(who, text)
      const ticketId = taken.kind === 'done' ? taken.ticketId : undefined
      if (ticketId === undefined) throw new Error('no ticket was opened')
      const ticket = await at.load(ticketId)
      if (ticket.revision > 1) throw new Error('it joined a ticket that is open already')
      return ticket
    },
    claimed: async (agent = 'bo', who = 'ann') => {
      const ticket = await at.opened(who)
      await at.clicks(agent, { verb: 'claim', ticketId: ticket.id })
      return await at.load(ticket.id)
    },
    load: async (id) => {
      const ticket = await store.load(id)
      if (!ticket) throw new Error(`no ticket ${id}`)
      return ticket
    },
  }
  await people.list(DESK.id, PEOPLE)
  return at
}

/** What only the person who acted sees, in words; fails when the answer is anything else. */
export function privateWords(answer: Answer): string {
  if (answer.kind !== 'private') throw new Error(`the answer is ${JSON.stringify(answer)}`)
  return answer.card.summary
}

/** Every word of a card or form, wherever it stands. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(wordsOf).join(' ')
  if (value && typeof value === 'object') return Object.values(value).map(wordsOf).join(' ')
  return ''
}

/** The buttons of a card: `verb arg`. */
export function actionsOf(value: unknown): ActionValue[] {
  if (Array.isArray(value)) return value.flatMap(actionsOf)
  if (!value || typeof value !== 'object') return []
  const own = 'action' in value ? [value.action as ActionValue] : []
  return [...own, ...Object.values(value).flatMap(actionsOf)]
}
