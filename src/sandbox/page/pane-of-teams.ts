import type { UserView, VisibleMessage } from '../teams/types.js'
import type { Pane, ShownMessage } from './pane.js'

/** A client of Teams. */
export function paneOfTeams(view: UserView): Pane {
  return {
    platform: 'teams',
    userId: view.user.aadObjectId,
    conversations: view.conversations.map((each) => ({
      id: each.id,
      kind: each.kind,
      name: each.name,
      unread: each.unread,
      important: each.kind === 'direct',
      messages: each.messages.map((message) => messageOf(message, view)),
    })),
    ...(view.dialog ? { dialog: view.dialog } : {}),
    ...(view.toast
      ? { toast: { kind: view.toast.isError ? 'error' : 'info', text: view.toast.text, at: view.toast.at } }
      : {}),
  }
}

function messageOf(message: VisibleMessage, view: UserView): ShownMessage {
  const { author } = message
  return {
    id: message.messageId,
    ...(message.thread === undefined || message.thread === message.messageId ? {} : { root: message.thread }),
    atMs: Date.parse(message.at),
    author: { name: author.name, colour: author.avatarColor ?? '#475569', bot: author.isBot },
    own: author.id === view.user.aadObjectId,
    unread: message.unread === true,
    onlyYou: message.onlyFor !== undefined && message.card === undefined,
    deleted: message.deleted === true,
    edited: message.edited === true && message.card === undefined,
    urgent: false,
    text: message.text ?? '',
    content: {
      kind: 'teams',
      text: message.text ?? '',
      ...(message.html === undefined ? {} : { html: message.html }),
      ...(message.card ? { card: message.card } : {}),
    },
    files: (message.files ?? []).map((file) => ({
      id: file.id,
      name: file.name,
      size: file.size,
      href: `/sandbox/teams/files/${file.id}`,
      image: file.isInline,
    })),
    reactions: Object.entries(message.reactions ?? {}).map(([sign, people]) => ({
      sign,
      count: people.length,
    })),
  }
}
