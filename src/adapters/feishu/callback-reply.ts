import type { Locale } from '../../i18n/t.js'
import { LIMITS } from './limits.js'
import { clipped } from './render/escape.js'

export type ToastType = 'info' | 'success' | 'error' | 'warning'
/** What a card's callback is answered with. An empty one leaves everything as it is. */
export interface CallbackReply {
  toast?: { type: ToastType; content: string; i18n?: { zh_cn: string; en_us: string } }
  card?: { type: 'raw'; data: unknown }
}

/** A line in the corner of the person's screen, in their language where it is written in several. */
export function toast(type: ToastType, text: string | Readonly<Record<Locale, string>>): CallbackReply {
  if (typeof text === 'string') return { toast: { type, content: clipped(text, LIMITS.toast) } }
  return {
    toast: { type, content: text.en, i18n: { zh_cn: text['zh-CN'], en_us: text.en } },
  }
}

/** Another card in place of the one that was pressed. */
export function replacedBy(data: unknown): CallbackReply {
  return { card: { type: 'raw', data } }
}
