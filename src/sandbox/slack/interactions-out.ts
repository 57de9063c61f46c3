import { postOut } from '../post-out.js'
import { ANSWER_DEADLINE_MS, VERIFICATION_TOKEN } from './events-out.js'
import type { Fields } from './fields.js'
import type { Delivery } from './log-types.js'
import { signatureHeaders } from './signature.js'
import { userOf } from './store.js'
import type { GestureResult, SlackChannel, Ts } from './types.js'
import type { Workspace } from './workspace.js'

/** What the app answered to a gesture. `body` is parsed when it is JSON, else text; empty = ''. */
export type Acknowledgement = GestureResult & { body: unknown }

/** Sends a gesture's payload and waits for the answer, three seconds at most. Never repeated, as with Slack. */
export async function sendInteraction(
  ws: Workspace,
  kind: Exclude<Delivery['kind'], 'event'>,
  type: string,
  form: Record<string, string>,
): Promise<Acknowledgement> {
  if (ws.faults.downMode() !== undefined) return { ok: false, error: 'slack_down', body: '' }
  const body = new URLSearchParams(form).toString()
  const { requestUrl, signingSecret } = ws.addresses
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...signatureHeaders(signingSecret, body, ws.now()),
  }
  const answer = await postOut(requestUrl, body, headers, ANSWER_DEADLINE_MS)
  const ok = answer.status >= 200 && answer.status < 300
  ws.log.delivery({
    kind,
    type,
    at: ws.now().toISOString(),
    ms: answer.ms,
    status: answer.status,
    retryNum: 0,
    outcome: ok ? 'acknowledged' : 'given_up',
  })
  ws.store.changed({ kind: 'delivery', detail: `${type} ${answer.status}` })
  const failure = ok ? {} : { error: answer.timedOut ? 'operation_timeout' : 'dispatch_failed' }
  const parsed = readBody(answer.body)
  const shown = answer.body === '' ? {} : { ackBody: parsed }
  return { ok, status: answer.status, ms: answer.ms, ...failure, ...shown, body: parsed }
}

/** The same for a JSON payload in the form's `payload` field. */
export function sendPayload(
  ws: Workspace,
  kind: 'interaction' | 'options',
  payload: Fields,
): Promise<Acknowledgement> {
  return sendInteraction(ws, kind, String(payload.type), { payload: JSON.stringify(payload) })
}

function readBody(body: string): unknown {
  try {
    return body === '' ? '' : JSON.parse(body)
  } catch {
    return body
  }
}

/** What every payload says about who did it, and where. */
export function payloadHead(ws: Workspace, userId: string): Fields {
  const { team, bot } = ws.state
  const user = userOf(ws.state, userId)
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: bot.appId,
    token: VERIFICATION_TOKEN,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  }
}

/** The channel as payloads name it. */
export function channelHead(channel: SlackChannel): { id: string; name: string } {
  const name =
    channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name
  return { id: channel.id, name }
}

/** A fresh response_url for something that a person did in a channel. */
export function newResponseUrl(
  ws: Workspace,
  target: { userId: string; channel: string; messageTs?: Ts; threadTs?: Ts; isEphemeral: boolean },
): string {
  return `${ws.addresses.publicUrl}${ws.addresses.prefix}/-/response/${ws.responseUrls.issue(target)}`
}

/** Removes what is for this folder only. */
export function outcome({ body: _body, ...result }: Acknowledgement): GestureResult {
  return result
}
