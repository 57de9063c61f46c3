import type { Fields } from './fields.js'
import { chatMethods } from './methods/chat.js'
import { conversationMethods } from './methods/conversations.js'
import { fileMethods } from './methods/files.js'
import { identityMethods } from './methods/identity.js'
import { type Args, type Method, requireScope, toArgs } from './methods/method.js'
import { reactionMethods } from './methods/reactions.js'
import { userMethods } from './methods/users.js'
import { viewMethods } from './methods/views.js'
import { SlackError } from './slack-error.js'
import type { Workspace } from './workspace.js'

export const METHODS: Record<string, Method> = {
  ...identityMethods,
  ...chatMethods,
  ...conversationMethods,
  ...userMethods,
  ...viewMethods,
  ...fileMethods,
  ...reactionMethods,
}

export type MethodAnswer = { status: number; body: Fields; headers: Record<string, string> }

/** One Web API call, from decoded arguments to the answer's body. Never throws for what Slack would answer. */
export function callMethod(
  ws: Workspace,
  name: string,
  raw: Fields,
  bearer: string | undefined,
): MethodAnswer {
  try {
    const args = toArgs(raw)
    const method = admitted(ws, name, args, bearer)
    const body = { ok: true, ...method.run(ws, args) }
    return { status: 200, body, headers: scopeHeaders(ws, method) }
  } catch (error) {
    if (error instanceof SlackError) return refused(error)
    throw error
  }
}

function admitted(ws: Workspace, name: string, args: Args, bearer: string | undefined): Method {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
  if (!method) throw new SlackError('unknown_method', { req_method: name })
  const token = bearer ?? args.text('token')
  if (token === undefined) throw new SlackError('not_authed')
  if (token !== ws.state.bot.token) throw new SlackError('invalid_auth')
  requireScope(ws, ...(method.scopes ?? []))
  const waitS = ws.limits.take(name, method.tier)
  if (waitS > 0) throw new SlackError('ratelimited', { retryAfterS: waitS })
  return method
}

function refused({ code, extra }: SlackError): MethodAnswer {
  const { retryAfterS, ...rest } = extra
  const body = { ok: false, error: code, ...rest }
  if (code !== 'ratelimited') return { status: 200, body, headers: {} }
  return { status: 429, body, headers: { 'retry-after': String(retryAfterS ?? 1) } }
}

function scopeHeaders(ws: Workspace, method: Method): Record<string, string> {
  const accepted = method.scopes ?? []
  return { 'x-oauth-scopes': [...ws.scopes].join(','), 'x-accepted-oauth-scopes': accepted.join(',') }
}
