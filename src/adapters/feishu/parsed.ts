import type { InboundEvent } from '../../intake/inbound.js'

export const PLATFORM = 'feishu'

/** What Feishu told us about ourselves, as far as it is known yet. */
export interface Self {
  botOpenId?: string
}

/** What surrounds an event: who we are, whose organisation it is, how Feishu names the delivery. */
export interface EventContext {
  tenant: string
  eventId: string
  at: Date
  botOpenId: string | undefined
}

/** A message was taken back; Feishu does not say by whom it was written. */
export interface Recall {
  messageId: string
  chatId: string
}

export type ParsedEvent =
  | { kind: 'events'; eventId: string; events: InboundEvent[] }
  | { kind: 'recall'; eventId: string; recall: Recall; at: Date; tenant: string }
  /** Somebody chose an entry of the bot's menu. */
  | { kind: 'menu'; eventId: string; userId: string; entry: string; at: Date; tenant: string }
  /** It may mention us, and we do not know yet who we are. */
  | { kind: 'who_are_we'; eventId: string }
  /** Nothing we act on, or nothing we can read: acknowledged, because a repetition would not help. */
  | { kind: 'unsupported'; what: string; eventId?: string }

export function unsupported(what: string): { kind: 'unsupported'; what: string } {
  return { kind: 'unsupported', what }
}

/** The conversation of a person with the bot. Feishu's own id for it is known only once both have spoken there. */
export function directWith(openId: string): string {
  return `${DIRECT}${openId}`
}

/** Whom a direct conversation is with; undefined for a group. */
export function personIn(conversation: string): string | undefined {
  return conversation.startsWith(DIRECT) ? conversation.slice(DIRECT.length) : undefined
}

const DIRECT = 'open_id:'
