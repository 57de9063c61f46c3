import type { InboundAction } from '../../intake/inbound.js'
import { readData } from './action-codec.js'
import { conversationOf, instantOf, PLATFORM, tenantOf, threadOf } from './addresses.js'
import type { ParseContext } from './parse-message.js'
import { type Parsed, unsupported } from './parsed.js'
import { type Activity, CONSENT_VALUE, EXECUTE_VALUE, TASK_VALUE } from './wire.js'

/** The invokes that our cards and dialogs bring about. */
const INVOKES = ['adaptiveCard/action', 'task/fetch', 'task/submit'] as const
type Invoke = (typeof INVOKES)[number]

/** What a click on a card, or in a dialog, means. */
export function parseInvoke(activity: Activity, context: ParseContext): Parsed {
  if (activity.name === 'fileConsent/invoke') return parseConsent(activity)
  const name = INVOKES.find((each) => each === activity.name)
  if (name === undefined) return unsupported(`invoke:${activity.name ?? ''}`)
  const locale = activity.locale ?? undefined
  const forged = (what: string): Parsed => ({
    kind: 'unreadable',
    what,
    name,
    ...(locale === undefined ? {} : { locale }),
  })
  const data = dataOf(name, activity.value)
  if (data === undefined) return forged('value')
  const pressed = readData(data)
  if (pressed === undefined) return forged('forged_value')
  const tenant = tenantOf(activity)
  const userId = activity.from?.aadObjectId
  if (tenant === undefined || !userId) return forged('nobody')
  const { action, question, form, values } = pressed
  const spoken = form ?? locale
  const conversation = conversationOf(activity)
  const common = {
    platform: PLATFORM,
    tenant,
    userId,
    at: instantOf(activity, context.at),
    action,
    ...(spoken === undefined ? {} : { locale: spoken }),
  }
  const name_ = `${tenant}:${userId}:${activity.id ?? `${activity.replyToId ?? ''}:${activity.timestamp ?? ''}`}`
  const where = {
    userId,
    conversation: conversation.id,
    isDirect: conversation.kind === 'direct',
    ...(spoken === undefined ? {} : { locale: spoken }),
  }
  if (name === 'task/submit' && form !== undefined) {
    return {
      kind: 'submit',
      where,
      click: { ...common, kind: 'submit', key: `submit:${name_}`, values, files: [] },
    }
  }
  // whoever only looks has not clicked on anything
  const on = action.verb === 'view' ? {} : messageOf(activity)
  const click: InboundAction = { ...common, kind: 'action', key: `action:${name_}`, ...on }
  if (name === 'adaptiveCard/action') return { kind: 'action', click, where }
  if (name === 'task/submit') return { kind: 'action', click, where, dialog: 'open' }
  return { kind: 'action', click, where, dialog: 'opening', ...(question === undefined ? {} : { question }) }
}

/** There is such a thing in personal chats only; what is damaged there has no line to be told by. */
function parseConsent(activity: Activity): Parsed {
  const { from, value, replyToId, locale } = activity
  const read = CONSENT_VALUE.safeParse(value).data
  const { id: conversation, kind } = conversationOf(activity)
  const userId = from?.aadObjectId
  if (read === undefined || kind !== 'direct' || !userId) return unsupported('invoke:consent')
  const { action, context, uploadInfo } = read
  if (action === 'accept' && !uploadInfo) return unsupported('invoke:consent')
  return {
    kind: 'consent',
    offer: context.offer,
    where: { userId, conversation, isDirect: true, ...(locale ? { locale } : {}) },
    ...(replyToId ? { card: replyToId } : {}),
    ...(action === 'accept' && uploadInfo ? { upload: uploadInfo } : {}),
  }
}

function dataOf(name: Invoke, value: unknown): Record<string, unknown> | undefined {
  if (name === 'adaptiveCard/action') return EXECUTE_VALUE.safeParse(value).data?.action.data ?? undefined
  return TASK_VALUE.safeParse(value).data?.data
}

function messageOf(activity: Activity): Pick<InboundAction, 'on'> {
  const { replyToId: messageId } = activity
  if (!messageId) return {}
  return {
    on: { conversation: conversationOf(activity).id, messageId, ...threadOf(activity, messageId) },
  }
}
