import { randomUUID } from 'node:crypto'
import type { InvokeAnswer } from './activities-out.js'
import { invokeOf } from './activity.js'
import { dialogCardProblems } from './card-schema.js'
import { actionNamed, actionsOf } from './card-walk.js'
import { showToast, whereOf } from './execute.js'
import { type Fields, isFields, own, textIn } from './fields.js'
import { type InputValues, readInputs } from './inputs.js'
import { userOf } from './people.js'
import { GestureError } from './service-error.js'
import { findMessage } from './store.js'
import type { Tenant } from './tenant.js'
import type { Dialog, GestureResult, TeamsMessage, TeamsUser } from './types.js'
import { CARD_TYPE } from './user-view.js'

type Opened = { user: TeamsUser; message: TeamsMessage }
type TaskAnswer =
  | { kind: 'continue'; title: string; card: Fields }
  | { kind: 'message'; text: string }
  | { kind: 'close' }
  | { kind: 'bad'; error: string }

/** A button that opens a dialog: `task/fetch`. */
export async function openDialog(
  tenant: Tenant,
  user: TeamsUser,
  message: TeamsMessage,
  data: Fields,
): Promise<GestureResult> {
  const answer = await ask(tenant, { user, message }, 'task/fetch', data)
  return showAnswer(tenant, { user, message }, answer, undefined)
}

export type Submission = {
  userId: string
  dialogId: string
  values?: InputValues
  /** which button, when there are several: index, id or title; the first that submits if absent */
  action?: number | string
}

/** A person submits a dialog: `task/submit`. */
export async function submitDialog(tenant: Tenant, given: Submission): Promise<GestureResult> {
  const { dialog, user, message } = opened(tenant, given)
  const { card } = dialog
  if (!card) throw new GestureError('nothing_to_submit')
  const action =
    given.action === undefined
      ? actionsOf(card).find((each) => each.type === 'Action.Submit')
      : actionNamed(card, given.action)
  if (!action) throw new GestureError('no_such_action')
  const { values, errors } =
    action.associatedInputs === 'none'
      ? { values: {}, errors: {} }
      : readInputs(tenant.state, card, given.values ?? {})
  if (Object.keys(errors).length > 0) return { ok: false, error: 'required_input_missing', errors }
  const data = { ...(isFields(action.data) ? action.data : {}), ...values }
  const answer = await ask(tenant, { user, message }, 'task/submit', data)
  return showAnswer(tenant, { user, message }, answer, dialog)
}

/** A person closes a dialog; the bot is told nothing. */
export function closeDialog(tenant: Tenant, given: { userId: string; dialogId: string }): GestureResult {
  opened(tenant, given)
  close(tenant, given.userId)
  return { ok: true }
}

function opened(tenant: Tenant, given: { userId: string; dialogId: string }): Opened & { dialog: Dialog } {
  const user = userOf(tenant.state, given.userId)
  const dialog = own(tenant.state.dialogs, given.userId)
  if (dialog?.dialogId !== given.dialogId) throw new GestureError('no_such_dialog')
  const message = findMessage(tenant.state, dialog.conversation, dialog.messageId)
  if (!message) throw new GestureError('message_not_found')
  return { user, dialog, message }
}

function ask(
  tenant: Tenant,
  { user, message }: Opened,
  name: 'task/fetch' | 'task/submit',
  data: Fields,
): Promise<InvokeAnswer> {
  return tenant.sender.invoke(
    invokeOf(tenant, user, whereOf(tenant, message), {
      name,
      value: { data, context: { theme: 'default' } },
      replyToId: message.messageId,
    }),
  )
}

function close({ state, store }: Tenant, userId: string): void {
  delete state.dialogs[userId]
  store.changed({ kind: 'dialog', userId })
}

function showAnswer(
  tenant: Tenant,
  { user, message }: Opened,
  answer: InvokeAnswer,
  before: Dialog | undefined,
): GestureResult {
  const { state, store } = tenant
  const outcome = { status: answer.status, ms: answer.ms, body: answer.body }
  const task = readTask(answer, before !== undefined)
  if (task.kind === 'bad') {
    store.changed({ kind: 'gesture_failed', userId: user.aadObjectId, detail: task.error })
    if (before) before.failed = true
    showToast(tenant, user, 'Unable to reach app. Please try again.', true)
    return { ok: false, error: task.error, ...outcome }
  }
  if (task.kind === 'close') {
    close(tenant, user.aadObjectId)
    return { ok: true, ...outcome }
  }
  const dialog: Dialog = {
    dialogId: randomUUID(),
    userId: user.aadObjectId,
    title: task.kind === 'continue' ? task.title : '',
    ...(task.kind === 'continue' ? { card: task.card } : { message: task.text }),
    conversation: message.conversation,
    messageId: message.messageId,
  }
  state.dialogs[user.aadObjectId] = dialog
  store.changed({ kind: 'dialog', userId: user.aadObjectId })
  const words = task.kind === 'message' ? { toast: task.text } : {}
  return { ok: true, dialogId: dialog.dialogId, ...words, ...outcome }
}

/** A submission may be answered with nothing, which closes the dialog; an opening may not. */
function readTask({ status, body }: InvokeAnswer, mayClose: boolean): TaskAnswer {
  if (status < 200 || status >= 300) return { kind: 'bad', error: 'unable_to_reach_app' }
  const task = isFields(body) ? body.task : undefined
  if (task === undefined || task === null)
    return mayClose ? { kind: 'close' } : { kind: 'bad', error: 'bad_answer' }
  if (!isFields(task)) return { kind: 'bad', error: 'bad_answer' }
  if (task.type === 'message' && typeof task.value === 'string' && task.value !== '')
    return { kind: 'message', text: task.value }
  if (task.type !== 'continue' || !isFields(task.value)) return { kind: 'bad', error: 'bad_answer' }
  const attachment = task.value.card
  const card = isFields(attachment) ? attachment.content : undefined
  const isCard = isFields(card) && textIn(attachment, 'contentType') === CARD_TYPE
  if (!isCard || dialogCardProblems(card).length > 0) return { kind: 'bad', error: 'bad_card' }
  return { kind: 'continue', title: textIn(task.value, 'title') ?? '', card }
}
