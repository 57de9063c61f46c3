import { monotonicMs } from '../../lib/now.js'
import { createCallLog } from './call-log.js'
import { createCardTokens } from './card-tokens.js'
import { createDedupe } from './dedupe.js'
import { createEventSender, type EventSender, RETRY_DELAYS_MS, type Via } from './events-out.js'
import { createFaults, type Faults } from './faults.js'
import { createGestures, type Gestures } from './gestures.js'
import type { ApiCall, Counters, Delivery } from './log-types.js'
import { createLongConnections } from './long-connections.js'
import { pushToWebhook } from './push.js'
import { createRateLimits } from './rate-limits.js'
import { ALL_SCOPES } from './scopes.js'
import { createStore, directChat } from './store.js'
import { createTokens } from './tokens.js'
import type { FeishuChange, FeishuSeed, FeishuSnapshot, FeishuState, UserView } from './types.js'
import { userView } from './user-view.js'
import { verifyRequestUrl } from './verify-request-url.js'
import type { Addresses, Workspace } from './workspace.js'

export type FeishuOptions = {
  seed: FeishuSeed
  /** where events and card callbacks go */
  requestUrl: string
  /** origin under which the app reaches this emulator, without a path */
  publicUrl: string
  /** the program's time */
  now: () => Date
  snapshot?: FeishuSnapshot
  /** people whose chat with the bot is there, though they have not opened it yet */
  directChats?: readonly string[]
  /** what the app is granted; everything when absent */
  scopes?: readonly string[]
  /** how events reach the app; `webhook` when absent */
  via?: Via
  /** false for benchmarks */
  rateLimits?: boolean
  /** real milliseconds before the 1st to 4th retry of an event */
  retryDelaysMs?: readonly number[]
  /** a clock that only rises, in milliseconds; for tests of limits */
  monotonic?: () => number
  /** a long connection's event is cut into frames of so many bytes */
  fragmentBytes?: number
}

export type FeishuEmulator = {
  readonly state: FeishuState
  readonly gestures: Gestures
  readonly faults: Faults
  readonly calls: readonly ApiCall[]
  readonly deliveries: readonly Delivery[]
  readonly counters: Counters
  /** how many clients keep a long connection */
  readonly connections: number
  /** What one person's client shows, of each conversation the newest `most` messages. Throws ClientRefusal. */
  view(userId: string, most?: number): UserView
  onChange(listener: (change: FeishuChange) => void): () => void
  changesSince(version: number): { version: number; changes: FeishuChange[]; lost: boolean }
  /** Everything it holds; the bytes of files only when they are asked for. */
  snapshot(how?: { files: boolean }): FeishuSnapshot
  /** Moves the app, or this emulator, to another address while running. */
  configure(change: Partial<Omit<Addresses, 'prefix'>>): void
  setRateLimits(enabled: boolean): void
  setScopes(scopes: readonly string[]): void
  /** Sends the url_verification challenge. Returns whether the app echoed it. */
  verifyRequestUrl(): Promise<boolean>
  fileBytes(fileKey: string): Buffer | undefined
  resetLog(): void
  /** Resolves when every event has been acknowledged or given up. */
  idle(): Promise<void>
  /** Calls back when the emulator is closed. Returns how to take that back. */
  onClose(listener: () => void): () => void
  /** Stops sending; pending retries are dropped, long connections cut. */
  close(): void
}

const workspaces = new WeakMap<FeishuEmulator, Workspace>()

/** The organs behind an emulator; for the files of this folder only. */
export function workspaceOf(emulator: FeishuEmulator): Workspace {
  const ws = workspaces.get(emulator)
  if (!ws) throw new TypeError('not an emulator of this module')
  return ws
}

/** A Feishu tenant with one self-built app, in memory. */
export function createFeishuPlatform(options: FeishuOptions): FeishuEmulator {
  const ws = createWorkspace(options)
  const { store, log, addresses, events } = ws
  for (const openId of options.directChats ?? []) directChat(store, openId)
  const closing = new Set<() => void>()
  const emulator: FeishuEmulator = {
    state: store.state,
    gestures: createGestures(ws),
    faults: ws.faults,
    calls: log.calls,
    deliveries: log.deliveries,
    counters: log.counters,
    get connections() {
      return ws.connections.size
    },
    view: (userId, most) => userView(ws, userId, most),
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
    verifyRequestUrl: () => verifyRequestUrl(ws),
    fileBytes: (fileKey) => store.bytes.get(fileKey),
    resetLog: log.reset,
    idle: events.idle,
    onClose: (listener) => {
      closing.add(listener)
      return () => closing.delete(listener)
    },
    close: () => {
      events.close()
      ws.connections.disconnect()
      for (const listener of [...closing]) listener()
    },
  }
  workspaces.set(emulator, ws)
  return emulator
}

function createWorkspace(options: FeishuOptions): Workspace {
  const { seed, now } = options
  const monotonic = options.monotonic ?? monotonicMs
  const store = createStore(seed, now, options.snapshot)
  const log = createCallLog()
  const tokens = createTokens(now)
  const addresses: Addresses = {
    requestUrl: options.requestUrl,
    publicUrl: options.publicUrl,
    prefix: '/feishu',
    via: options.via ?? 'webhook',
  }
  const connections = createLongConnections({
    monotonic,
    fragmentBytes: options.fragmentBytes ?? 64 * 1024,
    onChange: (detail) => store.changed({ kind: 'connection', detail }),
  })
  const faults = createFaults({
    monotonic,
    repeatLast: (how) => events.repeatLast(how),
    disconnect: connections.disconnect,
    revokeTokens: tokens.revokeAll,
    onFault: (detail) => store.changed({ kind: 'fault', detail }),
  })
  const events: EventSender = createEventSender({
    tenantKey: seed.tenantKey,
    appId: seed.app.id,
    verificationToken: seed.app.verificationToken,
    now,
    retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    faults: () => faults,
    via: () => addresses.via,
    push: (text) =>
      addresses.via === 'websocket'
        ? connections.push(text)
        : pushToWebhook(text, {
            requestUrl: addresses.requestUrl,
            encryptKey: seed.app.encryptKey ?? '',
            now,
          }),
    onDelivery: (delivery) => {
      log.delivery(delivery)
      store.changed({ kind: 'delivery', detail: `${delivery.type} ${delivery.outcome}` })
    },
  })
  return {
    state: store.state,
    store,
    log,
    limits: createRateLimits(monotonic, options.rateLimits ?? true),
    tokens,
    cardTokens: createCardTokens(now),
    dedupe: createDedupe(now),
    faults,
    events,
    connections,
    app: seed.app,
    addresses,
    scopes: new Set(options.scopes ?? ALL_SCOPES),
    now,
    monotonic,
  }
}
