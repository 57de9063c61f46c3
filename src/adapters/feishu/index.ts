import type { FastifyInstance } from 'fastify'
import type { Messenger } from '../../delivery/messenger.js'
import type { Answer, InboundClick, InboundEvent } from '../../intake/inbound.js'
import { createInFlight } from '../../lib/in-flight.js'
import type { Logger } from '../../lib/logger.js'
import { createAnswers } from './answers.js'
import { createMessenger, type Store } from './client.js'
import { createHandler } from './handle.js'
import { createHearing } from './hearing.js'
import { CALL_TIMEOUT_MS } from './http.js'
import { createIdentity } from './identity.js'
import { answeringAt, larkLinks, openingAt } from './lark.js'
import { createListeners } from './listeners.js'
import { createLongConnection } from './long-connection.js'
import { createOpenApi, FEISHU_DOMAIN } from './open-api.js'
import { createRecalls } from './recalls.js'
import { registerReceiver } from './receiver.js'

export interface FeishuOptions {
  appId: string
  appSecret: string
  /** For webhooks one of the two at least; the key encrypts and signs, the token is compared. */
  encryptKey?: string
  verificationToken?: string
  /** Base URL of the open platform: Feishu's when absent, `https://open.larksuite.com` for Lark. */
  domain?: string
  mode: 'webhook' | 'websocket'
  logger: Logger
  now: () => Date
  /** What must outlast the process. */
  store: Store
  intake: {
    /** Resolves when the events are durable; rejects when they cannot be made so. */
    accept(events: InboundEvent[]): Promise<void>
    click(click: InboundClick): Promise<Answer>
  }
  /** Told of every request that is refused, for a counter: the reason, never the request. */
  onRefused?: (reason: string) => void
  /** How long we wait, in milliseconds; a click must be answered within Feishu's three seconds. */
  patience?: Partial<Patience>
}
interface Patience {
  /** For an event to be durable; then it is refused, and Feishu sends it again. */
  eventMs: number
  /** For the answer to a click; then the click is answered, and the answer follows. */
  clickMs: number
  /** For an answer to a click by whatever means. */
  lastResortMs: number
  /** For a call of ours to Feishu. */
  callMs: number
}
const PATIENCE: Patience = { eventMs: 2400, clickMs: 2000, lastResortMs: 2700, callMs: CALL_TIMEOUT_MS }
const DRAIN_MS = 10_000

export interface FeishuAdapter {
  messenger: Messenger
  /** Mounts `POST /feishu/events`, unless events come through the long connection. Call it before the server listens. */
  register(fastify: FastifyInstance): void
  /** Never waits for Feishu and never fails because of it. */
  start(): Promise<void>
  /** Resolves when what is under way is done, after ten seconds at the latest. */
  stop(): Promise<void>
}

/** Feishu, both ways: signed HTTP or the long connection in, the open platform out. */
export function createFeishuAdapter(options: FeishuOptions): FeishuAdapter {
  const { appId, appSecret, mode, now, intake, store } = options
  const encryptKey = options.encryptKey || undefined
  const verificationToken = options.verificationToken || undefined
  if (mode === 'webhook' && encryptKey === undefined && verificationToken === undefined)
    throw new Error('without an encrypt key and a verification token everybody would be let in')
  const logger = options.logger.child({ messenger: 'feishu' })
  const patience = { ...PATIENCE, ...options.patience }
  const domain = (options.domain ?? FEISHU_DOMAIN).replace(/\/+$/, '')
  const { callMs } = patience
  const api = createOpenApi({ appId, appSecret, domain, callMs })
  const inFlight = createInFlight()
  const { track } = inFlight
  const identity = createIdentity(api, logger)
  const hearing = createHearing(api, logger)
  // Whatever these throw at once becomes a rejection.
  const click = async (it: InboundClick): Promise<Answer> => intake.click(it)
  const accept = async (events: InboundEvent[]): Promise<void> => intake.accept(events)
  const origin = larkLinks(domain)
  const plain = createAnswers({ api, logger })
  const answers = origin === undefined ? plain : answeringAt(plain, origin)
  const { clickMs, lastResortMs } = patience
  const listeners = createListeners({
    click,
    answers,
    logger,
    now,
    track,
    patienceMs: clickMs,
    lastResortMs,
  })
  const handle = createHandler({
    accept,
    identity,
    recalls: createRecalls(api),
    listeners,
    now,
    logger,
    track,
    eventPatienceMs: patience.eventMs,
  })
  const line =
    mode === 'websocket'
      ? createLongConnection({ appId, appSecret, domain, handle, logger, callMs })
      : undefined
  const messenger = createMessenger({ api, logger, hearsThreads: hearing.threads, store })
  return {
    messenger: origin === undefined ? messenger : openingAt(messenger, origin),
    register(fastify) {
      if (mode !== 'webhook') return
      const onRefused = options.onRefused ?? (() => undefined)
      registerReceiver(fastify, { appId, encryptKey, verificationToken, handle, now, logger, onRefused })
    },
    async start() {
      identity.start()
      hearing.start()
      line?.start()
    },
    async stop() {
      identity.stop()
      line?.stop()
      await hearing.stop()
      await inFlight.drained(DRAIN_MS)
    },
  }
}
