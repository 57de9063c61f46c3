/** What arrived, kept until it is done. `event` is the adapter-neutral arrival; the store does not look into it. */
export interface InboxDoc<Event = unknown> {
  _id: string
  deskId: string
  /** Every name the platform has for it: unique over the desk. */
  keys: string[]
  /** Rows of one conversation are done in order, one at a time. */
  conversation: string
  /** The platform's own order inside the conversation, then the arrival's. */
  order: string
  event: Event
  receivedAt: Date
  state: 'new' | 'done' | 'aside'
  /** Not before this: the present moment, or after a failure. */
  readyAt: Date
  attempts: number
  leased?: true
  leaseUntil?: Date
  leaseBy?: string
  doneAt?: Date
  asideAt?: Date
  /** When it was made due again after it had been set aside: it has waited since then. */
  retriedAt?: Date
  reason?: string
}
