import type { Platform } from '../platforms.js'
import type { Fields, VisibleMessage as SlackMessage, UserView as SlackView } from '../slack/types.js'
import type { Dialog, VisibleMessage as TeamsMessage } from '../teams/types.js'

/** One person at one messenger: what a column shows. `userId` is their account there, unlike any on another messenger. */
export type Seat = { personId: string; platform: Platform; userId: string }

/** Stands for the Home tab of Slack where a conversation's id would. */
export const HOME = 'home'

/** What a person's client shows, whichever messenger it is of. */
export type Pane = {
  platform: Platform
  userId: string
  conversations: ShownConversation[]
  /** on Slack: forms, the people, the bot */
  slack?: SlackView
  /** on Teams: a task module */
  dialog?: Dialog
  toast?: ShownToast
}
export type ShownToast = { kind: 'info' | 'success' | 'warning' | 'error'; text: string; at?: string }

export type ShownConversation = {
  id: string
  kind: 'direct' | 'channel'
  name: string
  unread: number
  /** somebody waits for this person in particular */
  important: boolean
  messages: ShownMessage[]
}
export type ShownMessage = {
  id: string
  /** the message under which it stands; absent: it stands in the conversation itself */
  root?: string
  /** stands under its root and in the conversation, too */
  broadcast?: boolean
  atMs: number
  author: { name: string; colour: string; bot: boolean }
  own: boolean
  unread: boolean
  onlyYou: boolean
  deleted: boolean
  edited: boolean
  urgent: boolean
  /** as its author would edit it */
  text: string
  content: Content
  files: ShownFile[]
  reactions: { sign: string; count: number }[]
}
export type ShownFile = { id: string; name: string; size: number; href: string; image: boolean }
/** on Teams: a file that waits for the person's consent */
export type OfferedFile = NonNullable<TeamsMessage['offer']>
export type Content =
  | { kind: 'slack'; message: SlackMessage }
  | { kind: 'teams'; text: string; html?: string; card?: Fields; offer?: OfferedFile }
  | {
      kind: 'feishu'
      text: string
      rich?: Fields[][]
      card?: Fields
      forwarded?: { author: string; text: string }[]
    }

/** Whether every browser draws it, and it can do nothing but be drawn. */
export function isPicture(mimetype: string): boolean {
  return /^image\/(?:png|jpeg|gif|webp|bmp)$/i.test(mimetype)
}
