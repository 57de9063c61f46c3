import type { Logger } from '../lib/logger.js'
import type { Desk } from '../models/desk/desk.js'
import type { Address, MessageRef, PersonId, Platform } from '../models/ids.js'
import type { InboundFile } from '../models/inbound-file.js'
import type { Files } from '../models/mongo/files.js'
import type { LinkCodes } from '../models/mongo/link-codes.js'
import type { Messages } from '../models/mongo/messages.js'
import type { People } from '../models/mongo/people.js'
import type { Replies } from '../models/mongo/replies.js'
import type { TicketStore } from '../models/mongo/ticket-store.js'
import type { EditedMessage, WrittenMessage } from './arrival.js'

/** What a flow works with. Composed once, in main. */
export interface Services {
  /** The desk in force. */
  desk(): Desk
  tickets: TicketStore
  people: People
  /** Codes by which people link their accounts. */
  codes: Pick<LinkCodes, 'look' | 'use' | 'giveBack'>
  messages: Messages
  files: Files
  /** Says something that belongs to no ticket's history, once per key. */
  replies: Replies
  messengers: MessengerReads
  /** A message that arrived before, as it reads by now, for a button that points back at it. */
  arrival(id: string): Promise<WrittenMessage | undefined>
  /** Whether the message arrived and was dealt with: if it is no touch by then, it never will be. */
  dealtWith(ref: MessageRef): Promise<boolean>
  /** Whether a later edit of the same message has arrived already: this one would bring old words back. */
  isOvertaken(edit: EditedMessage): Promise<boolean>
  /** Where a file of the desk is fetched from. */
  fileUrl(id: string): string
  now(): Date
  logger: Logger
}

/** What flows need to ask of messengers; everything they say goes through the outbox instead. */
export interface MessengerReads {
  file(platform: Platform, file: InboundFile, maxBytes: number): Promise<FetchedFile>
  direct(platform: Platform, userId: string): Promise<string | undefined>
}
export type FetchedFile =
  | { kind: 'fetched'; bytes: Buffer }
  | { kind: 'too_large' }
  | { kind: 'gone' }
  /** Asking again later may help. */
  | { kind: 'later' }

export type { Address, MessageRef, PersonId }
