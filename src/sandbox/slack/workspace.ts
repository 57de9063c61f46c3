import type { CallLog } from './call-log.js'
import type { EventSender } from './events-out.js'
import type { FaultBoard } from './faults.js'
import type { RateLimits } from './rate-limits.js'
import type { ResponseUrls } from './response-urls.js'
import type { Store } from './store.js'
import type { TriggerIds } from './trigger-ids.js'
import type { SlackState } from './types.js'

/** Where the app is, and where the app finds us; may change while running. */
export type Addresses = { requestUrl: string; publicUrl: string; signingSecret: string; prefix: string }

/** The emulator's organs, as its own files see them. */
export type Workspace = {
  readonly state: SlackState
  readonly store: Store
  readonly log: CallLog
  readonly limits: RateLimits
  readonly triggers: TriggerIds
  readonly responseUrls: ResponseUrls
  readonly faults: FaultBoard
  readonly events: EventSender
  readonly addresses: Addresses
  readonly scopes: Set<string>
  /** event types the app has subscribed to; undefined = all */
  readonly subscriptions: ReadonlySet<string> | undefined
  readonly now: () => Date
  readonly monotonic: () => number
  /** option lists last shown to somebody: `${userId} ${surface} ${actionId}` */
  readonly suggested: Map<string, unknown>
}
