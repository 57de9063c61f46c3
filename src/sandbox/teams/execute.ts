import type { InvokeAnswer } from './activities-out.js'
import { invokeOf, type Where } from './activity.js'
import { cardProblems } from './card-schema.js'
import { isFields, own, textIn } from './fields.js'
import { GestureError } from './service-error.js'
import { personalKey } from './store.js'
import type { Tenant } from './tenant.js'
import type { Fields, GestureResult, TeamsMessage, TeamsUser } from './types.js'

const CARD = 'application/vnd.microsoft.card.adaptive'
const WORDS = 'application/vnd.microsoft.activity.message'
const ERROR = 'application/vnd.microsoft.error'

export type Execution = {
  user: TeamsUser
  message: TeamsMessage
  /** the Action.Execute as the card has it */
  action: Fields
  inputs: Fields
  trigger: 'manual' | 'automatic'
}

/** Where a message is, for an activity about it. */
export function whereOf({ state }: Tenant, message: TeamsMessage): Where {
  const conversation = own(state.conversations, message.conversation)
  if (!conversation) throw new GestureError('not_in_conversation')
  if (conversation.kind === 'direct') return { conversation }
  return { conversation, root: message.thread ?? message.messageId }
}

/** An Action.Execute: `adaptiveCard/action`, and what the client makes of the answer. */
export async function execute(tenant: Tenant, given: Execution): Promise<GestureResult> {
  const { user, message, action, inputs, trigger } = given
  const startRevision = message.revision
  const data = { ...(isFields(action.data) ? action.data : {}), ...inputs }
  const { id, title, verb } = action
  const named = Object.entries({ id, title, verb }).filter(([, value]) => value !== undefined)
  const answer = await tenant.sender.invoke(
    invokeOf(tenant, user, whereOf(tenant, message), {
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', ...Object.fromEntries(named), data }, trigger },
      replyToId: message.messageId,
    }),
  )
  const outcome = { status: answer.status, ms: answer.ms, body: answer.body }
  const failure = failureOf(answer)
  if (failure) return { ...fail(tenant, given, failure), ...outcome }
  const body = isFields(answer.body) ? answer.body : {}
  if (body.type === CARD && isFields(body.value)) {
    // A click's answer is what the client shows last; an automatic one is for the message as it was.
    const revision = trigger === 'manual' ? message.revision : startRevision
    const key = personalKey(user.aadObjectId, message.conversation, message.messageId)
    tenant.state.personalCards[key] = { card: body.value, revision }
    tenant.store.changed({ kind: 'personal_card', ...placeOf(given) })
    return { ok: true, ...outcome }
  }
  const words = body.type === WORDS && typeof body.value === 'string' ? body.value : undefined
  if (words === undefined || trigger === 'automatic') return { ok: true, ...outcome }
  showToast(tenant, user, words, false)
  return { ok: true, toast: words, ...outcome }
}

function placeOf({ user, message }: Execution) {
  return { userId: user.aadObjectId, conversation: message.conversation, messageId: message.messageId }
}

/** What a client calls an answer that it cannot use; undefined when it can. */
function failureOf(answer: InvokeAnswer): { error: string; text?: string } | undefined {
  if (answer.status !== 200) return { error: 'unable_to_reach_app' }
  if (!isFields(answer.body)) return { error: 'bad_answer' }
  const { statusCode, type, value } = answer.body
  if (type === ERROR || (typeof statusCode === 'number' && statusCode >= 400)) {
    const text = textIn(value, 'message')
    return { error: 'app_error', ...(text === undefined ? {} : { text }) }
  }
  if (statusCode !== 200) return { error: 'bad_answer' }
  if (type === CARD) return cardProblems(value).length > 0 ? { error: 'bad_card' } : undefined
  if (type === WORDS) return typeof value === 'string' && value !== '' ? undefined : { error: 'bad_answer' }
  return { error: 'bad_answer' }
}

function fail(
  tenant: Tenant,
  given: Execution,
  { error, text }: { error: string; text?: string },
): GestureResult {
  tenant.store.changed({ kind: 'gesture_failed', ...placeOf(given), detail: error })
  // A failed automatic refresh is shown to nobody.
  if (given.trigger === 'manual')
    showToast(tenant, given.user, text ?? 'Something went wrong. Please try again.', true)
  return { ok: false, error }
}

/** Shows a line on a person's screen. */
export function showToast(tenant: Tenant, user: TeamsUser, text: string, isError: boolean): void {
  tenant.state.toasts[user.aadObjectId] = { text, isError, at: tenant.now().toISOString() }
  tenant.store.changed({ kind: 'toast', userId: user.aadObjectId })
}
