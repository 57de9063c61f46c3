import type { ActionValue } from '../models/actions.js'
import type { Platform } from '../models/ids.js'
import type { InboundFile } from '../models/inbound-file.js'

export type { Answer } from '../flows/answer.js'

interface FromPlatform {
  platform: Platform
  /** The organisation's id on the messenger. */
  tenant: string
  userId: string
  /** When the messenger says it happened. */
  at: Date
}

export interface InConversation {
  id: string
  kind: 'direct' | 'channel'
}

/** Somebody wrote. `thread` is the root's message id when it was written in a thread. */
export interface InboundMessage extends FromPlatform {
  kind: 'message'
  /** Every name the platform has for this arrival; any of them seen before makes it a duplicate. */
  keys: string[]
  conversation: InConversation
  messageId: string
  thread?: string
  /** Plain text with mentions written `@{userId}`; the bot's own mention removed. */
  text: string
  mentionsBot: boolean
  /** The thread hangs on a post of ours, if the messenger tells. */
  threadIsOurs?: boolean
  files: InboundFile[]
}
export interface InboundEdit extends FromPlatform {
  kind: 'edit'
  keys: string[]
  conversation: InConversation
  messageId: string
  thread?: string
  text: string
}
export interface InboundDelete extends FromPlatform {
  kind: 'delete'
  keys: string[]
  conversation: InConversation
  messageId: string
  thread?: string
}
/** Somebody's profile changed, or they opened the bot's page or their chat with it: nothing to order. */
export type InboundPresence = FromPlatform & { kind: 'presence'; keys: string[] } & (
    | { what: 'profile_changed' | 'home_opened' }
    | { what: 'chat_opened'; conversation: string }
  )
/** What is durable before it is acknowledged. */
export type InboundEvent = InboundMessage | InboundEdit | InboundDelete | InboundPresence

/** A click, answered inside the request. */
export interface InboundAction extends FromPlatform {
  kind: 'action'
  /** Names this very click. */
  key: string
  action: ActionValue
  /** The message whose control was clicked, absent in a form. */
  on?: { conversation: string; messageId: string; thread?: string }
  /** The person's language as the messenger tells it, if it does. */
  locale?: string
}
export interface InboundSubmit extends FromPlatform {
  kind: 'submit'
  key: string
  action: ActionValue
  values: Record<string, string>
  files: InboundFile[]
  locale?: string
}
export type InboundClick = InboundAction | InboundSubmit
