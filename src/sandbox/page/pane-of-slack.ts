import type { UserView, VisibleConversation, VisibleMessage } from '../slack/types.js'
import { decode } from './mrkdwn.js'
import { isPicture, type Pane, type ShownConversation, type ShownMessage } from './pane.js'

const BOT_COLOUR = '#64748b'
const OTHER_COLOUR = '#475569'

/** A client of Slack. */
export function paneOfSlack(view: UserView): Pane {
  return {
    platform: 'slack',
    userId: view.user.id,
    conversations: view.conversations.map((each) => conversationOf(each, view)),
    slack: view,
  }
}

/** A conversation of Slack as every client lays it out. */
export function conversationOf(from: VisibleConversation, view: UserView): ShownConversation {
  return {
    id: from.id,
    kind: from.kind === 'im' ? 'direct' : 'channel',
    name: from.name,
    unread: from.unread,
    important: from.kind === 'im' || from.mentions > 0,
    // A deleted root stays where its thread is, as a mark.
    messages: from.messages
      .filter((message) => !message.hidden || message.subtype === 'tombstone')
      .map((message) => messageOf(message, view)),
  }
}

function messageOf(message: VisibleMessage, view: UserView): ShownMessage {
  const id = message.user ?? ''
  const person = view.people[id]
  const bot = message.bot_id !== undefined
  // A name of its own (chat:write.customize) stands for somebody who is not the bot.
  const custom = message.username
  return {
    id: message.ts,
    ...(message.thread_ts === undefined || message.thread_ts === message.ts
      ? {}
      : { root: message.thread_ts }),
    ...(message.subtype === 'thread_broadcast' ? { broadcast: true } : {}),
    atMs: Number(message.ts) * 1000,
    author: {
      name: custom ?? person?.realName ?? (bot ? view.bot.name : id),
      colour: bot ? BOT_COLOUR : (person?.avatarColor ?? OTHER_COLOUR),
      bot: bot && custom === undefined,
    },
    own: !bot && id === view.user.id,
    unread: message.unread === true,
    onlyYou: message.ephemeral === true,
    deleted: message.subtype === 'tombstone',
    edited: message.edited !== undefined,
    urgent: false,
    text: decode(message.text),
    content: { kind: 'slack', message },
    files: (message.files ?? []).flatMap((file) => {
      if (file.mode === 'tombstone') return []
      const { id, name, size, mimetype } = file
      return [{ id, name, size, href: `/sandbox/slack/files/${id}`, image: isPicture(mimetype) }]
    }),
    reactions: (message.reactions ?? []).map(({ name, count }) => ({ sign: `:${name}:`, count })),
  }
}
