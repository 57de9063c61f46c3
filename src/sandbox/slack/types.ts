/**
 * The shapes of the Slack emulator: what it holds, what it shows to a page, what it answers to a gesture.
 * Fields that Slack itself names keep Slack's snake_case, because they are the wire; ours are camelCase.
 *
 * HTTP that a page may use (all JSON; `slackGestures(fastify, emulator, '/sandbox/slack')`):
 *
 *   GET  /state                      { version, state }               everything, for a debugger
 *   GET  /view/:userId               UserView                         what that person's client shows now
 *   GET  /changes?since=N            { version, changes, lost }       lost = true: N is too old, read the view again
 *   GET  /stream                     server-sent events, one `change` per SlackChange (`id` = version)
 *   GET  /calls?since=N              { calls, deliveries, counters }  what the app called, what it was sent
 *   GET  /files/:fileId              the bytes of a file, always as a download
 *   POST /gestures/<name>            body = the gesture's argument; answers a GestureResult
 *     postMessage   { userId, channel, text?, threadTs?, broadcast?, files?: [{ name, mimetype?, base64 }] }
 *     editMessage   { userId, channel, ts, text }
 *     deleteMessage { userId, channel, ts }
 *     openDm        { userId }                                        result.channel = the person's DM with the bot
 *     click         { userId, channel, messageTs | viewId, blockId?, actionId, value?, forge? }   value: see InputValue
 *     submitView    { userId, viewId, values? }                       values: { blockId: { actionId: InputValue } }
 *     closeView     { userId, viewId, all? }
 *     slashCommand  { userId, channel, command, text? }
 *     suggest       { userId, channel, messageTs | viewId, blockId?, actionId, query }   result.options, result.optionGroups
 *     messageShortcut { userId, channel, messageTs, callbackId }
 *     globalShortcut  { userId, callbackId }
 *     openHome      { userId, tab?: 'home' | 'messages' }
 *     markRead      { userId, channel, ts? }
 *     react         { userId, channel, ts, name, remove? }
 *     joinChannel   { userId, channel }        leaveChannel { userId, channel }        inviteBot { userId, channel }
 *     changeUser    { userId, locale?, tz?, realName?, email?, title? }
 *   GET  /faults                     FaultsView
 *   POST /faults/deliverTwice        { which?: 'last' | 'next', variant?: 'same_event' | 'other_event_id', copies? }
 *   POST /faults/down                { ms, mode?: '503' | 'drop' }
 *   POST /faults/slow                { ms }                           0 ends it
 *   POST /faults/failNext            { method, times?, mode, retryAfterS? }
 *   POST /faults/clear               {}
 */

import type { Fields } from './fields.js'

export type { Fields } from './fields.js'

/** A message timestamp as Slack writes it: seconds, a dot, six digits. Its own name within a channel. */
export type Ts = string

export type SlackTeam = { id: string; domain: string; name: string }
export type SlackBot = { userId: string; botId: string; appId: string; name: string; token: string }

export type SeedUser = {
  id: string
  name: string
  realName: string
  email: string
  /** e.g. zh-CN, en-US */
  locale: string
  /** IANA zone */
  tz: string
  title?: string
  /** CSS colour */
  avatarColor?: string
  isAdmin?: boolean
}
export type SeedChannel = {
  id: string
  name: string
  members: string[]
  botIsMember?: boolean
  isPrivate?: boolean
  isArchived?: boolean
}
export type SlackSeed = { team: SlackTeam; bot: SlackBot; users: SeedUser[]; channels: SeedChannel[] }

export type SlackUser = SeedUser & { deleted: boolean; updatedAtS: number; isBot: boolean }

export type SlackChannel = {
  id: string
  kind: 'channel' | 'private' | 'im'
  name: string
  /** user ids; holds the bot's user id when the bot is in */
  members: string[]
  isArchived: boolean
  createdAtS: number
}

export type MessageMetadata = { event_type: string; event_payload: Fields }
export type Reaction = { name: string; users: string[]; count: number }

/** As conversations.history returns it. Text is stored escaped (`&amp;` `&lt;` `&gt;`), as on the wire. */
export type SlackMessage = {
  type: 'message'
  subtype?: 'file_share' | 'thread_broadcast' | 'bot_message' | 'channel_join' | 'tombstone'
  ts: Ts
  text: string
  user?: string
  team?: string
  bot_id?: string
  app_id?: string
  bot_profile?: Fields
  /** set by chat:write.customize */
  username?: string
  icons?: Fields
  blocks?: Fields[]
  attachments?: Fields[]
  files?: (SlackFile | DeletedFile)[]
  metadata?: MessageMetadata
  client_msg_id?: string
  edited?: { user: string; ts: Ts }
  thread_ts?: Ts
  parent_user_id?: string
  reply_count?: number
  reply_users?: string[]
  reply_users_count?: number
  latest_reply?: Ts
  reactions?: Reaction[]
  hidden?: boolean
}

/** Seen by one person only; not part of the channel's history. */
export type SlackEphemeral = SlackMessage & { channel: string; onlyFor: string }

export type SlackFile = {
  id: string
  created: number
  timestamp: number
  name: string
  title: string
  mimetype: string
  filetype: string
  pretty_type: string
  user: string
  size: number
  mode: 'hosted'
  is_external: false
  is_public: boolean
  url_private: string
  url_private_download: string
  permalink: string
  user_team: string
  editable: boolean
  external_type: ''
  public_url_shared: boolean
  display_as_bot: boolean
  is_starred: boolean
  has_rich_preview: boolean
  comments_count: number
  channels: string[]
  groups: string[]
  ims: string[]
  /** in which messages it is seen, by channel */
  shares: { public: FileShares; private: FileShares }
}
/** What is left of a file in the messages that showed it. */
export type DeletedFile = { id: string; mode: 'tombstone' }
export type FileShares = { [channelId: string]: Fields[] }

/** A value of an input as a page sends it: text, option value(s), user or channel id(s), date, or null to clear it. */
export type InputValue = null | string | number | string[]
/** view.state.values as Slack sends it. */
export type StateValues = { [blockId: string]: { [actionId: string]: Fields } }

export type SlackView = {
  id: string
  type: 'modal' | 'home'
  team_id: string
  app_id: string
  bot_id: string
  app_installed_team_id: string
  callback_id: string
  external_id: string
  private_metadata: string
  hash: string
  title: Fields | null
  submit: Fields | null
  close: Fields | null
  blocks: Fields[]
  clear_on_close: boolean
  notify_on_close: boolean
  root_view_id: string
  previous_view_id: string | null
  state: { values: StateValues }
  /** whose client shows it (not on the wire) */
  userId: string
  /** what the app answered to the last submission: block id -> text (not on the wire) */
  errors?: { [blockId: string]: string }
  /** the app did not answer the last gesture properly (not on the wire) */
  dispatchFailed?: boolean
}

/** Everything the emulator knows, as plain data. */
export type SlackState = {
  version: number
  team: SlackTeam
  bot: SlackBot
  users: { [userId: string]: SlackUser }
  channels: { [channelId: string]: SlackChannel }
  /** by channel, oldest first, thread replies included */
  messages: { [channelId: string]: SlackMessage[] }
  ephemerals: SlackEphemeral[]
  views: { [viewId: string]: SlackView }
  /** by person: ids of open modals, the lowest first */
  modals: { [userId: string]: string[] }
  /** by person: id of the published Home tab */
  homes: { [userId: string]: string }
  files: { [fileId: string]: SlackFile }
  /** by person, by channel: everything up to this ts was read */
  readMarks: { [userId: string]: { [channelId: string]: Ts } }
  /** what people have chosen in stateful elements of messages: `${userId} ${channel} ${ts}` -> values */
  messageInputs: { [key: string]: StateValues }
  lastTsMicros: number
}

/** What survives a restart. */
export type SlackSnapshot = { state: SlackState; files: { [fileId: string]: string } }

export type ChangeKind =
  | 'message_posted'
  | 'message_updated'
  | 'message_deleted'
  | 'ephemeral_posted'
  | 'ephemeral_updated'
  | 'ephemeral_deleted'
  | 'reaction'
  | 'channel'
  | 'user'
  | 'read'
  | 'view_opened'
  | 'view_updated'
  | 'view_closed'
  | 'home_published'
  | 'file'
  | 'input'
  | 'gesture_failed'
  | 'fault'
  | 'delivery'

/** One thing that happened. `version` rises by one each time. */
export type SlackChange = {
  version: number
  kind: ChangeKind
  channel?: string
  ts?: Ts
  threadTs?: Ts
  /** whose client changed; absent = everybody in the channel */
  userId?: string
  viewId?: string
  /** 'bot' when the app did it */
  by?: string
  detail?: string
}

export type VisibleMessage = SlackMessage & { ephemeral?: true; unread?: true; fromBot?: true }
export type VisibleConversation = {
  id: string
  kind: SlackChannel['kind']
  name: string
  /** for a DM: the other one */
  withUserId?: string
  isArchived: boolean
  botIsMember: boolean
  unread: number
  /** unread ones that name the person */
  mentions: number
  lastReadTs: Ts
  messages: VisibleMessage[]
}
/** What one person's client shows. */
export type UserView = {
  version: number
  user: SlackUser
  team: SlackTeam
  bot: { userId: string; name: string }
  people: { [userId: string]: { name: string; realName: string; avatarColor?: string; title?: string } }
  conversations: VisibleConversation[]
  /** open modals, the lowest first; the last one is on top */
  modals: SlackView[]
  home?: SlackView
}

/** The outcome of a gesture. `status` and `ms` are of the request the app got, when the gesture sends one that must be answered. */
export type GestureResult = {
  ok: boolean
  /** HTTP status of the app's answer; 0 = no answer in time or no connection; absent = nothing was sent that awaits an answer */
  status?: number
  /** milliseconds until the app answered */
  ms?: number
  /** e.g. dispatch_failed, operation_timeout, not_in_channel, required_input_missing, no_such_element */
  error?: string
  ackBody?: unknown
  /** events that were sent because of it */
  eventIds?: string[]
  ts?: Ts
  channel?: string
  viewId?: string
  triggerId?: string
  /** what the app or the client objects to, by block id */
  errors?: { [blockId: string]: string }
  options?: Fields[]
  optionGroups?: Fields[]
}
