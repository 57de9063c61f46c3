import type { ActivitySender } from './activities-out.js'
import type { Auth } from './auth.js'
import type { CallLog } from './call-log.js'
import type { FaultBoard } from './faults.js'
import type { Store } from './store.js'
import type { Throttle } from './throttle.js'
import type { TeamsState } from './types.js'

/** Where the bot is, and where the bot finds us; may change while running. */
export type Addresses = { requestUrl: string; publicUrl: string; prefix: string }

/** The emulator's organs, as its own files see them. */
export type Tenant = {
  readonly state: TeamsState
  readonly store: Store
  readonly log: CallLog
  readonly throttle: Throttle
  readonly faults: FaultBoard
  readonly auth: Auth
  readonly sender: ActivitySender
  readonly addresses: Addresses
  readonly now: () => Date
  readonly monotonic: () => number
  /** whether the app may read what is said in channels without being mentioned */
  readonly settings: { rsc: boolean; autoRefresh: boolean }
}

/** The address the bot is told to write to; ends in a slash. */
export function serviceUrlOf({ publicUrl, prefix }: Addresses): string {
  return `${publicUrl}${prefix}/`
}
