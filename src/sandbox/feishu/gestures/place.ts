import { ClientRefusal } from '../feishu-error.js'
import { own } from '../fields.js'
import { isMember, userOf } from '../store.js'
import type { FeishuChat, FeishuMessage, FeishuUser } from '../types.js'
import type { Workspace } from '../workspace.js'

export type InConversation = { userId: string; conversation: string }
export type OnMessage = InConversation & { messageId: string }

/** The person and the chat they are in. Throws ClientRefusal. */
export function placeOf(ws: Workspace, given: InConversation): { user: FeishuUser; chat: FeishuChat } {
  const user = personOf(ws, given.userId)
  const chat = own(ws.state.chats, given.conversation)
  if (!chat) throw new ClientRefusal('conversation_not_found')
  if (!isMember(chat, user.openId)) throw new ClientRefusal('not_in_conversation')
  return { user, chat }
}

/** The person of that open id. Throws ClientRefusal. */
export function personOf(ws: Workspace, openId: string): FeishuUser {
  const user = userOf(ws.state, openId)
  if (!user) throw new ClientRefusal('user_not_found')
  if (user.resigned) throw new ClientRefusal('user_left')
  return user
}

/** A message of that chat that was not withdrawn. Throws ClientRefusal. */
export function messageIn(ws: Workspace, chat: FeishuChat, messageId: string): FeishuMessage {
  const message = ws.store.message(messageId)
  if (message?.chatId !== chat.chatId) throw new ClientRefusal('message_not_found')
  if (message.recalled) throw new ClientRefusal('message_recalled')
  return message
}
