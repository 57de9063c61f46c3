import { createHash } from 'node:crypto'
import type { InboundAction, InboundSubmit } from '../../intake/inbound.js'
import { decodeValue, type FormState } from './action-codec.js'
import { instantOf } from './instant-of.js'
import { PLATFORM } from './parsed.js'
import { CARD_ACTION, type Envelope } from './wire.js'

/** Where a person clicked: what is needed to answer them. */
export interface Where {
  userId: string
  chatId?: string
  messageId?: string
  /** Names this click for what is posted because of it. */
  key: string
  /** The form they have sent in. */
  form?: FormState
}

export type ParsedCallback =
  | { kind: 'click'; click: InboundAction | InboundSubmit; where: Where }
  /** A form is put away. */
  | { kind: 'cancel'; locale: string; title: string }
  /** Garbage or forged. */
  | { kind: 'unsupported'; what: string }

/** What a press of a card's element means. */
export function parseCallback({ header, event }: Envelope, receivedAt: Date): ParsedCallback {
  const read = CARD_ACTION.safeParse(event)
  if (!read.success) return { kind: 'unsupported', what: 'unreadable:card_action' }
  const { operator, action, context } = read.data
  const tenant = header.tenant_key ?? operator.tenant_key
  if (!tenant) return { kind: 'unsupported', what: 'no_tenant' }
  if (operator.tenant_key && operator.tenant_key !== tenant)
    return { kind: 'unsupported', what: 'from_outside' }
  const meaning = decodeValue(action.value, action.option ?? undefined)
  if (meaning === undefined) return { kind: 'unsupported', what: 'forged_value' }
  if (meaning.kind === 'cancel') return meaning
  const messageId = context?.open_message_id ?? undefined
  const chatId = context?.open_chat_id ?? undefined
  const userId = operator.open_id
  const at = header.create_time === undefined ? receivedAt : instantOf(header.create_time)
  const from = { platform: PLATFORM, tenant, userId, at }
  const where = {
    userId,
    ...(chatId === undefined ? {} : { chatId }),
    ...(messageId === undefined ? {} : { messageId }),
  }
  if (meaning.kind === 'action') {
    const key = `action:${header.event_id}`
    const on =
      chatId === undefined || messageId === undefined ? {} : { on: { conversation: chatId, messageId } }
    return {
      kind: 'click',
      where: { ...where, key },
      click: { kind: 'action', ...from, key, action: meaning.action, ...on },
    }
  }
  const values = valuesOf(action.form_value ?? {})
  // one form that is sent in twice unchanged is one wish
  const key = `submit:${messageId ?? header.event_id}:${fingerprint(values)}`
  const { state } = meaning
  return {
    kind: 'click',
    where: { ...where, key, form: state },
    click: { kind: 'submit', ...from, key, action: state.action, values, files: [], locale: state.locale },
  }
}

function valuesOf(form: Readonly<Record<string, unknown>>): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(form)) {
    if (typeof value === 'string') values[name] = value
    else if (value === null) values[name] = ''
  }
  return values
}

function fingerprint(values: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 22)
}
