import { FeishuError } from '../feishu-error.js'
import { type Fields, isFields, textIn } from '../fields.js'
import { mintId } from '../ids.js'
import { messageChanged } from '../messages.js'
import { reacted } from '../notices.js'
import { chatOf, isMember } from '../store.js'
import type { FeishuMessage, Reaction } from '../types.js'
import type { Workspace } from '../workspace.js'
import { type Api, type ApiAnswer, type ApiRequest, param } from './api.js'

const WRITE = ['im:message', 'im:message.reactions:write_only']
const EMOJI = /^[A-Za-z][A-Za-z0-9_]{0,40}$/

function visibleMessage(ws: Workspace, request: ApiRequest): FeishuMessage {
  const message = ws.store.message(param(request, 'message_id'))
  if (!message || message.recalled) throw new FeishuError(231003)
  if (!isMember(chatOf(ws.state, message.chatId), ws.app.botOpenId)) throw new FeishuError(231008)
  return message
}

function wireReaction({ reactionId, emoji, operator, atMs }: Reaction): Fields {
  return {
    reaction_id: reactionId,
    operator: { operator_id: operator.id, operator_type: operator.type },
    action_time: String(atMs),
    reaction_type: { emoji_type: emoji },
  }
}

function add(ws: Workspace, request: ApiRequest): ApiAnswer {
  const message = visibleMessage(ws, request)
  const type = request.body.reaction_type
  const emoji = isFields(type) ? textIn(type, 'emoji_type') : undefined
  if (emoji === undefined || !EMOJI.test(emoji)) throw new FeishuError(231001)
  const operator = { id: ws.app.id, type: 'app' } as const
  const before = message.reactions.find((each) => each.emoji === emoji && each.operator.id === operator.id)
  const reaction = before ?? { reactionId: mintId('r'), emoji, operator, atMs: ws.now().getTime() }
  if (!before) {
    message.reactions.push(reaction)
    messageChanged(ws, message, 'reaction', 'bot')
    reacted(ws, message, reaction, 'created')
  }
  return { data: wireReaction(reaction), place: { message_id: message.messageId } }
}

function remove(ws: Workspace, request: ApiRequest): ApiAnswer {
  const message = visibleMessage(ws, request)
  const reaction = message.reactions.find((each) => each.reactionId === param(request, 'reaction_id'))
  if (!reaction) throw new FeishuError(231011)
  if (reaction.operator.id !== ws.app.id) throw new FeishuError(231007)
  message.reactions = message.reactions.filter((each) => each !== reaction)
  messageChanged(ws, message, 'reaction', 'bot')
  reacted(ws, message, reaction, 'deleted')
  return { data: wireReaction(reaction), place: { message_id: message.messageId } }
}

function list(ws: Workspace, request: ApiRequest): ApiAnswer {
  const message = visibleMessage(ws, request)
  const wanted = request.query.reaction_type
  const items = message.reactions.filter((each) => wanted === undefined || each.emoji === wanted)
  return { data: { items: items.map(wireReaction), has_more: false, page_token: '' } }
}

const path = '/im/v1/messages/:message_id/reactions'
export const reactionApis: readonly Api[] = [
  { name: 'im.v1.messageReaction.create', verb: 'POST', path, scopes: WRITE, run: add },
  {
    name: 'im.v1.messageReaction.delete',
    verb: 'DELETE',
    path: `${path}/:reaction_id`,
    scopes: WRITE,
    run: remove,
  },
  {
    name: 'im.v1.messageReaction.list',
    verb: 'GET',
    path,
    scopes: ['im:message', 'im:message.reactions:read'],
    run: list,
  },
]
