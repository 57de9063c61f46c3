/**
 * The shapes of the Feishu emulator: what it holds, what it shows to a page, what it answers to a gesture.
 * Ours are camelCase; what is the platform's own wire stays in JSON texts (`content`) and `Fields`.
 *
 * HTTP that a page may use (all JSON; `feishuGestures(fastify, emulator, '/sandbox/feishu')`):
 *
 *   GET  /state  /view/:userId  /changes?since=N  /stream  /calls?since=N  /files/:fileKey  /faults
 *   POST /gestures/<name>            body = the gesture's argument; answers a GestureResult
 *     postMessage   { userId, conversation, text?, thread?, mentionBot?, files?: [{ name, mimetype, base64 }] }
 *     postRich      { userId, conversation, title?, content: [[{ tag, … }]], thread?, mentionBot? }
 *     sendSticker   { userId, conversation, thread? }
 *     forwardMerged { userId, conversation, messageIds, thread? }
 *     editMessage   { userId, conversation, messageId, text }    no event: Feishu has none for it
 *     deleteMessage { userId, conversation, messageId }          recall
 *     openDirect    { userId }                                   result.conversation = the chat with the bot
 *     click         { userId, conversation, messageId, action, values? }
 *                   action: index, element_id, name or label of the element; values by input name
 *     markRead      { userId, conversation }
 *     react         { userId, conversation, messageId, emoji, remove? }
 *     menu          { userId, eventKey }
 *     addBot  removeBot { userId, conversation }
 *     changeUser    { userId, name?, email?, department?, available?, resigned? }
 *   POST /faults/deliverTwice { which?, variant?, copies? }   /faults/down { ms, mode? }   /faults/slow { ms }
 *        /faults/failNext { call, times?, mode, retryAfterS? } /faults/disconnect {}  /faults/revokeTokens {}  /faults/clear {}
 */
import type { Fields } from './fields.js'

export type { Fields } from './fields.js'

export type FeishuApp = {
  /** cli_ and sixteen hexadecimal digits */
  id: string
  secret: string
  /** absent or empty: events go out in plain text and unsigned */
  encryptKey?: string
  verificationToken: string
  name: string
  botOpenId: string
}
export type SeedUser = {
  openId: string
  userId: string
  unionId: string
  name: string
  email: string
  /** e.g. zh-CN, en-US */
  locale: string
  avatarColor?: string
  department?: string
}
export type SeedChat = { chatId: string; name: string; members: string[]; botIsMember?: boolean }
export type FeishuSeed = { tenantKey: string; app: FeishuApp; users: SeedUser[]; chats: SeedChat[] }

export type FeishuUser = SeedUser & {
  /** within the app's availability range */
  available: boolean
  resigned: boolean
}
export type FeishuChat = {
  chatId: string
  kind: 'p2p' | 'group'
  name: string
  /** open ids; holds the bot's when the bot is in */
  members: string[]
}

export type MsgType =
  | 'text'
  | 'post'
  | 'image'
  | 'file'
  | 'audio'
  | 'media'
  | 'sticker'
  | 'interactive'
  | 'share_chat'
  | 'share_user'
  | 'merge_forward'
  | 'system'
export type Mention = { key: string; openId: string; name: string }
export type Reaction = {
  reactionId: string
  emoji: string
  operator: { id: string; type: 'user' | 'app' }
  atMs: number
}
export type FeishuMessage = {
  messageId: string
  chatId: string
  msgType: MsgType
  /** the body, a JSON text as on the wire */
  content: string
  /** a person's open id, or the app's id */
  sender: { id: string; type: 'user' | 'app' }
  createdAtMs: number
  updatedAtMs: number
  rootId?: string
  parentId?: string
  threadId?: string
  mentions: Mention[]
  recalled: boolean
  edits: number
  reactions: Reaction[]
  /** whom it was made urgent for */
  urgentFor: string[]
  /** what a merge_forward holds */
  forwarded?: FeishuMessage[]
}
export type FeishuFile = { key: string; kind: 'file' | 'image'; name: string; mimetype: string; size: number }
export type Toast = { type: 'info' | 'success' | 'error' | 'warning'; content: string; code?: string }

/** Everything the emulator knows, as plain data. */
export type FeishuState = {
  version: number
  tenantKey: string
  app: { id: string; name: string; botOpenId: string }
  users: { [openId: string]: FeishuUser }
  chats: { [chatId: string]: FeishuChat }
  /** by chat, oldest first, thread replies included */
  messages: { [chatId: string]: FeishuMessage[] }
  files: { [fileKey: string]: FeishuFile }
  /** keys the app uploaded itself */
  uploads: string[]
  /** by person, by chat: read up to this instant, in milliseconds */
  readMarks: { [openId: string]: { [chatId: string]: number } }
  /** by person: what their client says at present */
  toasts: { [openId: string]: Toast }
  lastMs: number
}

/** What survives a restart. */
export type FeishuSnapshot = { state: FeishuState; files: { [fileKey: string]: string } }

export type ChangeKind =
  | 'message_posted'
  | 'message_updated'
  | 'message_recalled'
  | 'reaction'
  | 'urgent'
  | 'chat'
  | 'user'
  | 'read'
  | 'toast'
  | 'gesture_failed'
  | 'fault'
  | 'delivery'
  | 'connection'

/** One thing that happened. `version` rises by one each time. */
export type FeishuChange = {
  version: number
  kind: ChangeKind
  conversation?: string
  messageId?: string
  thread?: string
  /** whose client changed; absent = everybody's in the chat */
  userId?: string
  /** 'bot' when the app did it */
  by?: string
  detail?: string
}

export type VisibleMessage = {
  messageId: string
  /** the root message of the thread it stands in */
  thread?: string
  /** the message it quotes, where that is not the thread's root */
  replyTo?: string
  author: { id: string; name: string; isBot: boolean; avatarColor?: string }
  /** ISO instant */
  at: string
  text?: string
  /** of a rich text: its lines, each of tagged parts, people in it by name */
  rich?: Fields[][]
  /** Card 2.0 as the app sent it */
  card?: Fields
  files?: { fileKey: string; name: string; kind: 'file' | 'image'; size: number; mimetype: string }[]
  /** lines of a merge_forward */
  forwarded?: { author: string; text: string }[]
  msgType: MsgType
  edited?: true
  deleted?: true
  urgent?: true
  unread?: true
  reactions?: { emoji: string; count: number; mine: boolean }[]
}
export type VisibleConversation = {
  id: string
  name: string
  kind: 'direct' | 'channel'
  unread: number
  botIsMember: boolean
  messages: VisibleMessage[]
}
/** What one person's client shows. */
export type UserView = {
  version: number
  user: FeishuUser
  bot: { id: string; name: string }
  people: { [openId: string]: { name: string; avatarColor?: string; department?: string } }
  conversations: VisibleConversation[]
  toast?: Toast
}

/** The outcome of a gesture. `status` and `ms` are of the callback the app got, when the gesture sends one. */
export type GestureResult = {
  ok: boolean
  /** HTTP status of the app's answer; 0 = none in time, or no connection; absent = nothing was sent that awaits one */
  status?: number
  ms?: number
  /** what the client or the platform objects to; 200340, 200671, 200672, 200673 = the card callback failed */
  error?: string
  ackBody?: unknown
  toast?: Toast
  /** events that were sent because of it */
  eventIds?: string[]
  messageId?: string
  /** when one gesture made several messages */
  messageIds?: string[]
  conversation?: string
  /** inputs that are wrong, by name */
  errors?: { [name: string]: string }
  /** a link that the client opens by itself */
  url?: string
}
