import { FeishuError } from '../feishu-error.js'
import { textIn } from '../fields.js'
import { findUser, idOf, wireUser } from '../people.js'
import { ALL_SCOPES } from '../scopes.js'
import { chatOf, isMember } from '../store.js'
import type { Workspace } from '../workspace.js'
import { type Api, type ApiAnswer, type ApiRequest, param } from './api.js'

const MAX_LOOKUPS = 50

function token(ws: Workspace, { body }: ApiRequest): ApiAnswer {
  const id = textIn(body, 'app_id')
  const secret = textIn(body, 'app_secret')
  if (id !== ws.app.id) throw new FeishuError(10003, { httpStatus: 200 })
  if (secret !== ws.app.secret) throw new FeishuError(10014, { httpStatus: 200 })
  const { token: issued, expireS } = ws.tokens.issue()
  return { beside: { tenant_access_token: issued, expire: expireS } }
}

function botInfo({ app }: Workspace): ApiAnswer {
  const bot = {
    activate_status: 2,
    app_name: app.name,
    avatar_url: '',
    ip_white_list: [],
    open_id: app.botOpenId,
  }
  return { beside: { bot } }
}

/** Every scope that the emulated APIs know, granted or not. */
function grants({ scopes }: Workspace): ApiAnswer {
  const known = [...new Set([...ALL_SCOPES, ...scopes])]
  return {
    data: { scopes: known.map((name) => ({ scope_name: name, grant_status: scopes.has(name) ? 1 : 2 })) },
  }
}

function user(ws: Workspace, request: ApiRequest): ApiAnswer {
  const found = findUser(ws, param(request, 'user_id'), request.query.user_id_type ?? 'open_id')
  if (!found?.available) throw new FeishuError(41050)
  return { data: { user: wireUser(ws, found) }, place: { user_id: found.openId } }
}

/** Those of up to fifty people whom the app may see; the others are left out. */
function users(ws: Workspace, { query, lists }: ApiRequest): ApiAnswer {
  const ids = lists.user_ids ?? []
  if (ids.length === 0 || ids.length > MAX_LOOKUPS) {
    throw new FeishuError(230001, { detail: 'one to fifty user_ids are required' })
  }
  const found = ids.flatMap((id) => findUser(ws, id, query.user_id_type ?? 'open_id') ?? [])
  return { data: { items: found.filter((one) => one.available).map((one) => wireUser(ws, one)) } }
}

/** Who an address belongs to; one that nobody the app may see has comes back without an id. */
function batchGetId(ws: Workspace, { body, query }: ApiRequest): ApiAnswer {
  const emails = Array.isArray(body.emails) ? body.emails.map(String) : []
  const mobiles = Array.isArray(body.mobiles) ? body.mobiles.map(String) : []
  if (emails.length + mobiles.length === 0 || emails.length > MAX_LOOKUPS || mobiles.length > MAX_LOOKUPS) {
    throw new FeishuError(230001, { detail: 'one to fifty emails or mobiles are required' })
  }
  const found = emails.map((email) => {
    const person = findUser(ws, email, 'email')
    const seen = person?.available && (!person.resigned || body.include_resigned === true)
    return seen ? { email, user_id: idOf(person, query.user_id_type ?? 'open_id') } : { email }
  })
  return { data: { user_list: [...found, ...mobiles.map((mobile) => ({ mobile }))] } }
}

function chat(ws: Workspace, request: ApiRequest): ApiAnswer {
  const { chatId, kind, name, members } = botChat(ws, request)
  return {
    data: {
      chat_id: chatId,
      name: kind === 'p2p' ? '' : name,
      chat_mode: kind,
      chat_type: 'private',
      external: false,
      tenant_key: ws.state.tenantKey,
      user_count: String(members.filter((id) => id !== ws.app.botOpenId).length),
      bot_count: '1',
    },
    place: { chat_id: chatId },
  }
}

function members(ws: Workspace, request: ApiRequest): ApiAnswer {
  const { chatId, members: ids } = botChat(ws, request)
  const people = ids.flatMap((id) => findUser(ws, id, 'open_id') ?? [])
  const items = people.map(({ openId, name }) => ({
    member_id_type: 'open_id',
    member_id: openId,
    name,
    tenant_key: ws.state.tenantKey,
  }))
  const data = { items, page_token: '', has_more: false, member_total: items.length }
  return { data, place: { chat_id: chatId } }
}

function botChat(ws: Workspace, request: ApiRequest) {
  const found = chatOf(ws.state, param(request, 'chat_id'))
  if (!isMember(found, ws.app.botOpenId)) throw new FeishuError(232011)
  return found
}

export const TOKEN_API = 'auth.v3.tenantAccessToken.internal'
export const identityApis: readonly Api[] = [
  { name: TOKEN_API, verb: 'POST', path: '/auth/v3/tenant_access_token/internal', open: true, run: token },
  { name: 'bot.v3.info', verb: 'GET', path: '/bot/v3/info', run: botInfo },
  { name: 'application.v6.scope.list', verb: 'GET', path: '/application/v6/scopes', run: grants },
  {
    name: 'contact.v3.user.get',
    verb: 'GET',
    path: '/contact/v3/users/:user_id',
    scopes: ['contact:user.base:readonly'],
    run: user,
  },
  {
    name: 'contact.v3.user.batch',
    verb: 'GET',
    path: '/contact/v3/users/batch',
    scopes: ['contact:user.base:readonly'],
    run: users,
  },
  {
    name: 'contact.v3.user.batchGetId',
    verb: 'POST',
    path: '/contact/v3/users/batch_get_id',
    scopes: ['contact:user.id:readonly'],
    run: batchGetId,
  },
  {
    name: 'im.v1.chat.get',
    verb: 'GET',
    path: '/im/v1/chats/:chat_id',
    scopes: ['im:chat', 'im:chat:readonly'],
    run: chat,
  },
  {
    name: 'im.v1.chatMembers.get',
    verb: 'GET',
    path: '/im/v1/chats/:chat_id/members',
    scopes: ['im:chat', 'im:chat:readonly', 'im:chat.members:read'],
    run: members,
  },
]
