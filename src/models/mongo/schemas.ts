import { Schema } from 'mongoose'

/**
 * Collections and their indexes. Documents are validated before they get here (zod at the edge, types inside), so the
 * schemas hold names and indexes, and leave the fields free. The desk leads every index that does not hang on `_id`.
 */
const OPTIONS = {
  strict: false,
  versionKey: false,
  autoCreate: false,
  autoIndex: false,
  minimize: false,
} as const
const ID = { _id: { type: String, required: true } } as const
const collection = (name: string) => new Schema(ID, { ...OPTIONS, collection: name })

const commits = collection('commits')
commits.index({ deskId: 1, cause: 1 }, { unique: true })
commits.index(
  { deskId: 1, number: 1 },
  { unique: true, partialFilterExpression: { number: { $exists: true } } },
)
// covers the recovery scan, which reads nothing but these
commits.index({ deskId: 1, ts: 1, _id: 1 })

const tickets = collection('tickets')
tickets.index({ deskId: 1, number: 1 }, { unique: true })
tickets.index({ deskId: 1, teamId: 1, status: 1, priority: 1, openedAt: -1 })
tickets.index({ deskId: 1, assigneeId: 1, status: 1, openedAt: -1 })
tickets.index({ deskId: 1, requesterId: 1, status: 1, updatedAt: -1 })
tickets.index({ deskId: 1, nextDueAt: 1 }, { partialFilterExpression: { nextDueAt: { $exists: true } } })

const inbox = collection('inbox')
inbox.index({ deskId: 1, keys: 1 }, { unique: true })
inbox.index({ deskId: 1, conversation: 1, order: 1 }, { partialFilterExpression: { state: 'new' } })
inbox.index({ deskId: 1, readyAt: 1 }, { partialFilterExpression: { state: 'new' } })
// at most one row of a conversation is worked on at a time, on whatever instance
inbox.index(
  { deskId: 1, conversation: 1 },
  { unique: true, name: 'one_lease_per_conversation', partialFilterExpression: { leased: true } },
)
inbox.index({ deskId: 1, asideAt: 1 }, { partialFilterExpression: { state: 'aside' } })
inbox.index({ doneAt: 1 }, { expireAfterSeconds: 7 * 24 * 3600 })

const messages = collection('messages')
messages.index({ deskId: 1, ticketId: 1, touchId: 1 })

const outbox = collection('outbox')
outbox.index({ deskId: 1, dueAt: 1 }, { partialFilterExpression: { state: 'due' } })
outbox.index({ deskId: 1, lane: 1, _id: 1 }, { partialFilterExpression: { state: 'due' } })
outbox.index({ deskId: 1, doneAt: 1 }, { partialFilterExpression: { state: 'aside' } })

const cards = collection('cards')
// a channel may have thousands that wait their turn: looks that leave it out do not read their documents
cards.index(
  { deskId: 1, dueAt: 1, 'address.conversation': 1 },
  { partialFilterExpression: { dueAt: { $exists: true } } },
)
// nor do looks for those that are shown already and lag
cards.index(
  { deskId: 1, dueAt: 1 },
  {
    name: 'shown_and_lagging',
    partialFilterExpression: { dueAt: { $exists: true }, messageId: { $exists: true } },
  },
)
cards.index({ deskId: 1, 'address.platform': 1, 'address.conversation': 1, messageId: 1 })
cards.index({ ticketId: 1 })

const spans = collection('spans')
spans.index({ deskId: 1, teamId: 1, measure: 1, endedAt: 1 })

const people = collection('people')
people.index(
  { deskId: 1, identityKeys: 1 },
  { unique: true, partialFilterExpression: { identityKeys: { $exists: true } } },
)
people.index({ deskId: 1, email: 1 }, { unique: true, partialFilterExpression: { email: { $exists: true } } })
// whom a ladder falls to at last: asked for whenever a clock comes due
people.index({ deskId: 1, isAdmin: 1 }, { partialFilterExpression: { isAdmin: true } })

const linkcodes = collection('linkcodes')
linkcodes.index({ deskId: 1, owner: 1 }, { partialFilterExpression: { owner: { $exists: true } } })
linkcodes.index({ purgeAt: 1 }, { expireAfterSeconds: 0 })

const addresses = collection('addresses')
addresses.index({ purgeAt: 1 }, { expireAfterSeconds: 0 })

export const SCHEMAS = {
  commits,
  tickets,
  inbox,
  messages,
  outbox,
  cards,
  spans,
  people,
  desks: collection('desks'),
  counters: collection('counters'),
  watermarks: collection('watermarks'),
  addresses,
  linkcodes,
} as const
