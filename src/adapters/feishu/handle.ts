import type { InboundEvent } from '../../intake/inbound.js'
import { byDeadline } from '../../lib/deadline.js'
import type { Logger } from '../../lib/logger.js'
import type { CallbackReply } from './callback-reply.js'
import type { Identity } from './identity.js'
import type { Listeners } from './listeners.js'
import { parseEvent } from './parse.js'
import type { ParsedEvent } from './parsed.js'
import type { Recalls } from './recalls.js'
import { ENVELOPE, type Envelope } from './wire.js'

/** What Feishu is told. */
export type Handled =
  /** `stored`: something is durable now because of it. */
  | { kind: 'ok'; body?: CallbackReply; stored?: true }
  /** Send it again. */
  | { kind: 'again' }

export interface HandlerDeps {
  accept: (events: InboundEvent[]) => Promise<void>
  identity: Identity
  recalls: Recalls
  listeners: Listeners
  now: () => Date
  logger: Logger
  track<T>(work: Promise<T>): Promise<T>
  /** How long an event may take to be durable before it is refused, so that Feishu sends it again. */
  eventPatienceMs: number
}

export const CARD_ACTION_TYPE = 'card.action.trigger'

/** One path for what comes by webhook and what comes through the long connection. Never throws. */
export function createHandler(deps: HandlerDeps): (body: unknown) => Promise<Handled> {
  const { logger, now, track } = deps

  /** Makes durable what the event means. */
  async function take(parsed: ParsedEvent): Promise<'stored' | 'passed'> {
    switch (parsed.kind) {
      case 'events':
        await deps.accept(parsed.events)
        deps.recalls.seen(parsed.events)
        return 'stored'
      case 'recall': {
        const deletion = await deps.recalls.deletionOf(parsed)
        if (deletion === undefined) return 'passed'
        await deps.accept([deletion])
        return 'stored'
      }
      case 'menu':
        await deps.listeners.onMenu(parsed)
        return 'passed'
      case 'who_are_we':
        throw new Error('not known yet')
      case 'unsupported':
        return 'passed'
      default:
        return parsed satisfies never
    }
  }

  async function understood(envelope: Envelope): Promise<'stored' | 'passed'> {
    const parsed = parseEvent(envelope, deps.identity.known(), now())
    if (parsed.kind === 'unsupported') {
      const log = /^(unreadable|no_tenant)/.test(parsed.what) ? logger.warn : logger.debug
      log.call(logger, 'feishu event passed over', { what: parsed.what, eventId: parsed.eventId })
    }
    if (parsed.kind !== 'who_are_we') return take(parsed)
    return take(parseEvent(envelope, await deps.identity.ask(), now()))
  }

  return async (body) => {
    const read = ENVELOPE.safeParse(body)
    if (!read.success) {
      logger.warn('feishu event passed over', { what: 'envelope' })
      return { kind: 'ok' }
    }
    const envelope = read.data
    const { event_id: eventId, event_type: type } = envelope.header
    if (type === CARD_ACTION_TYPE) {
      return { kind: 'ok', body: await track(deps.listeners.onCallback(envelope)) }
    }
    const result = await byDeadline(track(understood(envelope)), deps.eventPatienceMs)
    if (result.kind === 'done')
      return result.value === 'stored' ? { kind: 'ok', stored: true } : { kind: 'ok' }
    const cause = result.kind === 'failed' ? { cause: result.error } : {}
    logger.warn('feishu event not taken', { eventId, why: result.kind, ...cause })
    return { kind: 'again' }
  }
}
