import type { InboundEvent } from '../../intake/inbound.js'

/** What the workspace told us about ourselves, as far as it is known yet. */
export interface Self {
  botUserId?: string
  botId?: string
}

/** What surrounds an event: who we are, whose workspace it is, how Slack names the delivery. */
export interface EventContext {
  tenant: string
  eventId: string
  at: Date
  botUserId: string | undefined
}

export type ParsedEvent =
  | { kind: 'events'; eventId: string; events: InboundEvent[] }
  | { kind: 'challenge'; challenge: string }
  /** Nothing we act on, or nothing we can read: acknowledged, because a repetition would not help. */
  | { kind: 'unsupported'; what: string; eventId?: string }

export function unsupported(what: string): { kind: 'unsupported'; what: string } {
  return { kind: 'unsupported', what }
}
