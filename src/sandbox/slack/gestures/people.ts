import type { Fields } from '../fields.js'
import { addMessage, directMessageWith, sendIfSubscribed, tell } from '../messages.js'
import { SlackError } from '../slack-error.js'
import { channelOf, isMember, userOf } from '../store.js'
import type { GestureResult, SlackMessage } from '../types.js'
import { userObject, viewObject } from '../wire.js'
import type { Workspace } from '../workspace.js'

/** A person opens the conversation with the bot. */
export function openDm(ws: Workspace, { userId }: { userId: string }): GestureResult {
  userOf(ws.state, userId)
  return { ok: true, channel: directMessageWith(ws, userId).channel.id }
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
