import mongoose, { type Connection, type mongo } from 'mongoose'
import { AppError } from '../../lib/errors.js'
import type {
  AddressDoc,
  CardDoc,
  CommitDoc,
  CounterDoc,
  DeskDoc,
  LinkCodeDoc,
  MessageDoc,
  OutboxDoc,
  PersonDoc,
  SpanDoc,
  TicketDoc,
  WatermarkDoc,
} from './documents.js'
import type { InboxDoc } from './inbox-doc.js'
import { SCHEMAS } from './schemas.js'

/** The collections of a desk's database. Reads go to the primary, writes are majority unless a call says otherwise. */
export type Collection<T extends mongo.Document> = mongo.Collection<T>

export interface Database {
  connection: Connection
  commits: mongo.Collection<CommitDoc>
  tickets: mongo.Collection<TicketDoc>
  inbox: mongo.Collection<InboxDoc>
  messages: mongo.Collection<MessageDoc>
  outbox: mongo.Collection<OutboxDoc>
  cards: mongo.Collection<CardDoc>
  spans: mongo.Collection<SpanDoc>
  people: mongo.Collection<PersonDoc>
  desks: mongo.Collection<DeskDoc>
  counters: mongo.Collection<CounterDoc>
  watermarks: mongo.Collection<WatermarkDoc>
  addresses: mongo.Collection<AddressDoc>
  linkCodes: mongo.Collection<LinkCodeDoc>
  db: mongo.Db
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** How long a call waits for a server to talk to, in ms. */
  serverSelectionTimeoutMs?: number
  /** How long a server that was asked may be silent before its connection is given up, in ms. */
  socketTimeoutMs?: number
  maxPoolSize?: number
  createIndexes?: boolean
}

/** Connects and makes sure that the indexes exist. Throws `database.unavailable` when there is nobody to talk to. */
export async function openDatabase(uri: string, options: DatabaseOptions = {}): Promise<Database> {
  const {
    serverSelectionTimeoutMs = 5000,
    socketTimeoutMs = 20_000,
    maxPoolSize = 50,
    createIndexes = true,
  } = options
  const connection = mongoose.createConnection(uri, {
    serverSelectionTimeoutMS: serverSelectionTimeoutMs,
    socketTimeoutMS: socketTimeoutMs,
    maxPoolSize,
    ignoreUndefined: true,
    retryWrites: true,
    writeConcern: { w: 'majority', journal: true },
    readPreference: 'primary',
    sanitizeFilter: true,
  })
  try {
    await connection.asPromise()
    const db = connection.getClient().db(connection.name)
    if (createIndexes) await ensureIndexes(connection)
    const of = <T extends mongo.Document>(name: keyof typeof SCHEMAS) => db.collection<T>(name)
    return {
      connection,
      db,
      commits: of('commits'),
      tickets: of('tickets'),
      inbox: of('inbox'),
      messages: of('messages'),
      outbox: of('outbox'),
      cards: of('cards'),
      spans: of('spans'),
      people: of('people'),
      desks: of('desks'),
      counters: of('counters'),
      watermarks: of('watermarks'),
      addresses: of('addresses'),
      linkCodes: of('linkcodes'),
      close: () => connection.close(),
    }
  } catch (cause) {
    await connection.close().catch(() => undefined)
    throw new AppError('database.unavailable', {}, cause)
  }
}

/** Creates what is missing of collections and indexes. Running it again, or twice at once, changes nothing. */
async function ensureIndexes(connection: Connection): Promise<void> {
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    const model = connection.models[name] ?? connection.model(name, schema)
    await model.createCollection().catch(ignoreExisting)
    await model.createIndexes()
  }
}

function ignoreExisting(error: unknown): void {
  if ((error as { codeName?: string }).codeName !== 'NamespaceExists') throw error
}
