import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { InboundEvent } from '../../intake/inbound.js'
import { checkpoint } from '../../lib/crash.js'
import { byDeadline } from '../../lib/deadline.js'
import type { InFlight } from '../../lib/in-flight.js'
import { jsonBody, mediaTypeOf } from '../../lib/json-body.js'
import type { Logger } from '../../lib/logger.js'
import { rawRoute } from '../../lib/raw-route.js'
import type { Consents } from './consents.js'
import type { Listeners } from './listeners.js'
import { parseActivity, readActivity } from './parse.js'
import type { Parsed } from './parsed.js'
import type { Places } from './places.js'
import type { Verdict, Verifier } from './verify.js'
import type { Activity } from './wire.js'

const PATH = '/teams/messages'
const MAX_BODY_BYTES = 1024 * 1024

export interface ReceiverDeps {
  verifier: Verifier
  accept: (events: InboundEvent[]) => Promise<void>
  listeners: Listeners
  consents: Consents
  places: Places
  inFlight: InFlight
  now: () => Date
  logger: Logger
  /** Told of each refused request, for a counter. */
  onRefused: (reason: string) => void
  /** How long an event may take to be durable before it is refused, so that Teams sends it again. */
  eventPatienceMs: number
}

/**
 * Teams' requests on our own server. The SDK's adapter is not asked to process them: it runs the whole turn before it
 * answers, tells strangers what was wrong with their token, and answers 500 to some of the forged ones.
 */
export function createReceiver(deps: ReceiverDeps): (fastify: FastifyInstance) => void {
  const { verifier, listeners, consents, places, inFlight, now, logger, onRefused } = deps

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { authorization } = request.headers
    const isJson = mediaTypeOf(request.headers['content-type']) === 'application/json'
    const body = isJson ? jsonBody(rawBody) : ({ kind: 'malformed', reason: 'media_type' } as const)
    if (body.kind === 'malformed') {
      const verdict = await verifier.token(authorization)
      if (!verdict.ok) return refuse(verdict, reply)
      return malformed(body.reason, reply)
    }
    const verdict = await verifier.activity(authorization, body.value)
    if (!verdict.ok) return refuse(verdict, reply)
    const activity = readActivity(body.value)
    if (activity === undefined) return malformed('not_an_activity', reply)
    return onActivity(activity, reply)
  }

  function refuse(verdict: Extract<Verdict, { ok: false }>, reply: FastifyReply): FastifyReply {
    onRefused(verdict.reason)
    if (verdict.isOurs === true) logger.error('the keys of Teams cannot be fetched', {})
    else logger.warn('teams request refused', { reason: verdict.reason })
    return reply.code(verdict.isOurs === true ? 503 : 401).send()
  }

  function malformed(reason: string, reply: FastifyReply): FastifyReply {
    onRefused(reason)
    logger.warn('teams request cannot be read', { reason })
    return reply.code(400).send()
  }

  async function onActivity(activity: Activity, reply: FastifyReply): Promise<unknown> {
    const remembered = inFlight.track(places.remember(activity))
    const parsed = await read(activity)
    switch (parsed.kind) {
      case 'events':
        return onEvents(parsed.events, remembered, reply)
      case 'action':
        return answer(await inFlight.track(listeners.onAction(parsed)), reply)
      case 'submit':
        return answer(await inFlight.track(listeners.onSubmit(parsed)), reply)
      case 'consent':
        // 403: nothing else would tell them; a consent has no answer that is shown
        return reply.code((await inFlight.track(consents.answer(parsed))) ? 200 : 403).send()
      case 'unreadable':
        return answer(listeners.onUnreadable(parsed), reply)
      case 'unsupported':
        logger.debug('teams activity passed over', { what: parsed.what })
        // An invoke that nobody answers shows an error; 501 says that there is nothing of the kind.
        return reply.code(parsed.what.startsWith('invoke:') ? 501 : 200).send()
      default:
        return parsed satisfies never
    }
  }

  async function read(activity: Activity): Promise<Parsed> {
    const mris = activity.entities.map(({ mentioned }) => mentioned.id)
    // without its names a mention is words: better than no message
    const aadOf = await places.aadOf(mris).catch(() => new Map<string, string>())
    return parseActivity(activity, { aadOf, at: now() })
  }

  async function onEvents(
    events: InboundEvent[],
    remembered: Promise<void>,
    reply: FastifyReply,
  ): Promise<unknown> {
    const durable = Promise.all([deps.accept(events), remembered])
    const result = await byDeadline(inFlight.track(durable), deps.eventPatienceMs)
    if (result.kind === 'done') {
      // a listener of the response itself: what was sent has left the process by then
      reply.raw.once('finish', () => checkpoint('after_ack'))
      return reply.send()
    }
    const cause = result.kind === 'failed' ? result.error : undefined
    logger.warn('teams activity not taken', { why: result.kind, ...(cause === undefined ? {} : { cause }) })
    return reply.code(503).send()
  }

  function answer(body: unknown, reply: FastifyReply): FastifyReply {
    return body === undefined ? reply.code(200).send() : reply.code(200).send(body)
  }

  return (fastify) => {
    rawRoute(fastify, { path: PATH, maxBytes: MAX_BODY_BYTES, handle, onRefused, logger })
  }
}
