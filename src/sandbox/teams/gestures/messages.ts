import { activityOf, clientFields, type Where } from '../activity.js'
import { eraseMessage } from '../bot-messages.js'
import { whereOf } from '../execute.js'
import { own } from '../fields.js'
import { attachmentOf, type GivenFile, keepFile } from '../files.js'
import { conversationOfUser, directConversation, hasApp, userOf } from '../people.js'
import { refreshOpened } from '../refresh.js'
import { GestureError } from '../service-error.js'
import { findMessage, messagesOf } from '../store.js'
import type { Tenant } from '../tenant.js'
import { readTyped, type Typed } from '../typed-text.js'
import type { Fields, GestureResult, TeamsConversation, TeamsMessage, TeamsUser } from '../types.js'

type InConversation = { userId: string; conversation: string }
export type TypedMessage = InConversation & {
  text?: string
  /** typed with formatting; `text` is what is left without it, when absent */
  html?: string
  /** the post (or any reply) whose thread it is for; a post of its own when absent */
  thread?: string
  mentionBot?: boolean
  files?: GivenFile[]
}

/** A person opens the chat with the bot. */
export function openDirect(tenant: Tenant, { userId }: { userId: string }): GestureResult {
  const user = userOf(tenant.state, userId)
  if (!user.hasApp) throw new GestureError('app_not_installed')
  return { ok: true, conversation: directConversation(tenant, user).conversation.id }
}

/** The bot hears everything in a chat of its own; in a channel only mentions, unless it may read along. */
function isHeard(
  { state, settings }: Tenant,
  conversation: TeamsConversation,
  mentionsBot: boolean,
): boolean {
  if (!hasApp(state, conversation)) return false
  return conversation.kind === 'direct' || settings.rsc || mentionsBot
}

function mentionsBot({ state }: Tenant, typed: { mentions: Typed['mentions'] }): boolean {
  return typed.mentions.some((mention) => mention.id === state.bot.id)
}

function writable(
  tenant: Tenant,
  given: InConversation,
): { user: TeamsUser; conversation: TeamsConversation } {
  const conversation = conversationOfUser(tenant.state, given.conversation, given.userId)
  const user = userOf(tenant.state, given.userId)
  if (conversation.kind === 'direct' && !user.hasApp) throw new GestureError('app_not_installed')
  if (conversation.kind === 'direct' && user.hasBlockedBot) throw new GestureError('bot_blocked')
  return { user, conversation }
}

function rootOf(
  tenant: Tenant,
  conversation: TeamsConversation,
  thread: string | undefined,
): string | undefined {
  if (thread === undefined) return undefined
  if (conversation.kind === 'direct') throw new GestureError('no_threads_here')
  const found = findMessage(tenant.state, conversation.id, thread)
  if (!found) throw new GestureError('thread_not_found')
  return found.thread ?? found.messageId
}

/** What an activity says of a message's content. */
function contentOf(tenant: Tenant, user: TeamsUser, message: TeamsMessage, where: Where): Fields {
  const { entities, fields } = clientFields(user)
  const mentions = message.mentions.map(({ id, name, text }) => ({
    mentioned: { id, name },
    text,
    type: 'mention',
  }))
  const files = message.fileIds.flatMap((id) => {
    const file = own(tenant.state.files, id)
    return (file && attachmentOf(tenant, file, where.conversation.kind)) ?? []
  })
  return {
    // A text with a mention comes with a line's end after it.
    ...(message.text === '' ? {} : { text: mentions.length > 0 ? `${message.text}\n` : message.text }),
    textFormat: 'plain',
    attachments: [...files, { contentType: 'text/html', content: message.html ?? '' }],
    entities: [...mentions, ...entities],
    ...fields,
  }
}

/** A person types and sends. */
export function postMessage(tenant: Tenant, given: TypedMessage): GestureResult {
  const { state, store, now } = tenant
  const { user, conversation } = writable(tenant, given)
  const root = rootOf(tenant, conversation, given.thread)
  const files = (given.files ?? []).map(({ base64, ...file }) =>
    keepFile(tenant, {
      ...file,
      bytes: Buffer.from(base64, 'base64'),
      owner: user.aadObjectId,
      conversation: conversation.id,
    }),
  )
  const at = given.mentionBot ? `<at>${state.bot.name}</at> ` : ''
  const typed = readTyped(state, conversation, {
    ...(given.html === undefined ? {} : { html: `${at}${given.html}` }),
    ...(given.text === undefined ? {} : { text: `${at}${given.text}` }),
  })
  if (typed.text.trim() === '' && files.length === 0) throw new GestureError('no_text')
  const message: TeamsMessage = {
    messageId: store.mintMessageId(),
    conversation: conversation.id,
    ...(root === undefined ? {} : { thread: root }),
    from: user.aadObjectId,
    at: now().toISOString(),
    ...typed,
    attachments: [],
    fileIds: files.map((file) => file.id),
    reactions: {},
    revision: 1,
  }
  messagesOf(state, conversation.id).push(message)
  store.changed({
    kind: 'message_posted',
    conversation: conversation.id,
    messageId: message.messageId,
    ...(root === undefined ? {} : { thread: root }),
    by: user.aadObjectId,
  })
  return told(tenant, user, message, 'message', mentionsBot(tenant, message))
}

function told(
  tenant: Tenant,
  user: TeamsUser,
  message: TeamsMessage,
  type: 'message' | 'messageUpdate' | 'messageDelete',
  mentioned: boolean,
): GestureResult {
  const where = whereOf(tenant, message)
  const names = { conversation: message.conversation, messageId: message.messageId }
  if (!isHeard(tenant, where.conversation, mentioned)) return { ok: true, ...names, activityIds: [] }
  const eventType = { message: undefined, messageUpdate: 'editMessage', messageDelete: 'softDeleteMessage' }[
    type
  ]
  const activity = activityOf(tenant, user, where, {
    type,
    id: message.messageId,
    ...(type === 'messageDelete' ? {} : contentOf(tenant, user, message, where)),
    ...(eventType === undefined ? {} : { channelData: { eventType } }),
  })
  return { ok: true, ...names, activityIds: [tenant.sender.send(activity)] }
}

function ownMessage(
  tenant: Tenant,
  given: InConversation & { messageId: string },
): { user: TeamsUser; conversation: TeamsConversation; message: TeamsMessage } {
  const { user, conversation } = writable(tenant, given)
  const message = findMessage(tenant.state, conversation.id, given.messageId)
  if (!message || message.deleted) throw new GestureError('message_not_found')
  if (message.from !== user.aadObjectId) throw new GestureError('not_your_message')
  return { user, conversation, message }
}

/** A person changes what they wrote. */
export function editMessage(
  tenant: Tenant,
  given: InConversation & { messageId: string; text: string; html?: string },
): GestureResult {
  const { user, conversation, message } = ownMessage(tenant, given)
  const typed = readTyped(tenant.state, conversation, {
    text: given.text,
    ...(given.html === undefined ? {} : { html: given.html }),
  })
  if (typed.text.trim() === '' && message.fileIds.length === 0) throw new GestureError('no_text')
  const mentionedBefore = mentionsBot(tenant, message)
  Object.assign(message, typed, { edited: true })
  tenant.store.changed({
    kind: 'message_updated',
    conversation: conversation.id,
    messageId: message.messageId,
    by: user.aadObjectId,
  })
  return told(tenant, user, message, 'messageUpdate', mentionedBefore || mentionsBot(tenant, message))
}

/** A person takes back what they wrote. */
export function deleteMessage(tenant: Tenant, given: InConversation & { messageId: string }): GestureResult {
  const { user, message } = ownMessage(tenant, given)
  const mentioned = mentionsBot(tenant, message)
  eraseMessage(tenant, message)
  return told(tenant, user, message, 'messageDelete', mentioned)
}

/** A person puts a reaction to a message, or takes it back. The bot hears of those to its own messages. */
export function react(
  tenant: Tenant,
  given: InConversation & { messageId: string; type: string; remove?: boolean },
): GestureResult {
  const { user, conversation } = writable(tenant, given)
  const message = findMessage(tenant.state, conversation.id, given.messageId)
  if (!message || message.deleted) throw new GestureError('message_not_found')
  const people = own(message.reactions, given.type) ?? []
  if (people.includes(user.aadObjectId) !== (given.remove ?? false))
    throw new GestureError(given.remove ? 'no_such_reaction' : 'already_reacted')
  const left = people.filter((id) => id !== user.aadObjectId)
  const after = given.remove ? left : [...left, user.aadObjectId]
  if (after.length > 0) message.reactions[given.type] = after
  else delete message.reactions[given.type]
  const names = { conversation: conversation.id, messageId: message.messageId }
  tenant.store.changed({ kind: 'reaction', ...names, by: user.aadObjectId })
  if (message.from !== 'bot' || !hasApp(tenant.state, conversation)) return { ok: true, ...names }
  const list = given.remove ? 'reactionsRemoved' : 'reactionsAdded'
  const activity = activityOf(tenant, user, whereOf(tenant, message), {
    type: 'messageReaction',
    [list]: [{ type: given.type }],
    replyToId: message.messageId,
  })
  return { ok: true, ...names, activityIds: [tenant.sender.send(activity)] }
}

/** A person has read so far. */
export function markRead(tenant: Tenant, given: InConversation & { messageId?: string }): GestureResult {
  const { state, store } = tenant
  const conversation = conversationOfUser(state, given.conversation, given.userId)
  const messages = messagesOf(state, conversation.id)
  const at = messages.findIndex((message) => message.messageId === given.messageId)
  const marks = state.readMarks[given.userId] ?? {}
  marks[conversation.id] = given.messageId === undefined || at < 0 ? messages.length : at + 1
  state.readMarks[given.userId] = marks
  delete state.toasts[given.userId]
  store.changed({ kind: 'read', conversation: conversation.id, userId: given.userId })
  refreshOpened(tenant, conversation, userOf(state, given.userId))
  return { ok: true, conversation: conversation.id }
}
