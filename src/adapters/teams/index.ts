import type { FastifyInstance } from 'fastify'
import type { Messenger } from '../../delivery/messenger.js'
import type { Answer, InboundClick, InboundEvent } from '../../intake/inbound.js'
import { createInFlight } from '../../lib/in-flight.js'
import type { Logger } from '../../lib/logger.js'
import { monotonicMs } from '../../lib/now.js'
import { sendDirect } from './answers.js'
import { createMessenger } from './client.js'
import { createConnectors } from './connector.js'
import { createConsents } from './consents.js'
import { CALL_TIMEOUT_MS } from './limits.js'
import { createListeners } from './listeners.js'
import { createPlaces, type Store } from './places.js'
import { createReceiver } from './receiver.js'
import { createTokens } from './token.js'
import { allowedAddresses, createVerifier, storageAddresses, type TeamsAuth } from './verify.js'

export interface TeamsOptions {
  /** `anonymous`: for Microsoft's test client on this machine; nobody's identity is checked. */
  auth: TeamsAuth
  /** Further addresses of the service. The first is where messages go before the service has named another. */
  serviceUrls?: string[]
  /** Stand-ins for the OpenID metadata of the Bot Connector, and for `https://login.microsoftonline.com`. */
  openIdMetadataUrl?: string
  loginUrl?: string
  /** False: only what mentions us arrives from channels, and cards say so. */
  hearsThreads?: boolean
  /** Keeps where people and conversations are, and what files they were offered. */
  store: Store
  /** The bytes of a file of the desk, when somebody takes it. Absent: files are only named. */
  fileBytes?: (id: string) => Promise<Buffer | undefined>
  logger: Logger
  now: () => Date
  intake: {
    /** Resolves when the events are durable; rejects when they cannot be made so. */
    accept(events: InboundEvent[]): Promise<void>
    click(click: InboundClick): Promise<Answer>
  }
  /** Told of every request that is refused, for a counter: the reason, never the request. */
  onRefused?: (reason: string) => void
  /** How long we wait, in milliseconds; Teams gives up after 10 to 15 seconds. */
  patience?: Partial<Patience>
}
interface Patience {
  /** For an event to be durable; then it is refused, and Teams sends it again. */
  eventMs: number
  /** For the answer to a click; then the person is told so, and the answer follows in their chat. */
  clickMs: number
  /** For a call of ours to Teams. */
  callMs: number
}
const PATIENCE: Patience = { eventMs: 8000, clickMs: 7000, callMs: CALL_TIMEOUT_MS }
const DRAIN_MS = 10_000
/** Where Microsoft's service is for most of the world, until an activity names another. */
const PUBLIC_SERVICE = 'https://smba.trafficmanager.net/teams/'

export interface TeamsAdapter {
  messenger: Messenger
  /** Mounts `POST /teams/messages`. Call it before the server listens. */
  register(fastify: FastifyInstance): void
  /** Never waits for Teams and never fails because of it. */
  start(): Promise<void>
  /** Resolves when what is under way is done, after ten seconds at the latest. */
  stop(): Promise<void>
}

/** Microsoft Teams, both ways: the Bot Connector's activities in, its REST interface out. */
export function createTeamsAdapter(options: TeamsOptions): TeamsAdapter {
  const { auth, serviceUrls = [], openIdMetadataUrl, loginUrl, store, now, intake } = options
  if (auth.kind === 'app' && [auth.appId, auth.appPassword, auth.tenantId].includes('')) {
    throw new Error('an empty app id would let everybody in')
  }
  const logger = options.logger.child({ messenger: 'teams' })
  const patience = { ...PATIENCE, ...options.patience }
  const inFlight = createInFlight()
  const defaultServiceUrl = serviceUrls[0] ?? PUBLIC_SERVICE
  const places = createPlaces({
    store,
    logger,
    tenantId: auth.kind === 'app' ? auth.tenantId : undefined,
    botId: auth.kind === 'app' ? `28:${auth.appId}` : undefined,
    defaultServiceUrl,
  })
  const tokens = createTokens(auth, loginUrl, monotonicMs, patience.callMs)
  const connectorAt = createConnectors(tokens, patience.callMs)
  // Fails here and now, and not with the first message, should the SDK have changed inside.
  connectorAt(defaultServiceUrl)
  const { messenger, ...said } = createMessenger({
    connectorAt,
    places,
    store,
    offersFiles: options.fileBytes !== undefined,
    hearsThreads: options.hearsThreads ?? true,
    tokens,
    isService: allowedAddresses(serviceUrls),
    logger,
  })
  const consents = createConsents({
    ...said,
    store,
    fileBytes: options.fileBytes ?? (async () => undefined),
    isStorage: storageAddresses(serviceUrls),
    later: (work) => void inFlight.track(work),
    logger,
    patienceMs: patience.clickMs,
  })
  const listeners = createListeners({
    // Whatever it throws at once becomes a rejection.
    click: async (it) => intake.click(it),
    viewersOf: places.viewersOf,
    sendDirect: (card, where) => sendDirect(messenger, card, where, logger),
    later: (work) => void inFlight.track(work),
    logger,
    patienceMs: patience.clickMs,
  })
  const register = createReceiver({
    verifier: createVerifier({
      auth,
      serviceUrls,
      openIdMetadataUrl,
      monotonicMs,
      onStaleKeys: (cause) => logger.warn('the keys of Teams are old, and cannot be read anew', { cause }),
    }),
    accept: async (events) => intake.accept(events),
    listeners,
    consents,
    places,
    inFlight,
    now,
    logger,
    onRefused: options.onRefused ?? (() => undefined),
    eventPatienceMs: patience.eventMs,
  })
  return {
    messenger,
    register,
    start: async () => undefined,
    stop: () => inFlight.drained(DRAIN_MS),
  }
}
