import type { Fields } from '../fields.js'
import { keepFile, shareFile } from '../files.js'
import { mintClientMessageId } from '../ids.js'
import {
  addMessage,
  changeMessage,
  directMessageWith,
  removeMessage,
  sendIfSubscribed,
  tell,
  threadRoot,
} from '../messages.js'
import { addReaction, removeReaction } from '../methods/reactions.js'
import { SlackError } from '../slack-error.js'
import { channelOf, findMessage, isMember, userOf } from '../store.js'
import { typedText } from '../typed-text.js'
import type { GestureResult, SlackChannel, SlackFile, SlackMessage, Ts } from '../types.js'
import { userObject, viewObject } from '../wire.js'
import type { Workspace } from '../workspace.js'

export type GivenFile = { name: string; mimetype?: string; base64: string }
export type TypedMessage = {
  userId: string
  channel: string
  text?: string
  threadTs?: Ts
  /** also to the channel, from a thread */
  broadcast?: boolean
  files?: GivenFile[]
}

function channelOfPerson(ws: Workspace, channelId: string, userId: string): SlackChannel {
  userOf(ws.state, userId)
  const channel = channelOf(ws.state, channelId)
  if (!isMember(channel, userId)) throw new SlackError('not_in_channel')
  if (channel.isArchived) throw new SlackError('is_archived')
  return channel
}

function ownMessage(ws: Workspace, channel: SlackChannel, ts: Ts, userId: string): SlackMessage {
  const message = findMessage(ws.state, channel.id, ts)
  if (!message || message.subtype === 'tombstone') throw new SlackError('message_not_found')
  if (message.user !== userId) throw new SlackError('not_your_message')
  return message
}

/** A person types and sends. */
export function postMessage(ws: Workspace, given: TypedMessage): GestureResult {
  const channel = channelOfPerson(ws, given.channel, given.userId)
  const files = (given.files ?? []).map((file) => keepGiven(ws, given.userId, file))
  const { text, blocks } = typedText(ws.state, given.text ?? '')
  if (text.trim() === '' && files.length === 0) throw new SlackError('no_text')
  const root = given.threadTs === undefined ? undefined : threadRoot(ws, channel.id, given.threadTs)
  if (given.threadTs !== undefined && !root) throw new SlackError('thread_not_found')
  const message: SlackMessage = {
    client_msg_id: mintClientMessageId(),
    type: 'message',
    text,
    user: given.userId,
    ts: ws.store.mintTs(),
    team: ws.state.team.id,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(files.length > 0 ? { subtype: 'file_share', files } : {}),
    ...(root
      ? { thread_ts: root.ts, ...(root.user === undefined ? {} : { parent_user_id: root.user }) }
      : {}),
  }
  if (root && given.broadcast) message.subtype = 'thread_broadcast'
  for (const file of files) shareFile(ws, file, channel, message)
  const eventIds = addMessage(ws, channel, message)
  markRead(ws, { userId: given.userId, channel: channel.id, ts: message.ts })
  return { ok: true, ts: message.ts, channel: channel.id, eventIds }
}

function keepGiven(ws: Workspace, user: string, given: GivenFile): SlackFile {
  const { name, mimetype, base64 } = given
  const content = Buffer.from(base64, 'base64')
  return keepFile(ws, { name, user, content, ...(mimetype === undefined ? {} : { mimetype }) })
}

/** A person changes what they wrote. */
export function editMessage(
  ws: Workspace,
  given: { userId: string; channel: string; ts: Ts; text: string },
): GestureResult {
  const channel = channelOfPerson(ws, given.channel, given.userId)
  const message = ownMessage(ws, channel, given.ts, given.userId)
  const { text, blocks } = typedText(ws.state, given.text)
  const eventIds = changeMessage(ws, channel, message, (kept) => {
    kept.text = text
    kept.blocks = blocks
    kept.edited = { user: given.userId, ts: ws.store.mintTs() }
  })
  return { ok: true, ts: message.ts, channel: channel.id, eventIds }
}

/** A person deletes what they wrote. */
export function deleteMessage(
  ws: Workspace,
  given: { userId: string; channel: string; ts: Ts },
): GestureResult {
  const channel = channelOfPerson(ws, given.channel, given.userId)
  const message = ownMessage(ws, channel, given.ts, given.userId)
  return { ok: true, ts: message.ts, channel: channel.id, eventIds: removeMessage(ws, channel, message) }
}

/** A person opens the conversation with the bot. */
export function openDm(ws: Workspace, { userId }: { userId: string }): GestureResult {
  userOf(ws.state, userId)
  return { ok: true, channel: directMessageWith(ws, userId).channel.id }
}

/** A person has seen a conversation, up to `ts` or wholly. */
export function markRead(ws: Workspace, given: { userId: string; channel: string; ts?: Ts }): GestureResult {
  const channel = channelOf(ws.state, given.channel)
  const ephemerals = ws.state.ephemerals.filter(
    (each) => each.channel === channel.id && each.onlyFor === given.userId,
  )
  const seen = [...(ws.state.messages[channel.id] ?? []), ...ephemerals].map((each) => each.ts)
  const ts = given.ts ?? seen.toSorted().at(-1) ?? '0'
  ws.state.readMarks[given.userId] = { ...ws.state.readMarks[given.userId], [channel.id]: ts }
  ws.store.changed({ kind: 'read', channel: channel.id, ts, userId: given.userId })
  return { ok: true, channel: channel.id, ts }
}

/** A person reacts with an emoji, or takes it back. */
export function react(
  ws: Workspace,
  given: { userId: string; channel: string; ts: Ts; name: string; remove?: boolean },
): GestureResult {
  const channel = channelOfPerson(ws, given.channel, given.userId)
  const message = findMessage(ws.state, channel.id, given.ts)
  if (!message) throw new SlackError('message_not_found')
  const change = given.remove ? removeReaction : addReaction
  return { ok: true, eventIds: change(ws, channel, message, given.userId, given.name) }
}

/** A person opens the app's Home tab, or its message tab. */
export function openHome(
  ws: Workspace,
  { userId, tab = 'home' }: { userId: string; tab?: 'home' | 'messages' },
): GestureResult {
  userOf(ws.state, userId)
  const { channel } = directMessageWith(ws, userId)
  const home = ws.state.views[ws.state.homes[userId] ?? '']
  const shown = tab === 'home' && home ? { view: viewObject(home) } : {}
  const event = {
    type: 'app_home_opened',
    user: userId,
    channel: channel.id,
    tab,
    event_ts: ws.store.mintTs(),
    ...shown,
  }
  return { ok: true, channel: channel.id, eventIds: sendIfSubscribed(ws, 'app_home_opened', event) }
}

/** Somebody comes into a channel: a person by themselves, or the bot invited by them. */
export function joinChannel(
  ws: Workspace,
  given: { userId: string; channel: string; inviter?: string },
): GestureResult {
  userOf(ws.state, given.userId)
  const channel = channelOf(ws.state, given.channel)
  if (channel.isArchived) throw new SlackError('is_archived')
  if (isMember(channel, given.userId)) throw new SlackError('already_in_channel')
  channel.members.push(given.userId)
  ws.store.changed({ kind: 'channel', channel: channel.id, userId: given.userId })
  const ts = ws.store.mintTs()
  const said = `<@${given.userId}> has joined the channel`
  const message: SlackMessage = {
    type: 'message',
    subtype: 'channel_join',
    ts,
    user: given.userId,
    text: said,
  }
  const joined = {
    type: 'member_joined_channel',
    user: given.userId,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: ws.state.team.id,
    ...(given.inviter === undefined ? {} : { inviter: given.inviter }),
    event_ts: ts,
  }
  return {
    ok: true,
    channel: channel.id,
    ts,
    eventIds: [...addMessage(ws, channel, message), ...tell(ws, channel, joined)],
  }
}

/** A person leaves a channel. */
export function leaveChannel(ws: Workspace, given: { userId: string; channel: string }): GestureResult {
  const channel = channelOf(ws.state, given.channel)
  if (!isMember(channel, given.userId)) throw new SlackError('not_in_channel')
  channel.members = channel.members.filter((id) => id !== given.userId)
  ws.store.changed({ kind: 'channel', channel: channel.id, userId: given.userId })
  const type = channel.kind === 'private' ? 'G' : 'C'
  const left = {
    type: 'member_left_channel',
    user: given.userId,
    channel: channel.id,
    channel_type: type,
    team: ws.state.team.id,
    event_ts: ws.store.mintTs(),
  }
  return { ok: true, channel: channel.id, eventIds: tell(ws, channel, left) }
}

export type UserChange = {
  userId: string
  locale?: string
  tz?: string
  realName?: string
  email?: string
  title?: string
}

/** A person changes their profile or settings. */
export function changeUser(ws: Workspace, { userId, ...change }: UserChange): GestureResult {
  const user = userOf(ws.state, userId)
  Object.assign(user, change, { updatedAtS: Math.floor(ws.now().getTime() / 1000) })
  ws.store.changed({ kind: 'user', userId })
  const seen: Fields = userObject(ws.state, user, {
    withEmail: ws.scopes.has('users:read.email'),
    withLocale: true,
    at: ws.now(),
  })
  const event = { type: 'user_change', user: seen, cache_ts: user.updatedAtS, event_ts: ws.store.mintTs() }
  return { ok: true, eventIds: sendIfSubscribed(ws, 'user_change', event) }
}
