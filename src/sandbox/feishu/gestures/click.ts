import type { Answer } from '../../post-out.js'
import { readCardAnswer } from '../card-answer.js'
import { type CardPart, findPart } from '../card-parts.js'
import { ClientRefusal } from '../feishu-error.js'
import { type Fields, fieldsIn, isFields, parseFields, textIn } from '../fields.js'
import { type InputValue, readForm, readInput, TIMEZONE, type Values } from '../form-values.js'
import { messageChanged } from '../messages.js'
import { wireIds } from '../people.js'
import type { FeishuMessage, FeishuUser, GestureResult, Toast } from '../types.js'
import type { Workspace } from '../workspace.js'
import { messageIn, type OnMessage, placeOf } from './place.js'

export type Click = OnMessage & {
  /** the n-th button, or the element_id, name or label of anything that can be used */
  action: number | string
  /** by the input's name; for something outside a form its own name, or `value` */
  values?: Values
  /** sent instead of what the card holds: what a forged or outdated client would send */
  forge?: Fields
}

const MAX_AGE_MS = 14 * 24 * 3_600_000

/** Uses something in a card. Resolves when the app has answered, or has had its three seconds. */
export async function click(ws: Workspace, given: Click): Promise<GestureResult> {
  const { user, chat } = placeOf(ws, given)
  const message = messageIn(ws, chat, given.messageId)
  const card = message.msgType === 'interactive' ? parseFields(message.content) : undefined
  const part = card ? findPart(card, given.action) : undefined
  if (!part) throw new ClientRefusal('no_such_element')
  if (ws.now().getTime() - message.createdAtMs > MAX_AGE_MS) throw new ClientRefusal('card_expired')
  if (part.element.disabled === true) throw new ClientRefusal('disabled')
  const { action, errors } = actionOf(part, given.values ?? {})
  if (Object.keys(errors).length > 0) return { ok: false, error: 'input_invalid', errors }
  showToast(ws, user, undefined)
  const url = linkOf(part.element)
  const opened = url === undefined ? {} : { url }
  if (!callsBack(part)) return { ok: true, ...opened }

  const token = ws.cardTokens.issue(message.messageId)
  const answer = await ws.events.callback('card.action.trigger', {
    operator: { tenant_key: ws.state.tenantKey, ...wireIds(ws, user.openId) },
    token,
    action: { ...action, ...given.forge },
    host: 'im_message',
    context: { open_message_id: message.messageId, open_chat_id: chat.chatId },
  })
  if (answer.status === 200) ws.cardTokens.answered(token)
  return { ...settle(ws, user, message, answer), ...opened }
}

function settle(ws: Workspace, user: FeishuUser, message: FeishuMessage, answer: Answer): GestureResult {
  const { status, ms } = answer
  const ackBody = parseFields(answer.body)
  const sent = { status, ms, ...(ackBody ? { ackBody } : {}) }
  const read = readCardAnswer(answer, user.locale)
  if ('fault' in read) {
    const toast = { type: 'error', content: read.fault, code: read.fault } as const
    showToast(ws, user, toast)
    ws.store.changed({
      kind: 'gesture_failed',
      userId: user.openId,
      messageId: message.messageId,
      detail: read.fault,
    })
    return { ok: false, error: read.fault, toast, ...sent }
  }
  if (read.card && !message.recalled) {
    message.content = JSON.stringify(read.card)
    message.updatedAtMs = ws.now().getTime()
    messageChanged(ws, message, 'message_updated', 'bot')
  }
  if (read.toast) showToast(ws, user, read.toast)
  return { ok: true, ...(read.toast ? { toast: read.toast } : {}), ...sent }
}

function showToast({ state, store }: Workspace, { openId }: FeishuUser, toast: Toast | undefined): void {
  if (!toast && !Object.hasOwn(state.toasts, openId)) return
  if (toast) state.toasts[openId] = toast
  else delete state.toasts[openId]
  store.changed({ kind: 'toast', userId: openId, ...(toast ? { detail: toast.type } : {}) })
}

type Chosen = { action: Fields; errors: { [name: string]: string } }

function actionOf({ element, form }: CardPart, values: Values): Chosen {
  const name = textIn(element, 'name')
  const head = {
    tag: element.tag,
    ...callbackValue(element),
    ...(name === undefined ? {} : { name }),
    timezone: TIMEZONE,
  }
  if (element.tag === 'button') {
    if (!form || formAction(element) !== 'submit') return { action: head, errors: {} }
    const { formValue, errors } = readForm(form, values)
    return { action: { ...head, form_value: formValue }, errors }
  }
  if (element.tag === 'interactive_container') return { action: head, errors: {} }
  if (form) throw new ClientRefusal('only_submitted')
  const { value, error } = readInput(element, values[name ?? ''] ?? values.value)
  const errors = error === undefined ? {} : { [name ?? 'value']: error }
  return { action: { ...head, ...chosenField(element, value) }, errors }
}

function chosenField(element: Fields, value: InputValue | undefined): Fields {
  if (element.tag === 'input') return { input_value: value }
  if (element.tag === 'checker') return { checked: value }
  return Array.isArray(value) ? { options: value } : { option: value }
}

/** What a form's button does with it; the older spelling stands among the behaviours. */
function formAction(element: Fields): unknown {
  return (
    element.form_action_type ??
    fieldsIn(element.behaviors).find(({ type }) => type === 'form_action')?.behavior
  )
}

function callbackValue(element: Fields): Fields {
  const callback = fieldsIn(element.behaviors).find(({ type }) => type === 'callback')
  const value = callback?.value ?? element.value
  return value === undefined ? {} : { value }
}

function callsBack({ element, form }: CardPart): boolean {
  if (form && element.tag === 'button' && formAction(element) === 'reset') return false
  if (form && formAction(element) === 'submit') return true
  const behaviors = fieldsIn(element.behaviors)
  if (behaviors.length === 0) return element.tag !== 'button'
  return behaviors.some(({ type }) => type === 'callback')
}

function linkOf(element: Fields): string | undefined {
  const link = fieldsIn(element.behaviors).find(({ type }) => type === 'open_url')
  return isFields(link) ? (textIn(link, 'pc_url') ?? textIn(link, 'default_url')) : undefined
}
