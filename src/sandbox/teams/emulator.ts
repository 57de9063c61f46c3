import { monotonicMs } from '../../lib/now.js'
import {
  type ActivitySender,
  ANSWER_DEADLINE_MS,
  createActivitySender,
  RETRY_DELAYS_MS,
} from './activities-out.js'
import { createAuth, type TokenChange } from './auth.js'
import { createCallLog } from './call-log.js'
import { createFaults, type Faults } from './faults.js'
import { createGestures, type Gestures } from './gestures.js'
import type { ApiCall, Counters, Delivery } from './log-types.js'
import { createStore } from './store.js'
import { type Addresses, serviceUrlOf, type Tenant } from './tenant.js'
import { createThrottle } from './throttle.js'
import type { TeamsChange, TeamsSeed, TeamsSnapshot, TeamsState, UserView } from './types.js'
import { userView } from './user-view.js'

export type TeamsOptions = {
  seed: TeamsSeed
  /** where activities go: the bot's messaging endpoint */
  requestUrl: string
  /** origin under which the bot reaches this emulator, without a path; serviceUrl = it + prefix + '/' */
  publicUrl: string
  /** the program's time */
  now: () => Date
  snapshot?: TeamsSnapshot
  /** false for benchmarks */
  rateLimits?: boolean
  /** real milliseconds before the 2nd, 3rd and 4th copy of an activity */
  retryDelaysMs?: readonly number[]
  /** real milliseconds that the bot has for an answer; 15 s if absent */
  answerDeadlineMs?: number
  /** a clock that only rises, in milliseconds; for tests of limits */
  monotonic?: () => number
  /** whether ChannelMessage.Read.Group is granted; true if absent */
  rsc?: boolean
  /** whether people named in a card's refresh have their clients open, so that it is refreshed at once; true if absent */
  autoRefresh?: boolean
}

export type TeamsEmulator = {
  readonly state: TeamsState
  readonly gestures: Gestures
  readonly faults: Faults
  readonly calls: readonly ApiCall[]
  readonly deliveries: readonly Delivery[]
  readonly counters: Counters
  /** what stands as serviceUrl in activities */
  readonly serviceUrl: string
  /** What one person's client shows, of each conversation the newest `most` messages; userId = aadObjectId. Throws GestureError `user_not_found`. */
  view(userId: string, most?: number): UserView
  onChange(listener: (change: TeamsChange) => void): () => void
  changesSince(version: number): { version: number; changes: TeamsChange[]; lost: boolean }
  /** Everything it holds; the bytes of files only when they are asked for. */
  snapshot(how?: { files: boolean }): TeamsSnapshot
  /** Moves the bot, or this emulator, to another address while running. */
  configure(change: Partial<Omit<Addresses, 'prefix'>>): void
  setRateLimits(enabled: boolean): void
  /** Grants or takes the permission to read channels without a mention. */
  setRsc(granted: boolean): void
  setAutoRefresh(enabled: boolean): void
  /** A token as the service signs it, or one that is wrong in some way, for tests of the bot's verification. */
  mintToken(change?: TokenChange): Promise<string>
  /** Makes every access token that the bot holds invalid: its next call is answered 401. */
  expireTokens(): void
  fileBytes(fileId: string): Buffer | undefined
  resetLog(): void
  /** Resolves when every activity has been answered or given up. */
  idle(): Promise<void>
  /** Calls back when the emulator is closed. Returns how to take that back. */
  onClose(listener: () => void): () => void
  /** Stops sending; pending copies are dropped. */
  close(): void
}

const tenants = new WeakMap<TeamsEmulator, Tenant>()

/** The organs behind an emulator; for the files of this folder only. */
export function tenantOf(emulator: TeamsEmulator): Tenant {
  const tenant = tenants.get(emulator)
  if (!tenant) throw new TypeError('not an emulator of this module')
  return tenant
}

/** A Microsoft 365 tenant with one bot, in memory. */
export function createTeamsPlatform(options: TeamsOptions): TeamsEmulator {
  const { seed, now } = options
  const monotonic = options.monotonic ?? monotonicMs
  const store = createStore(seed, now, options.snapshot)
  const log = createCallLog()
  const auth = createAuth(seed.bot, options.snapshot?.key)
  const addresses: Addresses = {
    requestUrl: options.requestUrl,
    publicUrl: options.publicUrl,
    prefix: '/teams',
  }
  const faults = createFaults({
    monotonic,
    repeatLast: (how) => sender.repeatLast(how),
    onFault: (detail) => store.changed({ kind: 'fault', detail }),
  })
  const sender: ActivitySender = createActivitySender({
    requestUrl: () => addresses.requestUrl,
    token: () => auth.channelToken(serviceUrlOf(addresses)),
    now,
    retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    answerDeadlineMs: options.answerDeadlineMs ?? ANSWER_DEADLINE_MS,
    faults: () => faults,
    onDelivery: (delivery) => {
      log.delivery(delivery)
      store.changed({ kind: 'delivery', detail: `${delivery.type} ${delivery.outcome}` })
    },
  })
  const closing = new Set<() => void>()
  const tenant: Tenant = {
    state: store.state,
    store,
    log,
    throttle: createThrottle(monotonic, options.rateLimits ?? true),
    faults,
    auth,
    sender,
    addresses,
    now,
    monotonic,
    settings: { rsc: options.rsc ?? true, autoRefresh: options.autoRefresh ?? true },
  }
  const emulator: TeamsEmulator = {
    state: store.state,
    gestures: createGestures(tenant),
    faults,
    calls: log.calls,
    deliveries: log.deliveries,
    counters: log.counters,
    get serviceUrl() {
      return serviceUrlOf(addresses)
    },
    view: (userId, most) => userView(tenant, userId, most),
    onChange: store.onChange,
    changesSince: store.changesSince,
    snapshot: ({ files } = { files: true }) => ({
      state: structuredClone(store.state),
      files: files
        ? Object.fromEntries([...store.bytes].map(([id, bytes]) => [id, bytes.toString('base64')]))
        : {},
      key: auth.key(),
    }),
    configure: (change) => {
      Object.assign(addresses, change)
    },
    setRateLimits: (enabled) => {
      tenant.throttle.enabled = enabled
      tenant.throttle.reset()
    },
    setRsc: (granted) => {
      tenant.settings.rsc = granted
    },
    setAutoRefresh: (enabled) => {
      tenant.settings.autoRefresh = enabled
    },
    mintToken: (change) => auth.channelToken(serviceUrlOf(addresses), change),
    expireTokens: auth.expireTokens,
    fileBytes: (fileId) => store.bytes.get(fileId),
    resetLog: log.reset,
    idle: sender.idle,
    onClose: (listener) => {
      closing.add(listener)
      return () => closing.delete(listener)
    },
    close: () => {
      sender.close()
      for (const listener of [...closing]) listener()
    },
  }
  tenants.set(emulator, tenant)
  return emulator
}
