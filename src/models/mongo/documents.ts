import type { mongo } from 'mongoose'
import type { Address, DeskId, PersonId, TicketId } from '../ids.js'
import type { Person } from '../people/person.js'
import type { CardItem, MessageItem, OutboxItem, SpanItem } from '../ticket/effects.js'
import type { Commit } from '../ticket/events.js'
import type { Ticket } from '../ticket/ticket.js'

/** What stands in each collection. `_id` is made of what must be unique wherever that is possible. */

/** `_id` = ticket + seq: the one insert that two racing changes cannot both make. */
export type CommitDoc = Commit & { _id: string; ts: mongo.Timestamp }
export type TicketDoc = Omit<Ticket, 'id'> & { _id: TicketId }
export type MessageDoc = MessageItem & { _id: string; deletedAt?: Date }
export type SpanDoc = SpanItem & { _id: string }
export type PersonDoc = Omit<Person, 'id'> & {
  _id: PersonId
  /** Absent where there are none: two empty lists would be the same key. */
  identityKeys?: string[]
  /** The desk file names them; the others joined by themselves. */
  listed?: boolean
  /** Keys of the accounts that the desk file itself names. */
  fixed?: string[]
  /** They turned out to be somebody else: that person's id stands for this one. */
  mergedInto?: PersonId
  /** Keys of accounts that were taken off them: no e-mail brings these back. */
  apart?: string[]
}

/** A code to link accounts, under its hash; or how many wrong ones were typed on an account. */
export interface LinkCodeDoc {
  _id: string
  deskId: DeskId
  owner?: string
  personId?: PersonId
  account?: { platform: string; userId: string }
  expiresAt: Date
  purgeAt: Date
  /** The arrival that used it up. */
  usedFor?: string
  tries?: number
}

export interface OutboxDoc extends OutboxItem {
  _id: string
  /** Rows of one lane are said in order, one at a time: a conversation, or a person. */
  lane: string
  state: 'due' | 'done' | 'aside'
  dueAt: Date
  attempts: number
  leaseUntil?: Date
  leaseBy?: string
  /** Set (majority) before the first post, so that a later attempt looks before it posts again. */
  triedAt?: Date
  /** Rows said together carry the key of the one post. */
  batch?: string
  doneAt?: Date
  outcome?: string
}

export interface CardDoc extends CardItem {
  _id: string
  /** Present while the card may lag behind `wanted`: when to look at it. */
  dueAt?: Date
  shown?: number
  shownHash?: string
  messageId?: string
  /** Set (majority) before the first post. */
  triedAt?: Date
  postedAt?: Date
  /** Raised when the platform has lost the message and a new one is posted. */
  generation: number
  attempts: number
  leaseUntil?: Date
  leaseBy?: string
  asideReason?: string
}

export interface CounterDoc {
  _id: string
  value: number
}
export interface WatermarkDoc {
  _id: string
  ts: mongo.Timestamp
}
export interface DeskDoc {
  _id: DeskId
  version: string
  appliedAt: Date
  /** The desk as JSON text: opaque to queries, and free of MongoDB's rules for keys. */
  json: string
}

export const commitId = (ticketId: TicketId, seq: number): string =>
  `${ticketId}:${String(seq).padStart(6, '0')}`
export const outboxId = (item: OutboxItem): string => `${item.ticketId}:${item.seq}:${item.n}`
export const cardId = (ticketId: TicketId, placeId: string): string => `${ticketId}:${placeId}`
export const messageKey = (platform: string, conversation: string, messageId: string): string =>
  `${platform}:${conversation}:${messageId}`
export const identityKey = (platform: string, userId: string): string => `${platform}:${userId}`
export const laneOf = (to: OutboxItem['to']): string =>
  to.kind === 'person' ? `person:${to.id}` : laneOfAddress(to.address)
export const laneOfAddress = (address: Address): string => `${address.platform}:${address.conversation}`

/** What an adapter remembers, under desk, messenger and a name of its own. */
export interface AddressDoc {
  _id: string
  value: string
  /** When it may be forgotten; never when absent. */
  purgeAt?: Date
}
