declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]?: Name }

/** Ids are strings that cannot be swapped for one another by accident; a plain literal is accepted. */
export type DeskId = Branded<'desk'>
export type TicketId = Branded<'ticket'>
export type PersonId = Branded<'person'>
export type TeamId = Branded<'team'>
export type TypeId = Branded<'type'>
export type TouchId = Branded<'touch'>
export type FileId = Branded<'file'>

/** A messenger's name as the adapters register it ('slack', …). The core never asks which one it is. */
export type Platform = string

/** Where a conversation is: opaque ids of one messenger; `thread` when it is a thread inside `conversation`. */
export interface Address {
  platform: Platform
  conversation: string
  thread?: string
}

/** One message on one messenger. */
export interface MessageRef {
  platform: Platform
  conversation: string
  messageId: string
}

/** A text in the languages people read; `en` is the fallback. */
export interface Localized {
  en: string
  'zh-CN': string
}
export type Locale = keyof Localized
