import type { Fields } from './fields.js'
import { wireIds, wireUser } from './people.js'
import { chatOf, isMember } from './store.js'
import type { FeishuChat, FeishuMessage, FeishuUser, Mention, Reaction } from './types.js'
import type { Workspace } from './workspace.js'

/** Tells the app of a person's message, if it may hear it. Returns the event ids (none or one). */
export function received(ws: Workspace, message: FeishuMessage): string[] {
  const chat = chatOf(ws.state, message.chatId)
  if (!hears(ws, chat, message)) return []
  const event = {
    sender: {
      sender_id: wireIds(ws, message.sender.id),
      sender_type: 'user',
      tenant_key: ws.state.tenantKey,
    },
    message: {
      message_id: message.messageId,
      ...(message.rootId === undefined ? {} : { root_id: message.rootId, parent_id: message.parentId }),
      ...(message.threadId === undefined ? {} : { thread_id: message.threadId }),
      create_time: String(message.createdAtMs),
      update_time: String(message.updatedAtMs),
      chat_id: chat.chatId,
      chat_type: chat.kind,
      message_type: message.msgType,
      content: message.content,
      ...(message.mentions.length > 0
        ? { mentions: message.mentions.map((each) => wireMention(ws, each)) }
        : {}),
    },
  }
  return [ws.events.send('im.message.receive_v1', event, 'person')]
}

function hears({ state, scopes }: Workspace, chat: FeishuChat, { mentions }: FeishuMessage): boolean {
  if (!isMember(chat, state.app.botOpenId)) return false
  if (chat.kind === 'p2p') return scopes.has('im:message.p2p_msg:readonly')
  if (scopes.has('im:message.group_msg')) return true
  const isMeant = mentions.some(({ openId }) => openId === state.app.botOpenId)
  return isMeant && scopes.has('im:message.group_at_msg:readonly')
}

function wireMention(ws: Workspace, { key, openId, name }: Mention): Fields {
  return { key, id: wireIds(ws, openId), name, tenant_key: ws.state.tenantKey }
}

/** Tells the app that a message was withdrawn; also when it was its own. */
export function recalled(
  ws: Workspace,
  { messageId, chatId }: FeishuMessage,
  by: 'person' | 'bot',
): string[] {
  if (!isMember(chatOf(ws.state, chatId), ws.state.app.botOpenId)) return []
  const event = {
    message_id: messageId,
    chat_id: chatId,
    recall_time: String(ws.now().getTime()),
    recall_type: 'message_owner',
  }
  return [ws.events.send('im.message.recalled_v1', event, by)]
}

/** Tells the app of a reaction; also of its own. */
export function reacted(
  ws: Workspace,
  message: FeishuMessage,
  { emoji, operator }: Reaction,
  what: 'created' | 'deleted',
): string[] {
  if (!isMember(chatOf(ws.state, message.chatId), ws.state.app.botOpenId)) return []
  const isUser = operator.type === 'user'
  const event = {
    message_id: message.messageId,
    reaction_type: { emoji_type: emoji },
    operator_type: operator.type,
    ...(isUser ? { user_id: wireIds(ws, operator.id) } : { app_id: operator.id }),
    action_time: String(ws.now().getTime()),
  }
  return [ws.events.send(`im.message.reaction.${what}_v1`, event, isUser ? 'person' : 'bot')]
}

/** Tells the app that a person chose something in its menu. */
export function menuChosen(ws: Workspace, user: FeishuUser, eventKey: string): string[] {
  const event = {
    operator: { operator_name: user.name, operator_id: wireIds(ws, user.openId) },
    event_key: eventKey,
    timestamp: String(ws.now().getTime()),
  }
  return [ws.events.send('application.bot.menu_v6', event, 'person')]
}

/** Tells the app that a person opened their chat with it. */
export function chatEntered(ws: Workspace, user: FeishuUser, chat: FeishuChat): string[] {
  if (!ws.scopes.has('im:chat.access_event.bot_p2p_chat:read')) return []
  const last = ws.state.messages[chat.chatId]?.at(-1)
  const event = {
    chat_id: chat.chatId,
    operator_id: wireIds(ws, user.openId),
    ...(last ? { last_message_id: last.messageId, last_message_create_time: String(last.createdAtMs) } : {}),
  }
  return [ws.events.send('im.chat.access_event.bot_p2p_chat_entered_v1', event, 'person')]
}

/** Tells the app that it was brought into a group, or taken out. */
export function botMoved(
  ws: Workspace,
  chat: FeishuChat,
  byOpenId: string,
  how: 'added' | 'deleted',
): string[] {
  const event = {
    chat_id: chat.chatId,
    operator_id: wireIds(ws, byOpenId),
    external: false,
    operator_tenant_key: ws.state.tenantKey,
    name: chat.name,
    i18n_names: { zh_cn: chat.name, en_us: chat.name },
  }
  return [ws.events.send(`im.chat.member.bot.${how}_v1`, event, 'person')]
}

/** Tells the app that a person's entry in the directory changed, or that they left. */
export function userChanged(ws: Workspace, user: FeishuUser, before: FeishuUser): string[] {
  const left = user.resigned && !before.resigned
  const was = wireUser(ws, before)
  const is = wireUser(ws, user)
  const old = Object.entries(was).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(is[name]),
  )
  const event = { object: is, old_object: Object.fromEntries(old) }
  return [ws.events.send(left ? 'contact.user.deleted_v3' : 'contact.user.updated_v3', event, 'person')]
}
