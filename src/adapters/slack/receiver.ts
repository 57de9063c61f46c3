import type { AckFn, App, Receiver } from '@slack/bolt'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { InboundEvent } from '../../intake/inbound.js'
import { checkpoint } from '../../lib/crash.js'
import { byDeadline } from '../../lib/deadline.js'
import { createInFlight } from '../../lib/in-flight.js'
import type { Logger } from '../../lib/logger.js'
import { rawRoute } from '../../lib/raw-route.js'
import { decodeBody } from './body.js'
import { parseEvent } from './parse.js'
import type { Self } from './parsed.js'
import { type Verdict, verifyRequest } from './verify.js'

const PATH = '/slack/events'
const MAX_BODY_BYTES = 1024 * 1024
const DRAIN_MS = 10_000

export interface ReceiverDeps {
  signingSecret: string
  accept: (events: InboundEvent[]) => Promise<void>
  self: () => Self
  now: () => Date
  logger: Logger
  /** Told of each refused request, for a counter. */
  onRefused: (reason: string) => void
  /** How long an event may take to be durable before it is refused, so that Slack sends it again. */
  eventPatienceMs: number
  /** When an interaction that nobody answered is acknowledged all the same. */
  lastResortMs: number
}
export interface SlackReceiver extends Receiver {
  register(fastify: FastifyInstance): void
}

/**
 * Bolt's receiver on our own server, with the promise that Bolt's does not make: an event is durable before it is
 * acknowledged. Interactions go through Bolt. Events do not: Bolt has no listener for them, acknowledges them itself, and
 * would add some 27 µs of CPU to the 18 µs that checking and parsing one take (measured on two shared cores).
 */
export function createReceiver(deps: ReceiverDeps): SlackReceiver {
  const { logger, onRefused } = deps
  const inFlight = createInFlight()
  let app: App | undefined

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const verdict = verdictOn(request, rawBody)
    if (!verdict.ok) {
      onRefused(verdict.reason)
      return reply.code(401).send()
    }
    const body = decodeBody(rawBody, request.headers['content-type'])
    if (body.kind === 'malformed') {
      onRefused(body.reason)
      logger.warn('slack request cannot be read', { reason: body.reason })
      // A repetition would be no better.
      return reply.code(400).header('x-slack-no-retry', '1').send()
    }
    return body.kind === 'json' ? onEvent(body.value, reply) : onInteraction(body.value, reply)
  }

  function verdictOn({ headers }: FastifyRequest, rawBody: Buffer): Verdict {
    const timestamp = one(headers['x-slack-request-timestamp'])
    const signature = one(headers['x-slack-signature'])
    return verifyRequest({ rawBody, timestamp, signature }, deps.signingSecret, deps.now())
  }

  async function onEvent(body: unknown, reply: FastifyReply): Promise<unknown> {
    const parsed = parseEvent(body, deps.self())
    if (parsed.kind === 'challenge') return reply.send({ challenge: parsed.challenge })
    const { kind, eventId } = parsed
    if (kind === 'unsupported') {
      const log =
        parsed.what.startsWith('unreadable') || parsed.what === 'envelope' ? logger.warn : logger.debug
      log.call(logger, 'slack event passed over', { what: parsed.what, eventId })
      return reply.send()
    }
    const result = await byDeadline(inFlight.track(deps.accept(parsed.events)), deps.eventPatienceMs)
    if (result.kind === 'done') {
      // a listener of the response itself: what was sent has left the process by then
      reply.raw.once('finish', () => checkpoint('after_ack'))
      return reply.send()
    }
    const cause = result.kind === 'failed' ? result.error : undefined
    logger.warn('slack event not taken', {
      eventId,
      why: result.kind,
      ...(cause === undefined ? {} : { cause }),
    })
    return reply.code(503).send()
  }

  async function onInteraction(body: unknown, reply: FastifyReply): Promise<unknown> {
    let isAcked = false
    const ack: AckFn<unknown> = async (response) => {
      if (isAcked) return
      isAcked = true
      // An empty object is shown as an error by some clients; nothing at all is what Slack wants.
      await reply.send(response === '' ? undefined : response)
    }
    const alarm = setTimeout(() => {
      if (!isAcked) logger.warn('an interaction was acknowledged late', {})
      void ack()
    }, deps.lastResortMs)
    const work = inFlight.track(process(body as Record<string, unknown>, ack))
    void work.finally(() => {
      clearTimeout(alarm)
      void ack()
    })
    return reply
  }

  async function process(body: Record<string, unknown>, ack: AckFn<unknown>): Promise<void> {
    try {
      await app?.processEvent({ body, ack })
    } catch (error) {
      logger.error('an interaction failed', { cause: error })
    }
  }

  return {
    init(bolt) {
      app = bolt
    },
    start: async () => undefined,
    stop: () => inFlight.drained(DRAIN_MS),
    register(fastify) {
      rawRoute(fastify, { path: PATH, maxBytes: MAX_BODY_BYTES, handle, onRefused, logger })
    },
  }
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? undefined : header
}
