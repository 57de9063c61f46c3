import type { Platform } from '../models/ids.js'
import type { InboundFile } from '../models/inbound-file.js'
import type { Person } from '../models/people/person.js'

interface Arrived {
  /** Names this arrival for ever; a button may point back at it. */
  id: string
  platform: Platform
  /** Who did it, from the verified envelope. */
  person: Person
  /** When the messenger says it happened. */
  at: Date
  conversation: { id: string; kind: 'direct' | 'channel' }
  messageId: string
  thread?: string
}

/** Somebody wrote. */
export interface WrittenMessage extends Arrived {
  /** People are named in it by `@{userId}`. */
  text: string
  mentionsBot: boolean
  files: InboundFile[]
  /** The thread hangs on a post of ours. */
  threadIsOurs?: boolean
  /** This is the last try: what could still be waited for is not going to come. */
  lastTry: boolean
  /** Its sender has deleted it since. Never so while it is being taken; only for a button that points back at it. */
  deleted?: true
}
export interface EditedMessage extends Arrived {
  text: string
  lastTry: boolean
}
export interface DeletedMessage extends Arrived {
  lastTry: boolean
}

/** What became of an arrival. `later`: something it belongs to is not there yet. */
export type Taken = { kind: 'done'; ticketId?: string } | { kind: 'later'; reason: string }

export const taken = (ticketId?: string): Taken => ({ kind: 'done', ...(ticketId ? { ticketId } : {}) })
