import { type Changes, createChanges } from '../changes.js'
import { FeishuError } from './feishu-error.js'
import { own } from './fields.js'
import { mintId } from './ids.js'
import type {
  FeishuChange,
  FeishuChat,
  FeishuMessage,
  FeishuSeed,
  FeishuSnapshot,
  FeishuState,
  FeishuUser,
} from './types.js'

/** The emulator's memory: plain state, the bytes of files, and the list of what changed. */
export type Store = Changes<FeishuChange> & {
  readonly state: FeishuState
  readonly bytes: Map<string, Buffer>
  /** The instant of the next message, in milliseconds; each is later than every one before, even when time stands still. */
  mintMs(): number
  add(message: FeishuMessage): void
  message(messageId: string): FeishuMessage | undefined
  snapshot(how?: { files: boolean }): FeishuSnapshot
}

/** A store over `snapshot`, or freshly made from `seed`. People and chats of the seed that a snapshot lacks are added. */
export function createStore(seed: FeishuSeed, now: () => Date, snapshot?: FeishuSnapshot): Store {
  const state = snapshot ? structuredClone(snapshot.state) : emptyState(seed)
  const bytes = new Map(
    Object.entries(snapshot?.files ?? {}).map(([key, base64]) => [key, Buffer.from(base64, 'base64')]),
  )
  plant(state, seed)
  const byId = new Map(
    Object.values(state.messages)
      .flat()
      .map((message) => [message.messageId, message]),
  )

  return {
    ...createChanges<FeishuChange>(state),
    state,
    bytes,
    mintMs() {
      state.lastMs = Math.max(state.lastMs + 1, now().getTime())
      return state.lastMs
    },
    add(message) {
      const messages = state.messages[message.chatId] ?? []
      state.messages[message.chatId] = messages
      messages.push(message)
      byId.set(message.messageId, message)
    },
    message: (messageId) => byId.get(messageId),
    snapshot(how = { files: true }) {
      const files = [...(how.files ? bytes : [])].map(
        ([key, content]) => [key, content.toString('base64')] as const,
      )
      return { state: structuredClone(state), files: Object.fromEntries(files) }
    },
  }
}

function emptyState(seed: FeishuSeed): FeishuState {
  const { id, name, botOpenId } = seed.app
  return {
    version: 0,
    tenantKey: seed.tenantKey,
    app: { id, name, botOpenId },
    users: {},
    chats: {},
    messages: {},
    files: {},
    uploads: [],
    readMarks: {},
    toasts: {},
    lastMs: 0,
  }
}

function plant(state: FeishuState, seed: FeishuSeed): void {
  const { id, name, botOpenId } = seed.app
  state.tenantKey = seed.tenantKey
  state.app = { id, name, botOpenId }
  for (const user of seed.users) {
    state.users[user.openId] ??= { ...user, available: true, resigned: false }
  }
  for (const { chatId, name: chatName, members, botIsMember } of seed.chats) {
    state.chats[chatId] ??= {
      chatId,
      kind: 'group',
      name: chatName,
      members: botIsMember ? [...members, botOpenId] : [...members],
    }
  }
}

/** The person of that open id, or undefined. */
export function userOf(state: FeishuState, openId: string): FeishuUser | undefined {
  return own(state.users, openId)
}

/** The chat of that id. Throws 230001. */
export function chatOf(state: FeishuState, chatId: string): FeishuChat {
  const chat = own(state.chats, chatId)
  if (!chat) throw new FeishuError(230001, { detail: 'invalid chat_id' })
  return chat
}

/** Whether that person, or the bot, is in the chat. */
export function isMember(chat: FeishuChat, openId: string): boolean {
  return chat.members.includes(openId)
}

/** The person's chat with the bot; made when there is none yet. */
export function directChat(store: Store, openId: string): FeishuChat {
  const { state } = store
  const found = Object.values(state.chats).find((chat) => chat.kind === 'p2p' && isMember(chat, openId))
  if (found) return found
  const chat: FeishuChat = {
    chatId: mintId('oc'),
    kind: 'p2p',
    name: state.app.name,
    members: [openId, state.app.botOpenId],
  }
  state.chats[chat.chatId] = chat
  store.changed({ kind: 'chat', conversation: chat.chatId, userId: openId })
  return chat
}

/** A chat's messages, oldest first. */
export function messagesOf(state: FeishuState, chatId: string): readonly FeishuMessage[] {
  return own(state.messages, chatId) ?? []
}
