import { UPDATE_TEXT_CHARS } from '../block-kit-limits.js'
import type { Fields } from '../fields.js'
import {
  addMessage,
  changeMessage,
  channelForBot,
  channelOfBot,
  directMessageWith,
  removeMessage,
  threadRoot,
} from '../messages.js'
import { SlackError } from '../slack-error.js'
import { findMessage, isMember } from '../store.js'
import type { SlackChannel, SlackMessage } from '../types.js'
import { botProfile, messageObject } from '../wire.js'
import type { Workspace } from '../workspace.js'
import { type Content, contentOf } from './content.js'
import type { Args, Method } from './method.js'

/** A message of the bot, not yet in a channel. */
export function botMessage(ws: Workspace, content: Content): SlackMessage {
  const { bot, team } = ws.state
  return {
    type: 'message',
    user: bot.userId,
    ts: ws.store.mintTs(),
    bot_id: bot.botId,
    app_id: bot.appId,
    text: content.text,
    team: team.id,
    bot_profile: botProfile(ws.state, Math.floor(ws.now().getTime() / 1000)),
    ...(content.blocks?.length ? { blocks: content.blocks } : {}),
    ...(content.attachments ? { attachments: content.attachments } : {}),
    ...(content.metadata ? { metadata: content.metadata } : {}),
  }
}

function postTarget(ws: Workspace, id: string): SlackChannel {
  if (/^[UW]/.test(id) && ws.state.users[id]) return directMessageWith(ws, id).channel
  const byName = Object.values(ws.state.channels).find((each) => each.kind !== 'im' && `#${each.name}` === id)
  const channel = byName ?? channelForBot(ws, id)
  if (channel.isArchived) throw new SlackError('is_archived')
  if (!isMember(channel, ws.state.bot.userId) && !ws.scopes.has('chat:write.public'))
    throw new SlackError('not_in_channel')
  return channel
}

/** Slack ignores these without chat:write.customize, and says nothing. */
function customise(ws: Workspace, message: SlackMessage, args: Args): void {
  if (!ws.scopes.has('chat:write.customize')) return
  const username = args.text('username')
  const iconUrl = args.text('icon_url')
  const emoji = args.text('icon_emoji')
  if (username === undefined && iconUrl === undefined && emoji === undefined) return
  message.subtype = 'bot_message'
  message.username = username ?? ws.state.bot.name
  delete message.user
  if (emoji !== undefined) message.icons = { emoji }
  else if (iconUrl !== undefined) message.icons = { image_48: iconUrl }
}

/** Puts a message into the thread that was named; a thread that is gone is ignored, as Slack does (slack-go/slack#1571). */
export function intoThread(
  ws: Workspace,
  channel: SlackChannel,
  message: SlackMessage,
  threadTs: string | undefined,
): void {
  const root = threadTs === undefined ? undefined : threadRoot(ws, channel.id, threadTs)
  if (!root) return
  message.thread_ts = root.ts
  if (root.user !== undefined) message.parent_user_id = root.user
}

const postMessage: Method = {
  tier: 'post',
  scopes: ['chat:write'],
  run(ws, args) {
    const channel = postTarget(ws, args.required('channel'))
    const content = contentOf(args)
    const waitS = ws.limits.takePost(channel.id)
    if (waitS > 0) throw new SlackError('ratelimited', { retryAfterS: waitS })
    const message = botMessage(ws, content)
    customise(ws, message, args)
    intoThread(ws, channel, message, args.text('thread_ts'))
    if (message.thread_ts !== undefined && args.flag('reply_broadcast')) message.subtype = 'thread_broadcast'
    addMessage(ws, channel, message)
    return { channel: channel.id, ts: message.ts, message: messageObject(message, true) }
  },
}

function ownMessage(ws: Workspace, channel: SlackChannel, ts: string, refusal: string): SlackMessage {
  const message = findMessage(ws.state, channel.id, ts)
  if (!message || message.subtype === 'tombstone') throw new SlackError('message_not_found')
  if (message.bot_id !== ws.state.bot.botId) throw new SlackError(refusal)
  return message
}

const update: Method = {
  tier: 3,
  scopes: ['chat:write'],
  run(ws, args) {
    const channel = channelForBot(ws, args.required('channel'))
    const message = ownMessage(ws, channel, args.required('ts'), 'cant_update_message')
    if ((args.text('text') ?? '').length > UPDATE_TEXT_CHARS) throw new SlackError('msg_too_long')
    const content = contentOf(args)
    changeMessage(ws, channel, message, (kept) => {
      if (content.given.text) kept.text = content.text
      if (content.blocks?.length) kept.blocks = content.blocks
      else if (content.given.text || content.given.blocks) delete kept.blocks
      if (content.metadata) kept.metadata = content.metadata
      else if (content.metadata === null) delete kept.metadata
      if (!content.blocks?.length) kept.edited = { user: ws.state.bot.userId, ts: ws.store.mintTs() }
    })
    return { channel: channel.id, ts: message.ts, text: message.text, message: messageObject(message, true) }
  },
}

const remove: Method = {
  tier: 3,
  scopes: ['chat:write'],
  run(ws, args) {
    const channel = channelForBot(ws, args.required('channel'))
    const message = ownMessage(ws, channel, args.required('ts'), 'cant_delete_message')
    removeMessage(ws, channel, message)
    return { channel: channel.id, ts: message.ts }
  },
}

const postEphemeral: Method = {
  tier: 4,
  scopes: ['chat:write'],
  run(ws, args) {
    const channel = channelOfBot(ws, args.required('channel'))
    if (channel.isArchived) throw new SlackError('is_archived')
    const userId = args.required('user')
    if (!isMember(channel, userId)) throw new SlackError('user_not_in_channel')
    const message = botMessage(ws, contentOf(args))
    intoThread(ws, channel, message, args.text('thread_ts'))
    showTo(ws, channel, userId, message)
    return { message_ts: message.ts }
  },
}

/** Shows a message to one person only; the channel's history never has it. */
export function showTo(ws: Workspace, channel: SlackChannel, userId: string, message: SlackMessage): void {
  ws.state.ephemerals.push({ ...message, channel: channel.id, onlyFor: userId })
  ws.store.changed({ kind: 'ephemeral_posted', channel: channel.id, ts: message.ts, userId, by: 'bot' })
}

const getPermalink: Method = {
  tier: 'special',
  run(ws, args) {
    const channel = channelForBot(ws, args.required('channel'))
    const message = findMessage(ws.state, channel.id, args.required('message_ts'))
    if (!message) throw new SlackError('message_not_found')
    const thread = message.thread_ts === undefined ? '' : `?thread_ts=${message.thread_ts}&cid=${channel.id}`
    const path = `/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`
    return {
      channel: channel.id,
      permalink: `https://${ws.state.team.domain}.slack.com${path}`,
    } satisfies Fields
  },
}

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
}
