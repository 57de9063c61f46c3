import type { InConversation } from '../../intake/inbound.js'
import type { Activity } from './wire.js'

const THREAD_MARK = ';messageid='
/** Channels alone have threads: a chat of two or more has one row of messages, whatever they answer to. */
const CHANNEL = /@thread\.(tacv2|skype)$/
export const PLATFORM = 'teams'

/** Teams calls a channel's thread a conversation of its own: the channel's id and, behind it, the root's. */
export function splitConversation(id: string): { base: string; root?: string } {
  const at = id.indexOf(THREAD_MARK)
  return at < 0 ? { base: id } : { base: id.slice(0, at), root: id.slice(at + THREAD_MARK.length) }
}

/** The id under which Teams takes a post: into the thread, in a channel. */
export function wireConversation({
  conversation,
  thread,
}: {
  conversation: string
  thread?: string
}): string {
  const hasThreads = thread !== undefined && CHANNEL.test(conversation)
  return hasThreads ? `${conversation}${THREAD_MARK}${thread}` : conversation
}

/** Where an activity happened, in our words. A group chat is a channel without threads. */
export function conversationOf({ conversation }: Activity): InConversation {
  const isDirect =
    conversation.conversationType === 'personal' ||
    (conversation.conversationType == null && conversation.isGroup !== true)
  return { id: splitConversation(conversation.id).base, kind: isDirect ? 'direct' : 'channel' }
}

/** The root of the thread that a message was written in; none for a root itself and in chats. */
export function threadOf(activity: Activity, messageId: string): { thread?: string } {
  const { root } = splitConversation(activity.conversation.id)
  return root === undefined || root === messageId ? {} : { thread: root }
}

export function tenantOf({ channelData, conversation }: Activity): string | undefined {
  return channelData?.tenant?.id ?? conversation.tenantId ?? undefined
}

/** When Teams says it happened; `fallback` when it does not say. */
export function instantOf({ timestamp }: Activity, fallback: Date): Date {
  const at = new Date(timestamp ?? '')
  return Number.isNaN(at.getTime()) ? fallback : at
}
