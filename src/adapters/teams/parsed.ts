import type { InboundAction, InboundEvent, InboundSubmit } from '../../intake/inbound.js'
import type { Question } from './action-codec.js'
import type { UploadInfo } from './wire.js'

/** Where somebody did something: what is needed to answer them there. */
export interface Where {
  userId: string
  conversation: string
  isDirect: boolean
  locale?: string
}

export type Parsed =
  | { kind: 'events'; events: InboundEvent[] }
  /** A click on a button. `dialog`: it is answered in a dialog that is opening or open. */
  | { kind: 'action'; click: InboundAction; where: Where; dialog?: 'opening' | 'open'; question?: Question }
  | { kind: 'submit'; click: InboundSubmit; where: Where }
  /** A file that we offered is taken (and where to put it), or not. `card`: the message that offers it. */
  | { kind: 'consent'; offer: string; where: Where; card?: string; upload?: UploadInfo }
  /** An invoke that we cannot read; answered so that the person sees it. */
  | { kind: 'unreadable'; what: string; name: string; locale?: string }
  /** Nothing we act on: acknowledged, because a repetition would not help. */
  | { kind: 'unsupported'; what: string }

export function unsupported(what: string): { kind: 'unsupported'; what: string } {
  return { kind: 'unsupported', what }
}
