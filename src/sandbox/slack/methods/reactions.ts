import { channelOfBot, tell } from '../messages.js'
import { SlackError } from '../slack-error.js'
import { findMessage } from '../store.js'
import type { SlackChannel, SlackMessage } from '../types.js'
import type { Workspace } from '../workspace.js'
import type { Args, Method } from './method.js'

function target(ws: Workspace, args: Args): { channel: SlackChannel; message: SlackMessage } {
  const channel = channelOfBot(ws, args.required('channel'))
  const message = findMessage(ws.state, channel.id, args.required('timestamp'))
  if (!message) throw new SlackError('message_not_found')
  return { channel, message }
}

/** Adds somebody's reaction. Throws `already_reacted`. */
export function addReaction(
  ws: Workspace,
  channel: SlackChannel,
  message: SlackMessage,
  by: string,
  name: string,
): string[] {
  const all = message.reactions ?? []
  const reaction = all.find((each) => each.name === name)
  if (reaction?.users.includes(by)) throw new SlackError('already_reacted')
  message.reactions = all
  if (reaction) reaction.users.push(by)
  else all.push({ name, users: [by], count: 1 })
  for (const each of all) each.count = each.users.length
  return tellReaction(ws, channel, message, 'reaction_added', by, name)
}

/** Takes somebody's reaction away. Throws `no_reaction`. */
export function removeReaction(
  ws: Workspace,
  channel: SlackChannel,
  message: SlackMessage,
  by: string,
  name: string,
): string[] {
  const reaction = message.reactions?.find((each) => each.name === name && each.users.includes(by))
  if (!reaction) throw new SlackError('no_reaction')
  reaction.users = reaction.users.filter((each) => each !== by)
  reaction.count = reaction.users.length
  message.reactions = message.reactions?.filter((each) => each.count > 0) ?? []
  if (message.reactions.length === 0) delete message.reactions
  return tellReaction(ws, channel, message, 'reaction_removed', by, name)
}

function tellReaction(
  ws: Workspace,
  channel: SlackChannel,
  message: SlackMessage,
  type: 'reaction_added' | 'reaction_removed',
  user: string,
  reaction: string,
): string[] {
  ws.store.changed({ kind: 'reaction', channel: channel.id, ts: message.ts, by: user, detail: reaction })
  const item = { type: 'message', channel: channel.id, ts: message.ts }
  const event = { type, user, reaction, item, item_user: message.user ?? '', event_ts: ws.store.mintTs() }
  return tell(ws, channel, event)
}

const add: Method = {
  tier: 3,
  scopes: ['reactions:write'],
  run(ws, args) {
    const name = args.required('name')
    const { channel, message } = target(ws, args)
    addReaction(ws, channel, message, ws.state.bot.userId, name)
    return {}
  },
}

const remove: Method = {
  tier: 2,
  scopes: ['reactions:write'],
  run(ws, args) {
    const name = args.required('name')
    const { channel, message } = target(ws, args)
    removeReaction(ws, channel, message, ws.state.bot.userId, name)
    return {}
  },
}

export const reactionMethods: Record<string, Method> = { 'reactions.add': add, 'reactions.remove': remove }
