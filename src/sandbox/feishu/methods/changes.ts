import { checkedCard, checkedContent } from '../content.js'
import { FeishuError } from '../feishu-error.js'
import { isFields, parseFields, textIn } from '../fields.js'
import { messageChanged, messageOf, ownMessage, wireMessage } from '../messages.js'
import { recalled } from '../notices.js'
import { findUser } from '../people.js'
import { chatOf, isMember } from '../store.js'
import type { FeishuMessage } from '../types.js'
import type { Workspace } from '../workspace.js'
import { type Api, type ApiAnswer, type ApiRequest, param, required } from './api.js'

const DAY_MS = 24 * 3_600_000
const MAX_AGE_MS = 14 * DAY_MS
const MAX_EDITS = 20
const CHANGE = ['im:message', 'im:message:send_as_bot', 'im:message:update']

const placeOf = ({ messageId, chatId }: FeishuMessage) => ({ message_id: messageId, chat_id: chatId })

/** Whether the card says of itself that everybody sees the same one. */
function isShared(card: unknown): boolean {
  return isFields(card) && isFields(card.config) && card.config.update_multi === true
}

function setCard(ws: Workspace, message: FeishuMessage, card: unknown): ApiAnswer {
  if (ws.now().getTime() - message.createdAtMs > MAX_AGE_MS) throw new FeishuError(230031)
  if (!ws.limits.takeTarget(message.messageId)) throw new FeishuError(230020)
  const checked = checkedCard(card)
  if (!isShared(parseFields(message.content)) || !isShared(checked)) {
    throw new FeishuError(230001, { detail: 'update_multi must be true before and after' })
  }
  message.content = JSON.stringify(checked)
  message.updatedAtMs = ws.now().getTime()
  messageChanged(ws, message, 'message_updated', 'bot')
  return { data: {}, place: placeOf(message) }
}

function patch(ws: Workspace, request: ApiRequest): ApiAnswer {
  const message = ownMessage(ws, param(request, 'message_id'))
  if (message.msgType !== 'interactive') throw new FeishuError(230054)
  const card = parseFields(required(request.body, 'content'))
  if (!card) throw new FeishuError(230001, { detail: 'content is not a string in json format' })
  return setCard(ws, message, card)
}

function edit(ws: Workspace, request: ApiRequest): ApiAnswer {
  const message = ownMessage(ws, param(request, 'message_id'))
  const msgType = required(request.body, 'msg_type')
  if (msgType !== 'text' && msgType !== 'post') throw new FeishuError(230054)
  if (message.msgType !== 'text' && message.msgType !== 'post') throw new FeishuError(230054)
  if (message.edits >= MAX_EDITS) throw new FeishuError(230072)
  const checked = checkedContent(ws, msgType, required(request.body, 'content'))
  if (!ws.limits.takeTarget(message.messageId)) throw new FeishuError(230020)
  Object.assign(message, checked, { edits: message.edits + 1, updatedAtMs: ws.now().getTime() })
  messageChanged(ws, message, 'message_updated', 'bot')
  return { data: wireMessage(ws, message), place: placeOf(message) }
}

function recall(ws: Workspace, request: ApiRequest): ApiAnswer {
  const message = messageOf(ws, param(request, 'message_id'))
  if (message.sender.type !== 'app') throw new FeishuError(230026)
  if (message.recalled) throw new FeishuError(230011)
  if (!isMember(chatOf(ws.state, message.chatId), ws.app.botOpenId)) throw new FeishuError(230002)
  if (ws.now().getTime() - message.createdAtMs > DAY_MS) throw new FeishuError(230009)
  message.recalled = true
  messageChanged(ws, message, 'message_recalled', 'bot')
  recalled(ws, message, 'bot')
  return { data: {}, place: placeOf(message) }
}

function urge(ws: Workspace, request: ApiRequest): ApiAnswer {
  const message = ownMessage(ws, param(request, 'message_id'))
  const asked = Array.isArray(request.body.user_id_list) ? request.body.user_id_list.map(String) : []
  if (asked.length === 0) throw new FeishuError(230001, { detail: 'user_id_list is required' })
  const chat = chatOf(ws.state, message.chatId)
  const idType = request.query.user_id_type ?? 'open_id'
  const invalid = asked.filter((id) => {
    const user = findUser(ws, id, idType)
    const reached = user !== undefined && isMember(chat, user.openId) && !user.resigned
    if (reached && !message.urgentFor.includes(user.openId)) message.urgentFor.push(user.openId)
    return !reached
  })
  messageChanged(ws, message, 'urgent', 'bot')
  return { data: { invalid_user_id_list: invalid }, place: placeOf(message) }
}

/** The later answer to a click: at most twice, within half an hour, and only once the click itself was answered. */
function updateLater(ws: Workspace, { body }: ApiRequest): ApiAnswer {
  const messageId = ws.cardTokens.use(textIn(body, 'token') ?? '')
  if (messageId === undefined) throw new FeishuError(300080)
  const message = messageOf(ws, messageId)
  if (message.recalled) throw new FeishuError(230011)
  const { open_ids: openIds, ...card } = isFields(body.card) ? body.card : {}
  if (Array.isArray(openIds) && openIds.length > 0) {
    throw new FeishuError(230001, { detail: 'open_ids is for exclusive cards only' })
  }
  return setCard(ws, message, card)
}

export const changingApis: readonly Api[] = [
  {
    name: 'im.v1.message.patch',
    verb: 'PATCH',
    path: '/im/v1/messages/:message_id',
    scopes: CHANGE,
    run: patch,
  },
  {
    name: 'im.v1.message.update',
    verb: 'PUT',
    path: '/im/v1/messages/:message_id',
    scopes: CHANGE,
    run: edit,
  },
  {
    name: 'im.v1.message.delete',
    verb: 'DELETE',
    path: '/im/v1/messages/:message_id',
    scopes: ['im:message', 'im:message:send_as_bot', 'im:message:recall'],
    run: recall,
  },
  {
    name: 'im.v1.message.urgentApp',
    verb: 'PATCH',
    path: '/im/v1/messages/:message_id/urgent_app',
    scopes: ['im:message.urgent'],
    run: urge,
  },
  { name: 'interactive.v1.card.update', verb: 'POST', path: '/interactive/v1/card/update', run: updateLater },
]
