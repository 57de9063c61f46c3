import type { Fields } from '../fields.js'
import { isFields, own } from '../fields.js'
import { splitConversationId } from '../ids.js'
import type { CallName } from '../log-types.js'
import { hasApp } from '../people.js'
import {
  activityNotFound,
  badSyntax,
  conversationNotFound,
  notInRoster,
  ServiceError,
} from '../service-error.js'
import { findMessage } from '../store.js'
import type { Tenant } from '../tenant.js'
import { GLOBAL_WINDOWS, type Window } from '../throttle.js'
import type { TeamsConversation, TeamsMessage } from '../types.js'

/** A request of the bot: `ids` are the path's parts that vary, in order. */
export type Request = { tenant: Tenant; ids: string[]; query: Fields; body: Buffer }
export type Response = {
  status: number
  /** JSON, or bytes of that `type` */
  body?: unknown
  type?: string
  /** for the log */
  conversation?: string
  messageId?: string
}
export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `:` stands for any one part */
  path: string
  call: CallName
  run(request: Request): Response
}

/** The JSON object in a body. Throws 400. */
export function jsonOf({ body }: Request): Fields {
  try {
    const value: unknown = JSON.parse(body.toString())
    if (isFields(value)) return value
  } catch {
    // told below
  }
  throw badSyntax('The body is not a JSON object.')
}

/** Throws 429 when there have been too many calls under that key, or in all. */
export function throttled(tenant: Tenant, key: string, windows: readonly Window[]): void {
  const waitMs = tenant.throttle.take('all', GLOBAL_WINDOWS) || tenant.throttle.take(key, windows)
  if (waitMs > 0)
    throw new ServiceError(429, 'Throttled', 'Too many requests.', {
      'retry-after': String(Math.ceil(waitMs / 1000)),
    })
}

/** A conversation the bot may use, and the post whose thread was named. Throws 403 and 404. */
export function openConversation(
  { state }: Tenant,
  id: string,
): { conversation: TeamsConversation; root?: string } {
  const { base, root } = splitConversationId(id)
  const conversation = own(state.conversations, base)
  if (!conversation) throw conversationNotFound()
  if (!hasApp(state, conversation)) throw notInRoster()
  if (root === undefined) return { conversation }
  if (conversation.kind === 'direct' || !findMessage(state, base, root)) throw conversationNotFound()
  return { conversation, root }
}

/** The same, and the bot may write there. Throws 403 MessageWritesBlocked for somebody who blocked it. */
export function writableConversation(
  tenant: Tenant,
  id: string,
): { conversation: TeamsConversation; root?: string } {
  const open = openConversation(tenant, id)
  const { conversation } = open
  if (conversation.kind === 'direct' && own(tenant.state.users, conversation.userId)?.hasBlockedBot)
    throw new ServiceError(403, 'MessageWritesBlocked', 'The thread is blocked from message writes.')
  return open
}

/** A message of the bot that is still there. Throws 404, and 403 for what somebody else said. */
export function botMessage(tenant: Tenant, conversation: TeamsConversation, id: string): TeamsMessage {
  const message = findMessage(tenant.state, conversation.id, id)
  if (!message || message.deleted) throw activityNotFound()
  if (message.from !== 'bot') throw new ServiceError(403, 'Forbidden', 'Only own messages may be changed.')
  return message
}
