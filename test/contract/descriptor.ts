import type { FastifyInstance } from 'fastify'
import type { Card, Form } from '../../src/cards/card.js'
import type { Address, MessageRef, Messenger } from '../../src/delivery/messenger.js'
import type { Answer, InboundClick, InboundEvent } from '../../src/intake/inbound.js'

/** What a messenger's requests to us look like on the wire. */
export interface WireRequest {
  path: string
  body: string
  headers: Record<string, string>
}
export type Signature = 'valid' | 'bad' | 'absent' | 'stale' | 'future'

export interface Intake {
  accept(events: InboundEvent[]): Promise<void>
  click(click: InboundClick): Promise<Answer>
}

/** An adapter beside a stand-in for its messenger. */
export interface Bench {
  adapter: { messenger: Messenger; register(fastify: FastifyInstance): void; stop(): Promise<void> }
  /** Tells the stand-in where the adapter listens. */
  listensAt(url: string): void
  /** Reasons of the requests that the adapter has refused. */
  refused(): readonly string[]
  /** A conversation that the bot may write to. */
  place: Address
  /** A person in it presses the button with this label. Resolves with the status of the adapter's answer. */
  press(ref: MessageRef, label: string): Promise<number>
  /** What the next post meets. `lost_answer`: it is taken, and the answer cut off. */
  nextPost(fault: 'rate_limited' | 'lost_answer' | 'refused_connection' | 'fails'): void
  /** How many messages of ours stand in `place`. */
  posts(): number
  close(): Promise<void>
}

export interface AdapterDescriptor {
  name: string
  /**
   * What keeps a post whose answer was lost from being made twice: it is found by its key (as when absent), or the
   * messenger knows a repeated key and answers with the message it made before. `shown`: nothing does, and one duplicate
   * may be seen.
   */
  repeats?: 'found' | 'deduplicated' | 'shown'
  /** The proof is over the sender only (a bearer token), and not over the body; over both when absent. */
  proves?: 'sender'
  create(intake: Intake): Promise<Bench>
  /** `body` as the messenger would send it, signed so. */
  signedRequest(body: unknown, signature?: Signature): WireRequest
  samples: {
    /** "printer is on fire", written by a person to the bot. `delivery` differs for another delivery of the same message. */
    directMessage(delivery?: string): unknown
    /** A message of the bot itself, as it comes back. */
    ownMessage(): unknown
    /** An event of a type that nobody has heard of. */
    unknownEvent(): unknown
  }
  /** What the messenger would object to in a card or a form; nothing when it takes it. */
  problemsOfCard(card: Card): string[]
  problemsOfForm(form: Form): string[]
  /** Mentions, links and special marks that a reader of the messenger would see in a card, in the order of the card. */
  entitiesOf(card: Card): string[]
  /** The words of a card as a reader sees them. */
  shownBy(card: Card): string
}
