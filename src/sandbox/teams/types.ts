/**
 * The shapes of the Teams emulator: what it holds, what it shows to a page, what it answers to a gesture.
 *
 * HTTP that a page may use (all JSON; `teamsGestures(fastify, emulator, '/sandbox/teams')`):
 *
 *   GET  /state                      { version, state }
 *   GET  /view/:userId               UserView                         what that person's client shows now
 *   GET  /changes?since=N            { version, changes, lost }       lost = true: N is too old, read the view again
 *   GET  /stream                     server-sent events, one `change` per TeamsChange (`id` = version)
 *   GET  /calls?since=N              { calls, deliveries, counters }
 *   GET  /files/:fileId              the bytes of a file, always as a download
 *   POST /gestures/<name>            body = the gesture's argument; answers a GestureResult. userId = aadObjectId
 *     postMessage   { userId, conversation, text?, html?, thread?, mentionBot?, files?: [{ name, mimetype?, base64, inline? }] }
 *     editMessage   { userId, conversation, messageId, text, html? }
 *     deleteMessage { userId, conversation, messageId }
 *     react         { userId, conversation, messageId, type, remove? }
 *     openDirect    { userId }                                        result.conversation
 *     click         { userId, conversation, messageId, action, values?, forge? }   action: index, id, title or verb
 *     refreshCard   { userId, conversation, messageId }               the menu's "Refresh card"
 *     submitDialog  { userId, dialogId, values?, action? }            closeDialog { userId, dialogId }
 *     answerFileConsent { userId, conversation, messageId, accept }
 *     markRead      { userId, conversation, messageId? }
 *     install       { userId } | { teamId, userId? }                  uninstall: the same
 *     block         { userId }                                        unblock { userId }
 *     joinTeam      { userId, teamId }                                leaveTeam { userId, teamId }
 *     changeUser    { userId, locale?, zone?, name?, email? }
 *   GET  /faults                     FaultsView
 *   POST /faults/deliverTwice        { which?: 'last' | 'next', variant?: 'same' | 'later_timestamp', copies? }
 *   POST /faults/down                { ms, mode?: '503' | 'drop' }
 *   POST /faults/slow                { ms }                           0 ends it
 *   POST /faults/failNext            { call, times?, mode, retryAfterS? }
 *   POST /faults/clear               {}
 *
 * `<at>Somebody’s name</at>` in a text is a mention, when somebody in the conversation (or the bot) has that name.
 */

import type { Fields } from './fields.js'

export type { Fields } from './fields.js'

export type SeedBot = {
  /** as it stands in activities, e.g. 28:<app id> */
  id: string
  name: string
  appId: string
  appPassword: string
}
export type SeedUser = {
  aadObjectId: string
  /** the bot's name for that person: `29:…` */
  mri: string
  name: string
  email: string
  /** e.g. zh-CN, en-US */
  locale: string
  /** IANA zone */
  zone: string
  /** CSS colour */
  avatarColor?: string
  department?: string
  /** whether the app is installed for that person; true when absent */
  hasApp?: boolean
}
export type SeedTeam = {
  id: string
  name: string
  channels: { id: string; name: string }[]
  /** aadObjectIds */
  members: string[]
  /** whether the app is installed in the team; true when absent */
  hasApp?: boolean
}
export type TeamsSeed = { tenantId: string; bot: SeedBot; users: SeedUser[]; teams: SeedTeam[] }

export type TeamsUser = SeedUser & {
  hasApp: boolean
  /** has blocked the bot: it may not write to them */
  hasBlockedBot: boolean
}
export type TeamsTeam = SeedTeam & { hasApp: boolean }

export type TeamsConversation =
  | { id: string; kind: 'direct'; userId: string }
  | { id: string; kind: 'channel'; teamId: string; name: string }

export type TeamsFile = {
  id: string
  name: string
  mimetype: string
  size: number
  /** aadObjectId, or 'bot' */
  owner: string
  /** a picture in the text, and not a file beside it */
  isInline: boolean
  conversation: string
}

export type Mention = { id: string; name: string; text: string }

export type TeamsMessage = {
  messageId: string
  /** without `;messageid=` */
  conversation: string
  /** the root of its thread, for a reply in a channel */
  thread?: string
  /** aadObjectId, or 'bot' */
  from: string
  /** ISO, program time */
  at: string
  text: string
  html?: string
  mentions: Mention[]
  /** what the bot attached, as sent */
  attachments: Fields[]
  fileIds: string[]
  edited?: boolean
  deleted?: boolean
  /** by type: aadObjectIds */
  reactions: { [type: string]: string[] }
  /** version of the card; a personal card of an earlier one is not shown any more */
  revision: number
  /** the revision at which the person answered the file that it offers */
  consentedAt?: number
  /** what the bot said, when it made no text: for a chat list */
  summary?: string
}

/** A dialog (task module) open on somebody's screen. */
export type Dialog = {
  dialogId: string
  userId: string
  title: string
  card?: Fields
  /** when the app answered with words only */
  message?: string
  conversation: string
  /** the message whose button opened it */
  messageId: string
  /** the app did not answer the last submission properly */
  failed?: boolean
}
export type Toast = { text: string; isError: boolean; at: string }

/** Everything the emulator knows, as plain data. */
export type TeamsState = {
  version: number
  tenantId: string
  bot: { id: string; name: string; appId: string }
  users: { [aadObjectId: string]: TeamsUser }
  teams: { [teamId: string]: TeamsTeam }
  conversations: { [id: string]: TeamsConversation }
  /** by conversation, oldest first, replies included */
  messages: { [conversation: string]: TeamsMessage[] }
  /** `${userId} ${conversation} ${messageId}` -> the card that an Action.Execute or a refresh gave that person */
  personalCards: { [key: string]: { card: Fields; revision: number } }
  /** by person; one at a time, as in the client */
  dialogs: { [userId: string]: Dialog }
  toasts: { [userId: string]: Toast }
  files: { [fileId: string]: TeamsFile }
  /** by person, by conversation: number of messages read, counted from the oldest */
  readMarks: { [userId: string]: { [conversation: string]: number } }
  lastIdMs: number
}

/** What survives a restart. The key is the private JWK that signs what the bot receives. */
export type TeamsSnapshot = { state: TeamsState; files: { [fileId: string]: string }; key: Fields }

export type ChangeKind =
  | 'message_posted'
  | 'message_updated'
  | 'message_deleted'
  | 'personal_card'
  | 'reaction'
  | 'conversation'
  | 'user'
  | 'team'
  | 'read'
  | 'dialog'
  | 'toast'
  | 'file'
  | 'typing'
  | 'gesture_failed'
  | 'fault'
  | 'delivery'

/** One thing that happened. `version` rises by one each time. */
export type TeamsChange = {
  version: number
  kind: ChangeKind
  conversation?: string
  messageId?: string
  thread?: string
  /** whose client changed; absent = everybody in the conversation */
  userId?: string
  /** 'bot' when the app did it */
  by?: string
  detail?: string
}

export type VisibleFile = { id: string; name: string; mimetype: string; size: number; isInline: boolean }
export type VisibleMessage = {
  messageId: string
  thread?: string
  author: { id: string; name: string; isBot: boolean; avatarColor?: string }
  /** ISO */
  at: string
  text?: string
  html?: string
  /** the first Adaptive Card: the one given to this person, else as sent */
  card?: Fields
  /** the card is this person's own */
  onlyFor?: string
  /** all attachments of the bot, as sent */
  attachments?: Fields[]
  files?: VisibleFile[]
  /** a file that the bot offers; answered = the buttons are gone */
  offer?: { name: string; size: number; description?: string; isAnswered: boolean }
  reactions?: { [type: string]: string[] }
  edited?: boolean
  deleted?: boolean
  unread?: boolean
}
export type VisibleConversation = {
  id: string
  name: string
  kind: 'direct' | 'channel'
  teamId?: string
  teamName?: string
  unread: number
  messages: VisibleMessage[]
}
/** What one person's client shows. */
export type UserView = {
  version: number
  user: TeamsUser
  bot: { id: string; name: string }
  conversations: VisibleConversation[]
  dialog?: Dialog
  toast?: Toast
}

/** The outcome of a gesture. `status` and `ms` are of the request the bot got, when the gesture waits for its answer. */
export type GestureResult = {
  ok: boolean
  /** e.g. app_not_installed, not_in_conversation, no_such_action, required_input_missing, unable_to_reach_app */
  error?: string
  /** HTTP status of the bot's answer; 0 = no answer in time or no connection */
  status?: number
  ms?: number
  /** the bot's answer to an invoke, parsed */
  body?: unknown
  conversation?: string
  messageId?: string
  dialogId?: string
  toast?: string
  /** where a link leads */
  url?: string
  /** ids of activities that were sent because of it */
  activityIds?: string[]
  /** what the client objects to, by input id */
  errors?: { [inputId: string]: string }
}
