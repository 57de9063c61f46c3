import type { Answer } from '../post-out.js'
import { cardProblems } from './card-schema.js'
import { MAX_CARD_BYTES } from './card-size.js'
import { type Fields, isFields, parseFields, textIn } from './fields.js'
import type { Toast } from './types.js'

const KINDS: readonly string[] = ['info', 'success', 'error', 'warning'] satisfies Toast['type'][]

/** Why the client shows an error though the person did nothing wrong. */
export type CallbackFault = '200340' | '200671' | '200672' | '200673'
export type CardAnswer = { fault: CallbackFault } | { toast?: Toast; card?: Fields }

/** What the app's answer to a click amounts to, for somebody whose client speaks `locale`. */
export function readCardAnswer(answer: Answer, locale: string): CardAnswer {
  if (answer.status === 0) return { fault: '200340' }
  if (answer.status !== 200) return { fault: '200671' }
  const body = parseFields(answer.body)
  if (!body || Object.keys(body).some((name) => name !== 'toast' && name !== 'card'))
    return { fault: '200672' }
  const toast = body.toast === undefined ? undefined : readToast(body.toast, locale)
  if (body.toast !== undefined && !toast) return { fault: '200672' }
  const card = body.card === undefined ? undefined : readCard(body.card)
  if (body.card !== undefined && !card) return { fault: '200673' }
  return { ...(toast ? { toast } : {}), ...(card ? { card } : {}) }
}

function readToast(toast: unknown, locale: string): Toast | undefined {
  if (!isFields(toast)) return undefined
  const type = textIn(toast, 'type') ?? 'info'
  const i18n = isFields(toast.i18n) ? toast.i18n : {}
  const content = textIn(i18n, locale.toLowerCase().replace('-', '_')) ?? textIn(toast, 'content')
  const known = Object.keys(toast).every((name) => ['type', 'content', 'i18n'].includes(name))
  return known && isKind(type) && content !== undefined ? { type, content } : undefined
}

function isKind(type: string): type is Toast['type'] {
  return KINDS.includes(type)
}

function readCard(card: unknown): Fields | undefined {
  if (!isFields(card) || card.type !== 'raw' || !isFields(card.data)) return undefined
  if (Buffer.byteLength(JSON.stringify(card.data)) > MAX_CARD_BYTES) return undefined
  return cardProblems(card.data).length === 0 ? card.data : undefined
}
