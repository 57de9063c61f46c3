import type { InboundEvent } from '../../intake/inbound.js'
import { instantOf } from './instant-of.js'
import { parseContent } from './parse-content.js'
import { mentionsBot } from './parse-text.js'
import {
  directWith,
  type EventContext,
  type ParsedEvent,
  PLATFORM,
  type Self,
  unsupported,
} from './parsed.js'
import {
  ENTERED_EVENT,
  type Envelope,
  MENU_EVENT,
  MESSAGE_EVENT,
  RECALLED_EVENT,
  USER_UPDATED_EVENT,
} from './wire.js'

/** What one verified event means. Never throws; what is not known is `unsupported`. */
export function parseEvent({ header, event }: Envelope, self: Self, at: Date): ParsedEvent {
  const eventId = header.event_id
  if (header.tenant_key === undefined) return { ...unsupported('no_tenant'), eventId }
  const context: EventContext = {
    tenant: header.tenant_key,
    eventId,
    at: header.create_time === undefined ? at : instantOf(header.create_time),
    botOpenId: self.botOpenId,
  }
  const parsed = parseInner(header.event_type, event, context)
  return parsed.kind === 'unsupported' ? { ...parsed, eventId } : parsed
}

function parseInner(type: string, event: unknown, context: EventContext): ParsedEvent {
  switch (type) {
    case 'im.message.receive_v1':
      return parseMessage(event, context)
    case 'im.message.recalled_v1':
      return parseRecalled(event, context)
    case 'application.bot.menu_v6':
      return parseMenu(event, context)
    case 'im.chat.access_event.bot_p2p_chat_entered_v1':
      return parseEntered(event, context)
    case 'contact.user.updated_v3':
      return parseUpdated(event, context)
    default:
      return unsupported(`event:${type}`)
  }
}

function parseMessage(event: unknown, context: EventContext): ParsedEvent {
  const read = MESSAGE_EVENT.safeParse(event)
  if (!read.success) return unsupported('unreadable:message')
  const { sender, message } = read.data
  const userId = sender.sender_id?.open_id
  const { tenant, eventId, botOpenId } = context
  if (!userId || (sender.sender_type ?? 'user') !== 'user' || userId === botOpenId)
    return unsupported('message:not_by_a_person')
  // somebody of another company in a shared group is nobody's colleague here
  if (sender.tenant_key !== undefined && sender.tenant_key !== '' && sender.tenant_key !== tenant)
    return unsupported('message:from_outside')
  const isDirect = message.chat_type === 'p2p'
  const mentions = message.mentions ?? []
  if (!isDirect && botOpenId === undefined && mentions.length > 0) return { kind: 'who_are_we', eventId }
  const mentioned = mentionsBot(mentions, botOpenId)
  const thread = message.root_id || undefined
  if (!isDirect && !mentioned && thread === undefined) return unsupported('channel:chatter')
  return one(eventId, {
    kind: 'message',
    platform: PLATFORM,
    tenant,
    userId,
    at: message.create_time === undefined ? context.at : instantOf(message.create_time),
    keys: [`event:${eventId}`, `msg:${tenant}:${message.message_id}`],
    conversation: isDirect
      ? { id: directWith(userId), kind: 'direct' }
      : { id: message.chat_id, kind: 'channel' },
    messageId: message.message_id,
    ...(thread === undefined ? {} : { thread }),
    mentionsBot: mentioned,
    ...parseContent(message, botOpenId),
  })
}

function parseRecalled(event: unknown, { eventId, at, tenant }: EventContext): ParsedEvent {
  const read = RECALLED_EVENT.safeParse(event)
  if (!read.success) return unsupported('unreadable:recalled')
  const { message_id, chat_id, recall_time } = read.data
  const recalledAt = recall_time === undefined ? at : instantOf(recall_time)
  return {
    kind: 'recall',
    eventId,
    tenant,
    at: recalledAt,
    recall: { messageId: message_id, chatId: chat_id },
  }
}

function parseMenu(event: unknown, { eventId, at, tenant }: EventContext): ParsedEvent {
  const read = MENU_EVENT.safeParse(event)
  const userId = read.data?.operator.operator_id.open_id
  if (!read.success || !userId) return unsupported('unreadable:menu')
  return { kind: 'menu', eventId, userId, entry: read.data.event_key, at, tenant }
}

function parseEntered(event: unknown, { eventId, at, tenant }: EventContext): ParsedEvent {
  const userId = ENTERED_EVENT.safeParse(event).data?.operator_id.open_id
  if (!userId) return unsupported('unreadable:entered')
  const from = { platform: PLATFORM, tenant, userId, at, keys: [`event:${eventId}`] }
  return one(eventId, {
    kind: 'presence',
    ...from,
    what: 'chat_opened',
    conversation: directWith(userId),
  })
}

function parseUpdated(event: unknown, { eventId, at, tenant }: EventContext): ParsedEvent {
  const userId = USER_UPDATED_EVENT.safeParse(event).data?.object.open_id
  if (!userId) return unsupported('unreadable:profile')
  const from = { platform: PLATFORM, tenant, userId, at, keys: [`event:${eventId}`] }
  return one(eventId, { kind: 'presence', ...from, what: 'profile_changed' })
}

function one(eventId: string, event: InboundEvent): ParsedEvent {
  return { kind: 'events', eventId, events: [event] }
}
