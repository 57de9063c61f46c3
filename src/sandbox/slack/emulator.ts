import { monotonicMs } from '../../lib/now.js'
import { createCallLog } from './call-log.js'
import { createEventSender, type EventSender, RETRY_DELAYS_MS } from './events-out.js'
import { createFaults, type Faults } from './faults.js'
import { createGestures, type Gestures } from './gestures.js'
import type { ApiCall, Counters, Delivery } from './log-types.js'
import { createRateLimits } from './rate-limits.js'
import { createResponseUrls } from './response-urls.js'
import { createStore, userOf } from './store.js'
import { createTriggerIds } from './trigger-ids.js'
import type { SlackChange, SlackSeed, SlackSnapshot, SlackState, UserView } from './types.js'
import { userView } from './user-view.js'
import type { Addresses, Workspace } from './workspace.js'

/** What a bot with every scope the emulated methods ask for is granted. */
export const ALL_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'chat:write.customize',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'users:read',
  'users:read.email',
]

export type SlackOptions = {
  seed: SlackSeed
  signingSecret: string
  /** where events and interactions go */
  requestUrl: string
  /** origin under which the app reaches this emulator, without a path: for uploads, files and response URLs */
  publicUrl: string
  /** the program's time */
  now: () => Date
  snapshot?: SlackSnapshot
  scopes?: readonly string[]
  /** e.g. `message.im`, `app_mention`; all when absent */
  subscriptions?: readonly string[]
  /** false for benchmarks */
  rateLimits?: boolean
  /** real milliseconds before the 1st, 2nd and 3rd retry of an event */
  retryDelaysMs?: readonly number[]
  /** a clock that only rises, in milliseconds; for tests of limits and expiry */
  monotonic?: () => number
}

export type SlackEmulator = {
  readonly state: SlackState
  readonly gestures: Gestures
  readonly faults: Faults
  readonly calls: readonly ApiCall[]
  readonly deliveries: readonly Delivery[]
  readonly counters: Counters
  /** What one person's client shows. Throws `user_not_found`. */
  view(userId: string): UserView
  onChange(listener: (change: SlackChange) => void): () => void
  changesSince(version: number): { version: number; changes: SlackChange[]; lost: boolean }
  snapshot(): SlackSnapshot
  /** Moves the app, or this emulator, to another address or secret while running. */
  configure(change: Partial<Omit<Addresses, 'prefix'>>): void
  setRateLimits(enabled: boolean): void
  setScopes(scopes: readonly string[]): void
  /** Sends the url_verification challenge. Returns whether the app echoed it. */
  verifyRequestUrl(): Promise<boolean>
  fileBytes(fileId: string): Buffer | undefined
  resetLog(): void
  /** Resolves when every event has been acknowledged or given up. */
  idle(): Promise<void>
  /** Calls back when the emulator is closed. Returns how to take that back. */
  onClose(listener: () => void): () => void
  /** Stops sending; pending retries are dropped. */
  close(): void
}

const workspaces = new WeakMap<SlackEmulator, Workspace>()

/** The organs behind an emulator; for the files of this folder only. */
export function workspaceOf(emulator: SlackEmulator): Workspace {
  const ws = workspaces.get(emulator)
  if (!ws) throw new TypeError('not an emulator of this module')
  return ws
}

/** A Slack workspace with one installed app, in memory. */
export function createSlackWorkspace(options: SlackOptions): SlackEmulator {
  const { seed, now } = options
  const monotonic = options.monotonic ?? monotonicMs
  const store = createStore(seed, now, options.snapshot)
  const log = createCallLog()
  const addresses: Addresses = {
    requestUrl: options.requestUrl,
    publicUrl: options.publicUrl,
    signingSecret: options.signingSecret,
    prefix: '/slack/api',
  }
  const faults = createFaults({
    monotonic,
    repeatLast: (how) => events.repeatLast(how),
    onFault: (detail) => store.changed({ kind: 'fault', detail }),
  })
  const events: EventSender = createEventSender({
    team: seed.team,
    bot: seed.bot,
    target: () => addresses,
    now,
    retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    faults: () => faults,
    onDelivery: (delivery) => {
      log.delivery(delivery)
      store.changed({ kind: 'delivery', detail: `${delivery.type} ${delivery.outcome}` })
    },
  })
  const closing = new Set<() => void>()
  const ws: Workspace = {
    state: store.state,
    store,
    log,
    limits: createRateLimits(monotonic, options.rateLimits ?? true),
    triggers: createTriggerIds(monotonic),
    responseUrls: createResponseUrls(now),
    faults,
    events,
    addresses,
    scopes: new Set(options.scopes ?? ALL_SCOPES),
    subscriptions: options.subscriptions ? new Set(options.subscriptions) : undefined,
    now,
    monotonic,
    suggested: new Map(),
  }
  const emulator: SlackEmulator = {
    state: store.state,
    gestures: createGestures(ws),
    faults,
    calls: log.calls,
    deliveries: log.deliveries,
    counters: log.counters,
    view: (userId) => userView(ws, userOf(store.state, userId)),
    onChange: store.onChange,
    changesSince: store.changesSince,
    snapshot: store.snapshot,
    configure: (change) => {
      Object.assign(addresses, change)
    },
    setRateLimits: (enabled) => {
      ws.limits.enabled = enabled
      ws.limits.reset()
    },
    setScopes: (scopes) => {
      ws.scopes.clear()
      for (const scope of scopes) ws.scopes.add(scope)
    },
    verifyRequestUrl: () => events.challenge(),
    fileBytes: (fileId) => store.bytes.get(fileId),
    resetLog: log.reset,
    idle: events.idle,
    onClose: (listener) => {
      closing.add(listener)
      return () => closing.delete(listener)
    },
    close: () => {
      events.close()
      for (const listener of [...closing]) listener()
    },
  }
  workspaces.set(emulator, ws)
  return emulator
}
