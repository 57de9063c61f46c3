import { ClientRefusal } from '../feishu-error.js'
import type { Fields } from '../fields.js'
import { mintFileKey, mintId } from '../ids.js'
import { addMessage, messageChanged } from '../messages.js'
import { reacted, recalled, received } from '../notices.js'
import { messagesOf } from '../store.js'
import type { FeishuChat, FeishuMessage, GestureResult, Mention, MsgType } from '../types.js'
import { keepFile } from '../uploads.js'
import type { Workspace } from '../workspace.js'
import { type InConversation, messageIn, type OnMessage, placeOf } from './place.js'
import { typedText } from './typed.js'

export type SentFile = { name: string; mimetype?: string; base64: string }
type Threaded = InConversation & { thread?: string }
export type TypedMessage = Threaded & { text?: string; mentionBot?: boolean; files?: SentFile[] }
export type RichMessage = Threaded & { title?: string; content: Fields[][]; mentionBot?: boolean }

/** What the platform writes instead of the body of a forwarded bundle; not JSON. */
const MERGED = 'Merged and Forwarded Message'
const SOUND_MS = 3000

type Said = { msgType: MsgType; content: string; mentions?: Mention[]; forwarded?: FeishuMessage[] }

function say(ws: Workspace, given: Threaded, said: readonly Said[]): GestureResult {
  const { user, chat } = placeOf(ws, given)
  const parent = given.thread === undefined ? undefined : messageIn(ws, chat, given.thread)
  const sent = said.map((each) =>
    addMessage(ws, {
      ...each,
      chat,
      mentions: each.mentions ?? [],
      sender: { id: user.openId, type: 'user' },
      ...(parent ? { parent, inThread: true } : {}),
    }),
  )
  const first = sent[0]
  if (!first) throw new ClientRefusal('no_text')
  markSeen(ws, user.openId, chat)
  const eventIds = sent.flatMap((message) => received(ws, message))
  return {
    ok: true,
    messageId: first.messageId,
    messageIds: sent.map(({ messageId }) => messageId),
    conversation: chat.chatId,
    eventIds,
  }
}

/** A text; pictures with a text go as one rich text, every other file as a message of its own. */
export function postMessage(ws: Workspace, given: TypedMessage): GestureResult {
  const { chat } = placeOf(ws, given)
  const files = given.files ?? []
  const typed = typedText(ws, chat, given.text ?? '', given.mentionBot)
  const hasText = typed.text.trim() !== ''
  const pictures = files.filter(isPicture)
  if (hasText && pictures.length > 0 && pictures.length === files.length) {
    const lines = typed.text.split('\n').map((text) => [{ tag: 'text', text, style: [] }])
    const images = pictures.map((file) => [
      { tag: 'img', image_key: keep(ws, file), width: 300, height: 200 },
    ])
    const content = JSON.stringify({ title: '', content: [...lines, ...images] })
    return say(ws, given, [{ msgType: 'post', content, mentions: typed.mentions }])
  }
  const text: Said = {
    msgType: 'text',
    content: JSON.stringify({ text: typed.text }),
    mentions: typed.mentions,
  }
  return say(ws, given, [...(hasText ? [text] : []), ...files.map((file) => fileMessage(ws, file))])
}

/** A rich text, as a person's client sends it: without a level of locales. */
export function postRich(ws: Workspace, given: RichMessage): GestureResult {
  const { chat } = placeOf(ws, given)
  const mentions: Mention[] = []
  const bot: Fields = { tag: 'at', user_id: '@_user_1', user_name: ws.state.app.name }
  if (given.mentionBot === true) mentions.push(...typedText(ws, chat, '', true).mentions)
  const content = mentions.length > 0 ? [[bot], ...given.content] : given.content
  const body = JSON.stringify({ title: given.title ?? '', content })
  return say(ws, given, [{ msgType: 'post', content: body, mentions }])
}

/** A sticker; its picture cannot be fetched. */
export function sendSticker(ws: Workspace, given: Threaded): GestureResult {
  return say(ws, given, [{ msgType: 'sticker', content: JSON.stringify({ file_key: mintFileKey('file') }) }])
}

/** Several messages of a chat of one's own, bundled. */
export function forwardMerged(ws: Workspace, given: Threaded & { messageIds: string[] }): GestureResult {
  const forwarded = given.messageIds.map((messageId) => {
    const original = ws.store.message(messageId)
    if (!original || original.recalled) throw new ClientRefusal('message_not_found')
    placeOf(ws, { userId: given.userId, conversation: original.chatId })
    const { rootId: _root, parentId: _parent, threadId: _thread, ...kept } = structuredClone(original)
    return { ...kept, messageId: mintId('om'), reactions: [] }
  })
  if (forwarded.length === 0) throw new ClientRefusal('no_text')
  return say(ws, given, [{ msgType: 'merge_forward', content: MERGED, forwarded }])
}

function isPicture({ mimetype }: SentFile): boolean {
  return mimetype?.startsWith('image/') ?? false
}

function keep(ws: Workspace, file: SentFile): string {
  const kind = isPicture(file) ? 'image' : 'file'
  const mimetype = file.mimetype ?? 'application/octet-stream'
  return keepFile(ws, { kind, name: file.name, mimetype, bytes: Buffer.from(file.base64, 'base64') }).key
}

function fileMessage(ws: Workspace, file: SentFile): Said {
  const key = keep(ws, file)
  if (isPicture(file)) return { msgType: 'image', content: JSON.stringify({ image_key: key }) }
  if (file.mimetype?.startsWith('audio/')) {
    return { msgType: 'audio', content: JSON.stringify({ file_key: key, duration: SOUND_MS }) }
  }
  const named = { file_key: key, file_name: file.name }
  if (file.mimetype?.startsWith('video/')) {
    return { msgType: 'media', content: JSON.stringify({ ...named, duration: SOUND_MS }) }
  }
  return { msgType: 'file', content: JSON.stringify(named) }
}

function ownMessage(ws: Workspace, given: OnMessage): FeishuMessage {
  const { user, chat } = placeOf(ws, given)
  const message = messageIn(ws, chat, given.messageId)
  if (message.sender.id !== user.openId) throw new ClientRefusal('not_yours')
  return message
}

/** Changes one's own text. The platform has no event for it: the app learns it only by reading the message. */
export function editMessage(ws: Workspace, given: OnMessage & { text: string }): GestureResult {
  const message = ownMessage(ws, given)
  if (message.msgType !== 'text') throw new ClientRefusal('not_a_text')
  const { chat } = placeOf(ws, given)
  const { text, mentions } = typedText(ws, chat, given.text)
  Object.assign(message, { content: JSON.stringify({ text }), mentions, edits: message.edits + 1 })
  message.updatedAtMs = ws.now().getTime()
  messageChanged(ws, message, 'message_updated', given.userId)
  return { ok: true, messageId: message.messageId, conversation: message.chatId, eventIds: [] }
}

/** Withdraws one's own message. */
export function deleteMessage(ws: Workspace, given: OnMessage): GestureResult {
  const message = ownMessage(ws, given)
  message.recalled = true
  messageChanged(ws, message, 'message_recalled', given.userId)
  const eventIds = recalled(ws, message, 'person')
  return { ok: true, messageId: message.messageId, conversation: message.chatId, eventIds }
}

/** Puts a reaction to a message, or takes one's own away. */
export function react(ws: Workspace, given: OnMessage & { emoji: string; remove?: boolean }): GestureResult {
  const { user, chat } = placeOf(ws, given)
  const message = messageIn(ws, chat, given.messageId)
  const before = message.reactions.find(
    ({ emoji, operator }) => emoji === given.emoji && operator.id === user.openId,
  )
  if ((before !== undefined) !== (given.remove ?? false)) throw new ClientRefusal('no_change')
  const atMs = ws.now().getTime()
  const operator = { id: user.openId, type: 'user' } as const
  const reaction = before ?? { reactionId: mintId('r'), emoji: given.emoji, operator, atMs }
  if (before) message.reactions = message.reactions.filter((each) => each !== before)
  else message.reactions.push(reaction)
  messageChanged(ws, message, 'reaction', user.openId)
  const eventIds = reacted(ws, message, reaction, before ? 'deleted' : 'created')
  return { ok: true, messageId: message.messageId, conversation: chat.chatId, eventIds }
}

function markSeen({ state }: Workspace, openId: string, chat: FeishuChat): void {
  const lastMs = messagesOf(state, chat.chatId).at(-1)?.createdAtMs ?? 0
  const marks = state.readMarks[openId] ?? {}
  state.readMarks[openId] = marks
  marks[chat.chatId] = lastMs
}

/** Reads a chat to its end. */
export function markRead(ws: Workspace, given: InConversation): GestureResult {
  const { user, chat } = placeOf(ws, given)
  markSeen(ws, user.openId, chat)
  ws.store.changed({ kind: 'read', conversation: chat.chatId, userId: user.openId })
  return { ok: true, conversation: chat.chatId }
}
