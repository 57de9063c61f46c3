import type { Fields } from '../fields.js'
import { channelForBot, channelOfBot, directMessageWith } from '../messages.js'
import { SlackError } from '../slack-error.js'
import { findMessage, isMember, messagesOf, userOf } from '../store.js'
import type { SlackChannel, SlackMessage } from '../types.js'
import { channelObject, messageObject, scopeFamily } from '../wire.js'
import type { Workspace } from '../workspace.js'
import { type Args, type Method, requireScope } from './method.js'
import { page } from './page.js'

const open: Method = {
  tier: 3,
  scopes: ['im:write'],
  run(ws, args) {
    const users = args.text('users')?.split(',') ?? []
    const given = args.text('channel')
    if (given === undefined && users.length === 0) throw new SlackError('users_list_not_supplied')
    if (users.length > 1) throw new SlackError('not_emulated_mpim')
    const userId = users[0]
    if (userId !== undefined && userOf(ws.state, userId).deleted) throw new SlackError('user_not_found')
    if (userId === ws.state.bot.userId) throw new SlackError('cannot_dm_bot')
    const { channel, isNew } =
      userId === undefined
        ? { channel: channelForBot(ws, given ?? ''), isNew: false }
        : directMessageWith(ws, userId)
    const known = isNew ? {} : { no_op: true, already_open: true }
    return {
      ...known,
      channel: args.flag('return_im') ? channelObject(ws.state, channel) : { id: channel.id },
    }
  },
}

function within(message: SlackMessage, args: Args): boolean {
  const oldest = args.text('oldest')
  const latest = args.text('latest')
  const inclusive = args.flag('inclusive')
  if (oldest !== undefined && (inclusive ? message.ts < oldest : message.ts <= oldest)) return false
  return latest === undefined || (inclusive ? message.ts <= latest : message.ts < latest)
}

function readable(ws: Workspace, args: Args): SlackChannel {
  const channel = channelOfBot(ws, args.required('channel'))
  requireScope(ws, `${scopeFamily(channel)}:history`)
  return channel
}

const history: Method = {
  tier: 3,
  run(ws, args) {
    const channel = readable(ws, args)
    const top = messagesOf(ws.state, channel.id)
      .filter(
        (message) =>
          message.thread_ts === undefined ||
          message.thread_ts === message.ts ||
          message.subtype === 'thread_broadcast',
      )
      .filter((message) => within(message, args))
      .toReversed()
    const { items, nextCursor } = page(top, args, { fallback: 100, max: 999 })
    return {
      messages: items.map((message) => messageObject(message, args.flag('include_all_metadata'))),
      has_more: nextCursor !== '',
      pin_count: 0,
      channel_actions_ts: null,
      channel_actions_count: 0,
      ...cursorPart(nextCursor),
    }
  },
}

const replies: Method = {
  tier: 3,
  run(ws, args) {
    const channel = readable(ws, args)
    const named = findMessage(ws.state, channel.id, args.required('ts'))
    const root = named?.thread_ts === undefined ? named : findMessage(ws.state, channel.id, named.thread_ts)
    if (!root) throw new SlackError('thread_not_found')
    const below = messagesOf(ws.state, channel.id)
      .filter((message) => message !== root && message.thread_ts === root.ts)
      .filter((message) => within(message, args))
    const { items, nextCursor } = page(below, args, { fallback: 1000, max: 1000 })
    return {
      messages: [root, ...items].map((message) => messageObject(message, args.flag('include_all_metadata'))),
      has_more: nextCursor !== '',
      ...cursorPart(nextCursor),
    }
  },
}

function cursorPart(nextCursor: string): Fields {
  return nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }
}

const info: Method = {
  tier: 3,
  run(ws, args) {
    const channel = channelForBot(ws, args.required('channel'))
    requireScope(ws, `${scopeFamily(channel)}:read`)
    const count = args.flag('include_num_members') ? { num_members: channel.members.length } : {}
    return { channel: { ...channelObject(ws.state, channel), ...count } }
  },
}

const members: Method = {
  tier: 4,
  run(ws, args) {
    const channel = channelForBot(ws, args.required('channel'))
    requireScope(ws, `${scopeFamily(channel)}:read`)
    const { items, nextCursor } = page(channel.members, args, { fallback: 100, max: 1000 })
    return { members: items, response_metadata: { next_cursor: nextCursor } }
  },
}

const TYPE_OF = { channel: 'public_channel', private: 'private_channel', im: 'im' } as const

function listed(
  ws: Workspace,
  args: Args,
  onlyWithBot: boolean,
): { items: SlackChannel[]; nextCursor: string } {
  const types = (args.text('types') ?? 'public_channel').split(',')
  const visible = Object.values(ws.state.channels)
    .filter((channel) => types.includes(TYPE_OF[channel.kind]))
    .filter(
      (channel) => (channel.kind === 'channel' && !onlyWithBot) || isMember(channel, ws.state.bot.userId),
    )
    .filter((channel) => !(args.flag('exclude_archived') && channel.isArchived))
  for (const channel of visible) requireScope(ws, `${scopeFamily(channel)}:read`)
  return page(visible, args, { fallback: 100, max: 1000 })
}

const list: Method = {
  tier: 2,
  scopes: ['channels:read', 'groups:read', 'im:read'],
  run(ws, args) {
    const { items, nextCursor } = listed(ws, args, false)
    const channels = items.map((each) => ({
      ...channelObject(ws.state, each),
      num_members: each.members.length,
    }))
    return { channels, response_metadata: { next_cursor: nextCursor } }
  },
}

const ofUser: Method = {
  tier: 3,
  scopes: ['channels:read', 'groups:read', 'im:read'],
  run(ws, args) {
    const { items, nextCursor } = listed(ws, args, true)
    const channels = items.map((each) => channelObject(ws.state, each))
    return { channels, response_metadata: { next_cursor: nextCursor } }
  },
}

export const conversationMethods: Record<string, Method> = {
  'conversations.open': open,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.list': list,
  'users.conversations': ofUser,
}
