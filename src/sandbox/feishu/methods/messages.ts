import { checkedContent } from '../content.js'
import { FeishuError } from '../feishu-error.js'
import { textIn } from '../fields.js'
import { addMessage, assertBotMaySpeak, messageOf, wireMessage } from '../messages.js'
import { findUser } from '../people.js'
import { chatOf, directChat } from '../store.js'
import type { FeishuChat, FeishuMessage } from '../types.js'
import type { Workspace } from '../workspace.js'
import { type Api, type ApiAnswer, type ApiRequest, param, required } from './api.js'

const MAX_UUID = 50
const SEND = ['im:message', 'im:message:send_as_bot']

function answerOf(ws: Workspace, message: FeishuMessage): ApiAnswer {
  const { messageId, chatId } = message
  return { data: wireMessage(ws, message), place: { message_id: messageId, chat_id: chatId } }
}

function targetOf(ws: Workspace, receiveId: string, idType: string): FeishuChat {
  if (idType === 'chat_id') return chatOf(ws.state, receiveId)
  if (!['open_id', 'union_id', 'user_id', 'email'].includes(idType)) {
    throw new FeishuError(230001, { detail: 'invalid receive_id_type' })
  }
  const user = findUser(ws, receiveId, idType)
  if (!user) throw new FeishuError(230001, { detail: 'invalid receive_id' })
  if (!user.available || user.resigned) throw new FeishuError(230013)
  return directChat(ws.store, user.openId)
}

/** Sends once for each uuid; the second time it answers what the first one made. */
function once(ws: Workspace, api: string, request: ApiRequest, send: () => FeishuMessage): ApiAnswer {
  const uuid = textIn(request.body, 'uuid')
  if (uuid !== undefined && uuid.length > MAX_UUID)
    throw new FeishuError(230001, { detail: 'uuid is too long' })
  const key = `${api} ${uuid ?? ''}`
  const before = uuid ? ws.dedupe.find(key) : undefined
  if (before !== undefined) return answerOf(ws, messageOf(ws, before))
  const message = send()
  if (uuid) ws.dedupe.keep(key, message.messageId)
  return answerOf(ws, message)
}

function post(ws: Workspace, chat: FeishuChat, request: ApiRequest, parent?: FeishuMessage): FeishuMessage {
  assertBotMaySpeak(ws, chat)
  const content = checkedContent(ws, required(request.body, 'msg_type'), required(request.body, 'content'))
  if (!ws.limits.takeTarget(chat.chatId)) throw new FeishuError(230020)
  const sender = { id: ws.app.id, type: 'app' } as const
  const inThread = request.body.reply_in_thread === true
  return addMessage(ws, { ...content, chat, sender, ...(parent ? { parent, inThread } : {}) })
}

export const sendingApis: readonly Api[] = [
  {
    name: 'im.v1.message.create',
    verb: 'POST',
    path: '/im/v1/messages',
    scopes: SEND,
    run: (ws, request) =>
      once(ws, 'create', request, () => {
        const receiveId = required(request.body, 'receive_id')
        return post(ws, targetOf(ws, receiveId, request.query.receive_id_type ?? ''), request)
      }),
  },
  {
    name: 'im.v1.message.reply',
    verb: 'POST',
    path: '/im/v1/messages/:message_id/reply',
    scopes: SEND,
    run: (ws, request) =>
      once(ws, 'reply', request, () => {
        const parent = messageOf(ws, param(request, 'message_id'))
        if (parent.recalled) throw new FeishuError(230011)
        return post(ws, chatOf(ws.state, parent.chatId), request, parent)
      }),
  },
]
