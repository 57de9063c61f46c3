import { ClientRefusal } from './feishu-error.js'
import { own, parseFields } from './fields.js'
import { resourceKeys, richLines, spokenText } from './message-text.js'
import { isMember, messagesOf, userOf } from './store.js'
import type {
  FeishuChat,
  FeishuMessage,
  FeishuState,
  FeishuUser,
  UserView,
  VisibleConversation,
  VisibleMessage,
} from './types.js'
import type { Workspace } from './workspace.js'

/** What one person's client shows. Throws ClientRefusal for somebody unknown. */
export function userView({ state }: Workspace, openId: string, most = Number.POSITIVE_INFINITY): UserView {
  const user = userOf(state, openId)
  if (!user) throw new ClientRefusal('user_not_found')
  const mine = Object.values(state.chats).filter((chat) => isMember(chat, openId))
  const people = Object.values(state.users).map(({ openId: id, name, avatarColor, department }) => [
    id,
    {
      name,
      ...(avatarColor === undefined ? {} : { avatarColor }),
      ...(department === undefined ? {} : { department }),
    },
  ])
  const toast = own(state.toasts, openId)
  return structuredClone({
    version: state.version,
    user,
    bot: { id: state.app.botOpenId, name: state.app.name },
    people: Object.fromEntries(people),
    conversations: mine.map((chat) => conversation(state, chat, user, most)),
    ...(toast ? { toast } : {}),
  })
}

function conversation(
  state: FeishuState,
  chat: FeishuChat,
  user: FeishuUser,
  most: number,
): VisibleConversation {
  const readMs = state.readMarks[user.openId]?.[chat.chatId] ?? 0
  const isNew = (message: FeishuMessage): boolean => message.createdAtMs > readMs && !message.recalled
  const all = messagesOf(state, chat.chatId)
  const messages = all.slice(-most).map((message) => ({
    ...visible(state, message, user.openId),
    ...(isNew(message) ? { unread: true as const } : {}),
  }))
  return {
    id: chat.chatId,
    name: chat.name,
    kind: chat.kind === 'p2p' ? 'direct' : 'channel',
    unread: all.filter(isNew).length,
    botIsMember: isMember(chat, state.app.botOpenId),
    messages,
  }
}

function visible(state: FeishuState, message: FeishuMessage, viewer: string): VisibleMessage {
  const { messageId, rootId, parentId, threadId, msgType, recalled } = message
  const quotes = parentId !== undefined && (threadId === undefined || parentId !== rootId)
  return {
    messageId,
    msgType,
    author: authorOf(state, message),
    at: new Date(message.createdAtMs).toISOString(),
    ...(threadId !== undefined && rootId !== undefined ? { thread: rootId } : {}),
    ...(quotes ? { replyTo: parentId } : {}),
    ...(recalled ? { deleted: true as const } : said(state, message)),
    ...(message.edits > 0 ? { edited: true as const } : {}),
    ...(message.urgentFor.includes(viewer) ? { urgent: true as const } : {}),
    ...reactions(message, viewer),
  }
}

function authorOf(state: FeishuState, { sender }: Pick<FeishuMessage, 'sender'>): VisibleMessage['author'] {
  if (sender.type === 'app') return { id: state.app.botOpenId, name: state.app.name, isBot: true }
  const user = own(state.users, sender.id)
  return {
    id: sender.id,
    name: user?.name ?? sender.id,
    isBot: false,
    ...(user?.avatarColor === undefined ? {} : { avatarColor: user.avatarColor }),
  }
}

function said(state: FeishuState, message: FeishuMessage): Partial<VisibleMessage> {
  const text = spokenText(message)
  const rich = richLines(message)
  const card = message.msgType === 'interactive' ? parseFields(message.content) : undefined
  const files = resourceKeys(message).flatMap((key) => {
    const file = own(state.files, key)
    return file
      ? [{ fileKey: key, name: file.name, kind: file.kind, size: file.size, mimetype: file.mimetype }]
      : []
  })
  const forwarded = message.forwarded?.map((each) => ({
    author: authorOf(state, each).name,
    text: spokenText(each) ?? `[${each.msgType}]`,
  }))
  return {
    ...(text === undefined ? {} : { text }),
    ...(rich ? { rich } : {}),
    ...(card ? { card } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(forwarded ? { forwarded } : {}),
  }
}

function reactions({ reactions: all }: FeishuMessage, viewer: string): Partial<VisibleMessage> {
  if (all.length === 0) return {}
  const emojis = [...new Set(all.map(({ emoji }) => emoji))]
  return {
    reactions: emojis.map((emoji) => {
      const of = all.filter((each) => each.emoji === emoji)
      return { emoji, count: of.length, mine: of.some(({ operator }) => operator.id === viewer) }
    }),
  }
}
