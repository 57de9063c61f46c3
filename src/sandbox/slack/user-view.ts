import { isMember, messagesOf } from './store.js'
import type {
  SlackChannel,
  SlackMessage,
  SlackUser,
  SlackView,
  UserView,
  VisibleConversation,
  VisibleMessage,
} from './types.js'
import type { Workspace } from './workspace.js'

/** What one person's client shows: their conversations with what they may see, and the modals on top. */
export function userView({ state }: Workspace, user: SlackUser): UserView {
  const mine = Object.values(state.channels).filter((channel) => isMember(channel, user.id))
  const home = state.views[state.homes[user.id] ?? '']
  return structuredClone({
    version: state.version,
    user,
    team: state.team,
    bot: { userId: state.bot.userId, name: state.bot.name },
    people: Object.fromEntries(Object.values(state.users).map((each) => [each.id, businessCard(each)])),
    conversations: mine.map((channel) => conversation(state, channel, user)),
    modals: (state.modals[user.id] ?? [])
      .map((id) => state.views[id])
      .filter((view): view is SlackView => view !== undefined),
    ...(home ? { home } : {}),
  })
}

function businessCard(user: SlackUser): UserView['people'][string] {
  return {
    name: user.name,
    realName: user.realName,
    ...(user.avatarColor === undefined ? {} : { avatarColor: user.avatarColor }),
    ...(user.title === undefined ? {} : { title: user.title }),
  }
}

function conversation(
  state: Workspace['state'],
  channel: SlackChannel,
  user: SlackUser,
): VisibleConversation {
  const lastReadTs = state.readMarks[user.id]?.[channel.id] ?? '0'
  const own = state.ephemerals.filter((each) => each.channel === channel.id && each.onlyFor === user.id)
  const isNew = (message: SlackMessage): boolean => message.ts > lastReadTs && message.user !== user.id
  const toVisible = (message: SlackMessage): VisibleMessage => ({
    ...message,
    ...(message.bot_id === state.bot.botId ? { fromBot: true } : {}),
    ...(isNew(message) ? { unread: true } : {}),
  })
  const messages = [
    ...messagesOf(state, channel.id).map(toVisible),
    ...own.map((message): VisibleMessage => ({ ...toVisible(message), ephemeral: true })),
  ].sort((a, b) => (a.ts < b.ts ? -1 : 1))
  const unread = messages.filter((message) => message.unread)
  const other = channel.kind === 'im' ? channel.members.find((id) => id !== user.id) : undefined
  return {
    id: channel.id,
    kind: channel.kind,
    name: channel.name,
    ...(other === undefined ? {} : { withUserId: other }),
    isArchived: channel.isArchived,
    botIsMember: isMember(channel, state.bot.userId),
    unread: unread.length,
    mentions: unread.filter((message) =>
      JSON.stringify([message.text, message.blocks]).includes(`<@${user.id}>`),
    ).length,
    lastReadTs,
    messages,
  }
}
