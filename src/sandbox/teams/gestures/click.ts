import { activityOf, clientFields } from '../activity.js'
import { actionNamed } from '../card-walk.js'
import { openDialog } from '../dialog.js'
import { execute, whereOf } from '../execute.js'
import { type Fields, isFields, textIn } from '../fields.js'
import { type InputValues, readInputs } from '../inputs.js'
import { conversationOfUser, userOf } from '../people.js'
import { refresh, visibleRefreshAction } from '../refresh.js'
import { GestureError } from '../service-error.js'
import { findMessage } from '../store.js'
import type { Tenant } from '../tenant.js'
import type { GestureResult, TeamsMessage, TeamsUser } from '../types.js'
import { cardFor } from '../user-view.js'

export type OnMessage = { userId: string; conversation: string; messageId: string }
export type Click = OnMessage & {
  /** index among the card's actions from top to bottom, or its id, title or verb */
  action: number | string
  values?: InputValues
  /** fields that replace those of the action, as a tampered or outdated client would send them; it need not exist then */
  forge?: Fields
}

function found(tenant: Tenant, given: OnMessage): { user: TeamsUser; message: TeamsMessage } {
  const conversation = conversationOfUser(tenant.state, given.conversation, given.userId)
  const message = findMessage(tenant.state, conversation.id, given.messageId)
  if (!message || message.deleted) throw new GestureError('message_not_found')
  return { user: userOf(tenant.state, given.userId), message }
}

/** A person presses a button of a card. */
export async function click(tenant: Tenant, given: Click): Promise<GestureResult> {
  const { user, message } = found(tenant, given)
  const card = cardFor(tenant.state, message, user.aadObjectId)?.card
  const shown = card && actionNamed(card, given.action)
  if (!shown && !given.forge) throw new GestureError(card ? 'no_such_action' : 'no_card')
  const action: Fields = { type: 'Action.Execute', ...shown, ...given.forge }
  if (action.isEnabled === false) throw new GestureError('action_disabled')
  const takesInputs = card !== undefined && action.associatedInputs !== 'none'
  const { values, errors } = takesInputs
    ? readInputs(tenant.state, card, given.values ?? {})
    : { values: {}, errors: {} }
  if (Object.keys(errors).length > 0) return { ok: false, error: 'required_input_missing', errors }
  delete tenant.state.toasts[user.aadObjectId]
  switch (action.type) {
    case 'Action.Execute':
      return execute(tenant, { user, message, action, inputs: values, trigger: 'manual' })
    case 'Action.Submit':
      return submit(tenant, user, message, { ...(isFields(action.data) ? action.data : {}), ...values })
    case 'Action.OpenUrl':
      return { ok: true, url: textIn(action, 'url') ?? '' }
    default:
      // Shown and hidden by the client alone.
      return { ok: true }
  }
}

function submit(
  tenant: Tenant,
  user: TeamsUser,
  message: TeamsMessage,
  value: Fields,
): GestureResult | Promise<GestureResult> {
  const kind = textIn(value.msteams, 'type')
  if (kind === 'task/fetch') return openDialog(tenant, user, message, value)
  if (kind === 'invoke') throw new GestureError('not_emulated')
  const { entities, fields } = clientFields(user)
  const said = kind === 'imBack' ? textIn(value.msteams, 'value') : textIn(value.msteams, 'text')
  const activity = activityOf(tenant, user, whereOf(tenant, message), {
    type: 'message',
    id: tenant.store.mintMessageId(),
    ...(said === undefined ? {} : { text: said, textFormat: 'plain' }),
    value: kind === 'messageBack' && isFields(value.msteams) ? (value.msteams.value ?? {}) : value,
    replyToId: message.messageId,
    entities,
    ...fields,
    channelData: { source: { name: 'message' }, legacy: { replyToId: message.messageId } },
  })
  return { ok: true, activityIds: [tenant.sender.send(activity)] }
}

/** A person asks for the card anew by its menu. */
export async function refreshCard(tenant: Tenant, given: OnMessage): Promise<GestureResult> {
  const { user, message } = found(tenant, given)
  const action = visibleRefreshAction(tenant, message, user.aadObjectId)
  if (!action) throw new GestureError('no_refresh')
  return refresh(tenant, user, message, action, 'manual')
}
