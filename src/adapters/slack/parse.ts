import type { z } from 'zod'
import { parseChanged, parseDeleted, parseMention, parseMessage } from './parse-message.js'
import { type EventContext, type ParsedEvent, type Self, unsupported } from './parsed.js'
import { CHALLENGE, ENVELOPE, type Envelope, HOME_OPENED_EVENT, USER_CHANGE_EVENT } from './wire.js'

/** What one verified Events API body means. Never throws; what is not known is `unsupported`. */
export function parseEvent(body: unknown, self: Self): ParsedEvent {
  const challenge = CHALLENGE.safeParse(body)
  if (challenge.success) return { kind: 'challenge', challenge: challenge.data.challenge }
  const envelope = ENVELOPE.safeParse(body)
  if (!envelope.success) return unsupported('envelope')
  const context = contextOf(envelope.data, self)
  if (context === undefined) return { ...unsupported('no_tenant'), eventId: envelope.data.event_id }
  const parsed = parseInner(envelope.data.event, context)
  return parsed.kind === 'unsupported' ? { ...parsed, eventId: context.eventId } : parsed
}

function contextOf(envelope: Envelope, self: Self): EventContext | undefined {
  const tenant = envelope.team_id ?? envelope.context_team_id
  if (!tenant) return undefined
  // The envelope names our own bot user, so a boot without an answer to auth.test recognises itself all the same.
  const authorized = envelope.authorizations?.find((entry) => entry.is_bot === true)?.user_id
  return {
    tenant,
    eventId: envelope.event_id,
    at: new Date((envelope.event_time ?? 0) * 1000),
    botUserId: self.botUserId ?? authorized ?? undefined,
  }
}

function parseInner(event: Envelope['event'], context: EventContext): ParsedEvent {
  switch (event.type) {
    case 'app_mention':
      return parseMention(event, context)
    case 'message':
      return parseMessageKind(event, context)
    case 'app_home_opened':
      // the same event tells of the messages tab, where there is nothing to draw
      if (HOME_OPENED_EVENT.safeParse(event).data?.tab === 'messages') return unsupported('home:messages')
      return presence(HOME_OPENED_EVENT, event, context, 'home_opened', (e) => e.user)
    case 'user_change':
    case 'user_profile_changed':
      return presence(USER_CHANGE_EVENT, event, context, 'profile_changed', (e) => e.user.id)
    default:
      return unsupported(`event:${event.type}`)
  }
}

function parseMessageKind(event: Envelope['event'], context: EventContext): ParsedEvent {
  switch (event.subtype) {
    case undefined:
    case 'file_share':
    case 'thread_broadcast':
      return parseMessage(event, context)
    case 'message_changed':
      return parseChanged(event, context)
    case 'message_deleted':
      return parseDeleted(event, context)
    default:
      return unsupported(`message:${String(event.subtype)}`)
  }
}

function presence<T>(
  schema: z.ZodType<T>,
  event: unknown,
  context: EventContext,
  what: 'profile_changed' | 'home_opened',
  userIdOf: (event: T) => string,
): ParsedEvent {
  const read = schema.safeParse(event)
  if (!read.success) return unsupported(`unreadable:${what}`)
  const { tenant, at, eventId } = context
  const userId = userIdOf(read.data)
  const keys = [`event:${eventId}`]
  return {
    kind: 'events',
    eventId,
    events: [{ kind: 'presence', platform: 'slack', tenant, userId, at, keys, what }],
  }
}
