import type { InboundEvent, InboundMessage, InConversation } from '../../intake/inbound.js'
import { instantOf } from './instant-of.js'
import { parseFiles } from './parse-files.js'
import { mentions, plainFromWire } from './parse-text.js'
import { type EventContext, type ParsedEvent, unsupported } from './parsed.js'
import { CHANGED_EVENT, DELETED_EVENT, MESSAGE_EVENT, type Previous, type WireMessage } from './wire.js'

const SLACKBOT = 'USLACKBOT'

/** Somebody wrote in a DM, in a thread, or with a mention. Slack tells of a mention twice: here and as `app_mention`. */
export function parseMessage(event: unknown, context: EventContext): ParsedEvent {
  const read = MESSAGE_EVENT.safeParse(event)
  if (!read.success) return unsupported('unreadable:message')
  const mentioned = mentions(read.data.text ?? '', context.botUserId)
  return messageOf(read.data, conversationOf(read.data), mentioned, context)
}

/** Somebody mentioned us in a channel. */
export function parseMention(event: unknown, context: EventContext): ParsedEvent {
  const read = MESSAGE_EVENT.safeParse(event)
  if (!read.success) return unsupported('unreadable:app_mention')
  return messageOf(read.data, conversationOf(read.data), true, context)
}

/** A change of a message: an edit when a person changed its words, a deletion when only its grave is left. */
export function parseChanged(event: unknown, context: EventContext): ParsedEvent {
  const read = CHANGED_EVENT.safeParse(event)
  if (!read.success) return unsupported('unreadable:message_changed')
  const { message, previous_message: previous } = read.data
  const conversation = conversationOf(read.data)
  // A deleted message that has replies stays as a tombstone, and Slack calls that a change.
  if (message.subtype === 'tombstone')
    return deletionOf(message.ts, previous ?? message, conversation, context)
  const userId = message.edited?.user ?? message.user
  if (!userId || byProgram(message, context)) return unsupported('change:not_by_a_person')
  // Unfurled links, reactions and thread counters change messages too, without a new `edited`.
  if (!message.edited || previous?.edited?.ts === message.edited.ts) return unsupported('change:not_an_edit')
  if (previous !== undefined && (previous.text ?? '') === (message.text ?? ''))
    return unsupported('change:same_text')
  if (!concernsUs(conversation, [message, previous ?? {}], context)) return unsupported('channel:chatter')
  const { tenant, eventId } = context
  return one(eventId, {
    kind: 'edit',
    platform: 'slack',
    tenant,
    userId,
    at: instantOf(message.edited.ts),
    keys: [`event:${eventId}`, `edit:${tenant}:${conversation.id}:${message.ts}:${message.edited.ts}`],
    conversation,
    messageId: message.ts,
    ...threadOf(message),
    text: plainFromWire(message.text ?? '', context.botUserId),
  })
}

/** Somebody deleted a message. */
export function parseDeleted(event: unknown, context: EventContext): ParsedEvent {
  const read = DELETED_EVENT.safeParse(event)
  if (!read.success) return unsupported('unreadable:message_deleted')
  return deletionOf(
    read.data.deleted_ts,
    read.data.previous_message ?? {},
    conversationOf(read.data),
    context,
  )
}

function deletionOf(
  messageId: string,
  previous: Previous,
  conversation: InConversation,
  context: EventContext,
): ParsedEvent {
  if (!previous.user || byProgram(previous, context)) return unsupported('deletion:not_of_a_person')
  if (!concernsUs(conversation, [previous], context)) return unsupported('channel:chatter')
  const { tenant, eventId } = context
  return one(eventId, {
    kind: 'delete',
    platform: 'slack',
    tenant,
    userId: previous.user,
    // the envelope's time is in whole seconds: a message that is deleted at once would be younger than its deletion
    at: new Date(Math.max(context.at.getTime(), instantOf(messageId).getTime())),
    keys: [`event:${eventId}`, `delete:${tenant}:${conversation.id}:${messageId}`],
    conversation,
    messageId,
    ...threadOf({ ...previous, ts: messageId }),
  })
}

function messageOf(
  message: WireMessage,
  conversation: InConversation,
  mentionsBot: boolean,
  context: EventContext,
): ParsedEvent {
  if (!message.user || byProgram(message, context)) return unsupported('message:not_by_a_person')
  const thread = threadOf(message)
  const toUs = conversation.kind === 'direct' || mentionsBot || thread.thread !== undefined
  if (!toUs) return unsupported('channel:chatter')
  const { tenant, eventId } = context
  return one(eventId, {
    kind: 'message',
    platform: 'slack',
    tenant,
    userId: message.user,
    at: instantOf(message.ts),
    keys: messageKeys(message, conversation, context),
    conversation,
    messageId: message.ts,
    ...thread,
    ...rootOf(message, context),
    mentionsBot,
    ...contentOf(message, context),
  })
}

/** Whose post the thread hangs on, where Slack tells. */
function rootOf(message: WireMessage, { botUserId }: EventContext): { threadIsOurs?: boolean } {
  const { parent_user_id: parent } = message
  if (threadOf(message).thread === undefined || parent === undefined || botUserId === undefined) return {}
  return { threadIsOurs: parent === botUserId }
}

/** Slack delivers one message under several event ids, and now and then one gesture under several timestamps. */
function messageKeys(message: WireMessage, conversation: InConversation, context: EventContext): string[] {
  const { tenant, eventId } = context
  const keys = [`event:${eventId}`, `msg:${tenant}:${conversation.id}:${message.ts}`]
  if (message.client_msg_id) keys.push(`client:${message.client_msg_id}`)
  return keys
}

function contentOf(message: WireMessage, context: EventContext): Pick<InboundMessage, 'text' | 'files'> {
  const { files, links } = parseFiles(message.files ?? [])
  const own = plainFromWire(message.text ?? '', context.botUserId)
  const forwarded = (message.attachments ?? [])
    .filter((attachment) => attachment.is_share === true || attachment.is_msg_unfurl === true)
    .map((attachment) => plainFromWire(attachment.text ?? '', context.botUserId))
  // A forwarded message with nothing said about it is what the person wants to say.
  const words = own === '' ? forwarded : [own]
  return { text: [...words, ...links].filter((part) => part !== '').join('\n'), files }
}

/** Said by a program: another app, Slack itself, or us. */
function byProgram(message: Previous, { botUserId }: EventContext): boolean {
  return message.bot_id != null || message.user === SLACKBOT || message.user === botUserId
}

function concernsUs(
  conversation: InConversation,
  versions: readonly Previous[],
  context: EventContext,
): boolean {
  if (conversation.kind === 'direct') return true
  return versions.some(
    (version) =>
      (version.thread_ts !== undefined && version.thread_ts !== version.ts) ||
      mentions(version.text ?? '', context.botUserId),
  )
}

function conversationOf({
  channel,
  channel_type,
}: {
  channel: string
  channel_type?: string | undefined
}): InConversation {
  return { id: channel, kind: channel_type === 'im' || channel.startsWith('D') ? 'direct' : 'channel' }
}

/** A thread's root carries its own `ts` as `thread_ts` once it has replies; it is not in the thread. */
function threadOf(message: { ts: string; thread_ts?: string | undefined }): { thread?: string } {
  const { ts, thread_ts } = message
  return thread_ts === undefined || thread_ts === ts ? {} : { thread: thread_ts }
}

function one(eventId: string, event: InboundEvent): ParsedEvent {
  return { kind: 'events', eventId, events: [event] }
}
