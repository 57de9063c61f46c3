import type { Fields } from './fields.js'
import { SlackError } from './slack-error.js'
import { channelOf, findMessage, isMember, messagesOf } from './store.js'
import type { SlackChannel, SlackMessage, Ts } from './types.js'
import { channelType, messageObject } from './wire.js'
import type { Workspace } from './workspace.js'

/** Adds a message to its channel, links it to its thread and tells the app. Returns the events' ids. */
export function addMessage(ws: Workspace, channel: SlackChannel, message: SlackMessage): string[] {
  messagesOf(ws.state, channel.id).push(message)
  if (message.thread_ts !== undefined) linkReply(ws, channel, message, message.thread_ts)
  ws.store.changed({
    kind: 'message_posted',
    channel: channel.id,
    ts: message.ts,
    ...(message.thread_ts === undefined ? {} : { threadTs: message.thread_ts }),
    by: message.bot_id === undefined ? (message.user ?? '') : 'bot',
  })
  const event = { ...messageObject(message, false), channel: channel.id, event_ts: message.ts }
  const ids = tell(ws, channel, event)
  return mentionsBot(ws, channel, message) ? [...ids, ...tellMention(ws, channel, message)] : ids
}

/** The thread a reply belongs to: its root, also when a reply's ts was given. Undefined = that message is gone. */
export function threadRoot(ws: Workspace, channelId: string, ts: Ts): SlackMessage | undefined {
  const found = findMessage(ws.state, channelId, ts)
  if (!found || found.thread_ts === undefined) return found
  return findMessage(ws.state, channelId, found.thread_ts)
}

function linkReply(ws: Workspace, channel: SlackChannel, reply: SlackMessage, threadTs: Ts): void {
  const root = findMessage(ws.state, channel.id, threadTs)
  if (!root || root === reply) return
  const author = reply.user ?? reply.bot_id ?? ''
  const users = new Set([...(root.reply_users ?? []), author])
  root.thread_ts = root.ts
  root.reply_count = (root.reply_count ?? 0) + 1
  root.reply_users = [...users]
  root.reply_users_count = users.size
  root.latest_reply = reply.ts
}

function unlinkReply(ws: Workspace, channel: SlackChannel, gone: SlackMessage): void {
  if (gone.thread_ts === undefined || gone.thread_ts === gone.ts) return
  const root = findMessage(ws.state, channel.id, gone.thread_ts)
  if (!root) return
  const replies = messagesOf(ws.state, channel.id).filter(
    (each) => each.thread_ts === root.ts && each !== root,
  )
  root.reply_count = replies.length
  root.reply_users = [...new Set(replies.map((each) => each.user ?? each.bot_id ?? ''))]
  root.reply_users_count = root.reply_users.length
  const latest = replies.at(-1)
  if (latest) root.latest_reply = latest.ts
  else delete root.latest_reply
}

/** Changes a message in place and tells the app (`message_changed`). Returns the events' ids. */
export function changeMessage(
  ws: Workspace,
  channel: SlackChannel,
  message: SlackMessage,
  apply: (message: SlackMessage) => void,
): string[] {
  const before = messageObject(message, false)
  apply(message)
  ws.store.changed({
    kind: 'message_updated',
    channel: channel.id,
    ts: message.ts,
    by: message.bot_id ? 'bot' : (message.user ?? ''),
  })
  return tell(ws, channel, {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    ...stamped(ws, channel),
    message: messageObject(message, false),
    previous_message: before,
  })
}

/** Removes a message; a thread's root that has replies stays as a tombstone. Returns the events' ids. */
export function removeMessage(ws: Workspace, channel: SlackChannel, message: SlackMessage): string[] {
  if ((message.reply_count ?? 0) > 0) return changeMessage(ws, channel, message, entomb)
  const messages = messagesOf(ws.state, channel.id)
  messages.splice(messages.indexOf(message), 1)
  unlinkReply(ws, channel, message)
  ws.store.changed({ kind: 'message_deleted', channel: channel.id, ts: message.ts })
  return tell(ws, channel, {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    ...stamped(ws, channel),
    deleted_ts: message.ts,
    previous_message: messageObject(message, false),
  })
}

function entomb(message: SlackMessage): void {
  message.subtype = 'tombstone'
  message.text = 'This message was deleted.'
  message.user = 'USLACKBOT'
  message.hidden = true
  for (const name of ['blocks', 'files', 'bot_id', 'app_id', 'bot_profile', 'metadata', 'edited'] as const)
    delete message[name]
}

function stamped(ws: Workspace, channel: SlackChannel): Fields {
  const ts = ws.store.mintTs()
  return { channel: channel.id, ts, event_ts: ts, channel_type: channelType(channel) }
}

/** Sends an event about a channel, if the app is in it and has subscribed. */
export function tell(ws: Workspace, channel: SlackChannel, event: Fields): string[] {
  if (!isMember(channel, ws.state.bot.userId)) return []
  const withType = event.type === 'message' ? { ...event, channel_type: channelType(channel) } : event
  const name = event.type === 'message' ? `message.${subscription(channel)}` : String(event.type)
  return sendIfSubscribed(ws, name, withType)
}

/** Sends an event that belongs to no channel. */
export function sendIfSubscribed(ws: Workspace, name: string, event: Fields): string[] {
  if (ws.subscriptions && !ws.subscriptions.has(name)) return []
  return [ws.events.send(event)]
}

function subscription(channel: SlackChannel): string {
  return channel.kind === 'im' ? 'im' : channel.kind === 'private' ? 'groups' : 'channels'
}

function mentionsBot(ws: Workspace, channel: SlackChannel, message: SlackMessage): boolean {
  if (channel.kind === 'im' || message.bot_id !== undefined) return false
  return message.text.includes(`<@${ws.state.bot.userId}>`)
}

function tellMention(ws: Workspace, channel: SlackChannel, message: SlackMessage): string[] {
  const { subtype: _subtype, ...rest } = messageObject(message, false)
  return tell(ws, channel, { ...rest, type: 'app_mention', channel: channel.id, event_ts: message.ts })
}

/** The direct conversation of a person with the bot, opened if there was none. */
export function directMessageWith(ws: Workspace, userId: string): { channel: SlackChannel; isNew: boolean } {
  const { state } = ws
  const id = `D${userId.slice(1)}`
  const known = state.channels[id]
  if (known) return { channel: known, isNew: false }
  const channel: SlackChannel = {
    id,
    kind: 'im',
    name: '',
    members: [userId, state.bot.userId],
    isArchived: false,
    createdAtS: Math.floor(ws.now().getTime() / 1000),
  }
  state.channels[id] = channel
  ws.store.changed({ kind: 'channel', channel: channel.id, userId })
  return { channel, isNew: true }
}

/** The channel the bot may read. Throws `channel_not_found`, also for a private one it is not in. */
export function channelForBot(ws: Workspace, id: string): SlackChannel {
  const channel = channelOf(ws.state, id)
  if (channel.kind !== 'channel' && !isMember(channel, ws.state.bot.userId))
    throw new SlackError('channel_not_found')
  return channel
}

/** The same, and the bot must be in it. Throws `not_in_channel`. */
export function channelOfBot(ws: Workspace, id: string): SlackChannel {
  const channel = channelForBot(ws, id)
  if (!isMember(channel, ws.state.bot.userId)) throw new SlackError('not_in_channel')
  return channel
}
