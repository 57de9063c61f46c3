import type { Card } from '../cards/card.js'
import type { Text } from '../cards/text.js'
import type { Address, MessageRef, Platform } from '../models/ids.js'
import type { InboundFile } from '../models/inbound-file.js'

export type { Address, MessageRef, Platform } from '../models/ids.js'
export type { InboundFile } from '../models/inbound-file.js'

/** What came of a call to a messenger. One unit: milliseconds. `unknown`: it may have been done; look before repeating. */
export type Outcome<T = void> =
  | { kind: 'sent'; value: T }
  | { kind: 'rate_limited'; retryAfterMs: number }
  | { kind: 'transient'; reason: string }
  | { kind: 'unknown'; reason: string }
  /** The message, conversation or person is no longer there. */
  | { kind: 'gone'; reason: string }
  | { kind: 'rejected'; reason: string }

/** A message in words. `author`: in whose name it is shown. `files` are uploaded beside it. */
export interface Words {
  text: Text
  author?: { name: string; pictureUrl?: string }
  card?: Card
  files?: OutFile[]
}
export interface OutFile {
  /** What the desk calls it, for a messenger that takes the bytes only later. */
  id?: string
  /** Where those who read the message may fetch it. */
  url?: string
  name: string
  bytes: number
  mediaType: string
  read: () => Promise<Buffer>
}

/** What a messenger must do for us; the adapters implement it. `key` is our idempotency key for the post. */
export interface Messenger {
  readonly platform: Platform
  /** How long after its post a card may be changed, in ms: an older one is replaced. For ever when absent. */
  readonly cardLifeMs?: number
  /** Whether what is said in a channel's thread reaches us without a mention, as far as is known. It does when absent. */
  hearsThreads?(): boolean
  /** A whisper is a message of its own in the person's direct conversation: only what is worth one is whispered. */
  readonly whispersApart?: true
  postCard(to: Address, card: Card, key: string): Promise<Outcome<MessageRef>>
  updateCard(ref: MessageRef, card: Card): Promise<Outcome>
  postWords(to: Address, words: Words, key: string): Promise<Outcome<MessageRef>>
  editWords(ref: MessageRef, words: Words): Promise<Outcome>
  deleteMessage(ref: MessageRef): Promise<Outcome>
  /** Says something in a conversation that only one person there sees. May be lost; never anything that must arrive. */
  whisper(to: Address, userId: string, words: Words): Promise<Outcome>
  /** Puts our small sign on somebody's message: it went to the other side. Putting it twice is no error. */
  mark(ref: MessageRef): Promise<Outcome>
  unmark(ref: MessageRef): Promise<Outcome>
  /** Makes a message of ours ring for a person, where the messenger has something stronger than a message. */
  insist?(ref: MessageRef, userId: string): Promise<Outcome>
  /** The direct conversation with a person; opens it where needed. */
  openDirect(userId: string): Promise<Outcome<string>>
  /**
   * Our post that carries `key`, if the messenger has it: asked after an unknown outcome, before repeating. Files that
   * belong to it and are not shown yet are shown, unless `bare`: what is looked for is then to be taken away.
   */
  findPosted(
    to: Address,
    key: string,
    since: Date,
    how?: { bare: boolean },
  ): Promise<Outcome<MessageRef | undefined>>
  profile(userId: string): Promise<Outcome<Profile>>
  /** The bytes of a file somebody sent; at most `maxBytes`, else `rejected`. */
  fetchFile(file: InboundFile, maxBytes: number): Promise<Outcome<Buffer>>
}

export interface Profile {
  name: string
  /** As the messenger has verified it: it makes somebody the person whom the desk knows by it. */
  email?: string
  locale?: string
  zone?: string
  isBot: boolean
  /** Of another organisation, or invited: what they call themselves proves nothing. */
  isGuest: boolean
}
