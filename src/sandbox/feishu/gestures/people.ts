import { ClientRefusal } from '../feishu-error.js'
import { botMoved, chatEntered, menuChosen, userChanged } from '../notices.js'
import { directChat, isMember, userOf } from '../store.js'
import type { GestureResult } from '../types.js'
import type { Workspace } from '../workspace.js'
import { type InConversation, personOf, placeOf } from './place.js'

export type UserChange = {
  userId: string
  name?: string
  email?: string
  department?: string
  available?: boolean
  resigned?: boolean
}

/** Opens one's chat with the bot. */
export function openDirect(ws: Workspace, { userId }: { userId: string }): GestureResult {
  const user = personOf(ws, userId)
  if (!user.available) throw new ClientRefusal('app_not_available')
  const chat = directChat(ws.store, userId)
  return { ok: true, conversation: chat.chatId, eventIds: chatEntered(ws, user, chat) }
}

/** Chooses something in the bot's menu, which stands in the chat with it. */
export function menu(
  ws: Workspace,
  { userId, eventKey }: { userId: string; eventKey: string },
): GestureResult {
  const user = personOf(ws, userId)
  if (!user.available) throw new ClientRefusal('app_not_available')
  const { chatId } = directChat(ws.store, userId)
  return { ok: true, conversation: chatId, eventIds: menuChosen(ws, user, eventKey) }
}

/** Brings the bot into a group. */
export function addBot(ws: Workspace, given: InConversation): GestureResult {
  const { user, chat } = placeOf(ws, given)
  const { botOpenId } = ws.state.app
  if (chat.kind !== 'group' || isMember(chat, botOpenId)) throw new ClientRefusal('no_change')
  chat.members.push(botOpenId)
  ws.store.changed({ kind: 'chat', conversation: chat.chatId })
  return { ok: true, conversation: chat.chatId, eventIds: botMoved(ws, chat, user.openId, 'added') }
}

/** Takes the bot out of a group. */
export function removeBot(ws: Workspace, given: InConversation): GestureResult {
  const { user, chat } = placeOf(ws, given)
  const { botOpenId } = ws.state.app
  if (chat.kind !== 'group' || !isMember(chat, botOpenId)) throw new ClientRefusal('no_change')
  chat.members = chat.members.filter((id) => id !== botOpenId)
  ws.store.changed({ kind: 'chat', conversation: chat.chatId })
  return { ok: true, conversation: chat.chatId, eventIds: botMoved(ws, chat, user.openId, 'deleted') }
}

/** What an administrator changes about a person: their entry, whether they may use the app, or that they left. */
export function changeUser(ws: Workspace, { userId, ...change }: UserChange): GestureResult {
  const user = userOf(ws.state, userId)
  if (!user) throw new ClientRefusal('user_not_found')
  const before = { ...user }
  Object.assign(user, change)
  ws.store.changed({ kind: 'user', userId })
  const isDirectory = Object.keys(change).some((name) => name !== 'available')
  return { ok: true, eventIds: isDirectory ? userChanged(ws, user, before) : [] }
}
