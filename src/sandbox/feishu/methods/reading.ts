import { FeishuError } from '../feishu-error.js'
import type { Fields } from '../fields.js'
import { messageOf, wireMessage } from '../messages.js'
import { chatOf, isMember, messagesOf } from '../store.js'
import type { FeishuMessage } from '../types.js'
import type { Workspace } from '../workspace.js'
import { type Api, type ApiAnswer, type ApiRequest, param, requireScope } from './api.js'

const READ = ['im:message', 'im:message:readonly', 'im:message.history:readonly']
const MAX_PAGE = 50
const DEFAULT_PAGE = 20

function assertInChat(ws: Workspace, chatId: string): void {
  if (!isMember(chatOf(ws.state, chatId), ws.app.botOpenId)) throw new FeishuError(230002)
}

/** What a forwarded bundle holds, each under the bundle's id. */
function childrenOf(ws: Workspace, { messageId, forwarded }: FeishuMessage): Fields[] {
  return (forwarded ?? []).map((each) => ({ ...wireMessage(ws, each), upper_message_id: messageId }))
}

function get(ws: Workspace, request: ApiRequest): ApiAnswer {
  const message = messageOf(ws, param(request, 'message_id'))
  assertInChat(ws, message.chatId)
  const items = [wireMessage(ws, message), ...(message.recalled ? [] : childrenOf(ws, message))]
  return { data: { items }, place: { message_id: message.messageId } }
}

function list(ws: Workspace, { query }: ApiRequest): ApiAnswer {
  const id = query.container_id ?? ''
  const found = query.container_id_type === 'thread' ? inThread(ws, id) : inChat(ws, id, query)
  const newestFirst = query.sort_type === 'ByCreateTimeDesc'
  const from = Number(query.page_token ?? 0)
  const size = Math.min(MAX_PAGE, Number(query.page_size ?? DEFAULT_PAGE))
  if (!Number.isInteger(from) || !Number.isInteger(size) || size < 1) {
    throw new FeishuError(230001, { detail: 'invalid page' })
  }
  const ordered = newestFirst ? found.toReversed() : found
  const hasMore = from + size < ordered.length
  return {
    data: {
      has_more: hasMore,
      page_token: hasMore ? String(from + size) : '',
      items: ordered.slice(from, from + size).map((message) => wireMessage(ws, message)),
    },
    place: { container_id: id },
  }
}

/** Thread replies are not part of the chat's own list: their root is. */
function inChat(ws: Workspace, chatId: string, { start_time: start, end_time: end }: ApiRequest['query']) {
  const chat = chatOf(ws.state, chatId)
  assertInChat(ws, chatId)
  if (chat.kind === 'group') requireScope(ws, ['im:message.group_msg'])
  const fromMs = Number(start ?? 0) * 1000
  const toMs = end === undefined ? Number.POSITIVE_INFINITY : Number(end) * 1000 + 999
  return messagesOf(ws.state, chatId).filter(
    ({ threadId, rootId, createdAtMs }) =>
      (threadId === undefined || rootId === undefined) && createdAtMs >= fromMs && createdAtMs <= toMs,
  )
}

function inThread(ws: Workspace, threadId: string): FeishuMessage[] {
  const found = Object.values(ws.state.messages)
    .flat()
    .filter((message) => message.threadId === threadId)
  const first = found[0]
  if (!first) throw new FeishuError(230001, { detail: 'invalid container_id' })
  assertInChat(ws, first.chatId)
  return found
}

export const readingApis: readonly Api[] = [
  { name: 'im.v1.message.get', verb: 'GET', path: '/im/v1/messages/:message_id', scopes: READ, run: get },
  { name: 'im.v1.message.list', verb: 'GET', path: '/im/v1/messages', scopes: READ, run: list },
]
