import type { CallLog } from './call-log.js'
import type { CardTokens } from './card-tokens.js'
import type { Dedupe } from './dedupe.js'
import type { EventSender, Via } from './events-out.js'
import type { FaultBoard } from './faults.js'
import type { LongConnections } from './long-connections.js'
import type { RateLimits } from './rate-limits.js'
import type { Store } from './store.js'
import type { Tokens } from './tokens.js'
import type { FeishuApp, FeishuState } from './types.js'

/** Where the app is, and where the app finds us; may change while running. */
export type Addresses = {
  requestUrl: string
  publicUrl: string
  prefix: string
  /** how events and callbacks reach the app, as set in the developer console */
  via: Via
}

/** The emulator's organs, as its own files see them. */
export type Workspace = {
  readonly state: FeishuState
  readonly store: Store
  readonly log: CallLog
  readonly limits: RateLimits
  readonly tokens: Tokens
  readonly cardTokens: CardTokens
  readonly dedupe: Dedupe
  readonly faults: FaultBoard
  readonly events: EventSender
  readonly connections: LongConnections
  readonly app: FeishuApp
  readonly addresses: Addresses
  readonly scopes: Set<string>
  readonly now: () => Date
  readonly monotonic: () => number
}
