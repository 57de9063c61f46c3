import type { Content } from './content.js'
import { FeishuError } from './feishu-error.js'
import { type Fields, own } from './fields.js'
import { mintId } from './ids.js'
import { chatOf, isMember } from './store.js'
import type { FeishuChat, FeishuMessage, Mention } from './types.js'
import type { Workspace } from './workspace.js'

type NewMessage = Content & {
  chat: FeishuChat
  sender: FeishuMessage['sender']
  parent?: FeishuMessage
  inThread?: boolean
  forwarded?: FeishuMessage[]
}

/** Puts a message into its chat. What answers a message of a thread stands in that thread. */
export function addMessage(ws: Workspace, given: NewMessage): FeishuMessage {
  const { chat, msgType, content, mentions, sender, parent, inThread = false, forwarded } = given
  const createdAtMs = ws.store.mintMs()
  const message: FeishuMessage = {
    messageId: mintId('om'),
    chatId: chat.chatId,
    msgType,
    content,
    sender,
    createdAtMs,
    updatedAtMs: createdAtMs,
    mentions,
    recalled: false,
    edits: 0,
    reactions: [],
    urgentFor: [],
    ...(parent ? lineage(ws, parent, inThread) : {}),
    ...(forwarded ? { forwarded } : {}),
  }
  ws.store.add(message)
  ws.store.changed({
    kind: 'message_posted',
    conversation: chat.chatId,
    messageId: message.messageId,
    by: sender.type === 'app' ? 'bot' : sender.id,
    ...(message.threadId === undefined || message.rootId === undefined ? {} : { thread: message.rootId }),
  })
  return message
}

/** A thread belongs to the root: a reply that is answered in a thread lies in its root's. */
function lineage(
  ws: Workspace,
  parent: FeishuMessage,
  inThread: boolean,
): Pick<FeishuMessage, 'rootId' | 'parentId' | 'threadId'> {
  const root = (parent.rootId === undefined ? undefined : ws.store.message(parent.rootId)) ?? parent
  if (inThread) root.threadId ??= mintId('omt')
  const threadId = inThread ? root.threadId : parent.threadId
  return {
    rootId: root.messageId,
    parentId: parent.messageId,
    ...(threadId === undefined ? {} : { threadId }),
  }
}

/** The message of that id. Throws 230001 for none. */
export function messageOf(ws: Workspace, messageId: string): FeishuMessage {
  const message = ws.store.message(messageId)
  if (!message) throw new FeishuError(230001, { detail: 'invalid message_id' })
  return message
}

/** Throws 230002 or 230013 unless the bot may write into the chat. */
export function assertBotMaySpeak(ws: Workspace, chat: FeishuChat): void {
  const { app, users } = ws.state
  if (!isMember(chat, app.botOpenId)) throw new FeishuError(230002)
  if (chat.kind !== 'p2p') return
  const partner = own(users, chat.members.find((id) => id !== app.botOpenId) ?? '')
  if (!partner?.available || partner.resigned) throw new FeishuError(230013)
}

/** The app's own message, not withdrawn, in a chat where the bot may write. Throws what the platform answers otherwise. */
export function ownMessage(ws: Workspace, messageId: string): FeishuMessage {
  const message = messageOf(ws, messageId)
  if (message.sender.type !== 'app') throw new FeishuError(230012)
  if (message.recalled) throw new FeishuError(230011)
  assertBotMaySpeak(ws, chatOf(ws.state, message.chatId))
  return message
}

/** Tells everybody who looks that a message is not what it was. */
export function messageChanged(
  ws: Workspace,
  { chatId, messageId }: FeishuMessage,
  kind: 'message_updated' | 'message_recalled' | 'reaction' | 'urgent',
  by: string,
): void {
  ws.store.changed({ kind, conversation: chatId, messageId, by })
}

/** A message as the open API answers it. */
export function wireMessage(ws: Workspace, message: FeishuMessage): Fields {
  const { sender, mentions } = message
  return {
    message_id: message.messageId,
    ...(message.rootId === undefined ? {} : { root_id: message.rootId, parent_id: message.parentId }),
    ...(message.threadId === undefined ? {} : { thread_id: message.threadId }),
    msg_type: message.msgType,
    create_time: String(message.createdAtMs),
    update_time: String(message.updatedAtMs),
    deleted: message.recalled,
    updated: message.edits > 0,
    chat_id: message.chatId,
    sender: {
      id: sender.id,
      id_type: sender.type === 'app' ? 'app_id' : 'open_id',
      sender_type: sender.type,
      tenant_key: ws.state.tenantKey,
    },
    body: { content: wireContent(message) },
    ...(mentions.length > 0 ? { mentions: mentions.map((each) => wireMention(ws, each)) } : {}),
  }
}

/** A card is never given back as it was sent: only that there is one (docs/platforms/assumptions). */
function wireContent({ recalled, msgType, content }: FeishuMessage): string {
  if (recalled) return 'This message was recalled'
  if (msgType !== 'interactive') return content
  return JSON.stringify({ title: null, elements: [[{ tag: 'text', text: '[card]' }]] })
}

function wireMention(ws: Workspace, { key, openId, name }: Mention): Fields {
  return { key, id: openId, id_type: 'open_id', name, tenant_key: ws.state.tenantKey }
}
