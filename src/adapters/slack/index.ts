import type { FastifyInstance } from 'fastify'
import type { Messenger } from '../../delivery/messenger.js'
import type { Answer, InboundClick, InboundEvent } from '../../intake/inbound.js'
import type { Logger } from '../../lib/logger.js'
import { createAnswers } from './answers.js'
import { createBoltApp } from './bolt-app.js'
import { createMessenger } from './client.js'
import { type AskHome, createHome } from './home.js'
import { createIdentity } from './identity.js'
import { createListeners } from './listeners.js'
import { createReceiver } from './receiver.js'
import { CALL_TIMEOUT_MS, createWebClient } from './web-client.js'

export interface SlackOptions {
  botToken: string
  signingSecret: string
  /** A stand-in for `https://slack.com/api/`. */
  apiUrl?: string
  logger: Logger
  now: () => Date
  intake: {
    /** Resolves when the events are durable; rejects when they cannot be made so. */
    accept(events: InboundEvent[]): Promise<void>
    click(click: InboundClick): Promise<Answer>
    /** What the app's page shows to whoever opened it; without it the page stays as it is. */
    home?: AskHome
  }
  /** Told of every request that is refused, for a counter: the reason, never the request. */
  onRefused?: (reason: string) => void
  /** How long we wait, in milliseconds; an interaction must be acknowledged within Slack's three seconds. */
  patience?: Partial<Patience>
}
interface Patience {
  /** For an event to be durable; then it is refused, and Slack sends it again. */
  eventMs: number
  /** For the answer to a click; then it is acknowledged, and the answer follows. */
  clickMs: number
  /** For an acknowledgement by whatever means. */
  lastResortMs: number
  /** For a call of ours to Slack. */
  callMs: number
}
const DRAIN_MS = 10_000
const PATIENCE: Patience = { eventMs: 2400, clickMs: 2200, lastResortMs: 2800, callMs: CALL_TIMEOUT_MS }

export interface SlackAdapter {
  messenger: Messenger
  /** Mounts `POST /slack/events`. Call it before the server listens. */
  register(fastify: FastifyInstance): void
  /** Never waits for Slack and never fails because of it. */
  start(): Promise<void>
  /** Resolves when what is under way is done, after ten seconds at the latest. */
  stop(): Promise<void>
}

/** Slack, both ways: signed HTTP in, Web API out. */
export function createSlackAdapter(options: SlackOptions): SlackAdapter {
  const { botToken, signingSecret, apiUrl, now, intake } = options
  if (signingSecret === '') throw new Error('an empty signing secret would let everybody in')
  const logger = options.logger.child({ messenger: 'slack' })
  const patience = { ...PATIENCE, ...options.patience }
  const settings = { botToken, logger, callMs: patience.callMs, ...(apiUrl === undefined ? {} : { apiUrl }) }
  const client = createWebClient(settings)
  const identity = createIdentity(client, logger)
  const home = createHome({
    client,
    ask: async (opened) => (await intake.home?.(opened)) ?? { kind: 'nothing' },
    logger,
  })
  const answers = createAnswers({ client, logger, refreshHome: home.refresh })
  // Whatever these throw at once becomes a rejection.
  const click = async (it: InboundClick): Promise<Answer> => intake.click(it)
  const listeners = createListeners({ click, answers, logger, now, patienceMs: patience.clickMs })
  const receiver = createReceiver({
    signingSecret,
    accept: async (events) => {
      await intake.accept(events)
      home.opened(events)
    },
    self: identity.known,
    now,
    logger,
    onRefused: options.onRefused ?? (() => undefined),
    eventPatienceMs: patience.eventMs,
    lastResortMs: patience.lastResortMs,
  })
  createBoltApp(settings, receiver, listeners, identity.known)
  return {
    messenger: createMessenger({ client, botToken, apiUrl, logger }),
    register: receiver.register,
    async start() {
      identity.start()
    },
    async stop() {
      identity.stop()
      await receiver.stop()
      await home.drained(DRAIN_MS)
    },
  }
}
