import type { UserView, VisibleMessage } from '../feishu/types.js'
import { isPicture, type Pane, type ShownMessage } from './pane.js'

/** A client of Feishu. */
export function paneOfFeishu(view: UserView): Pane {
  return {
    platform: 'feishu',
    userId: view.user.openId,
    conversations: view.conversations.map((each) => ({
      id: each.id,
      kind: each.kind,
      name: each.name,
      unread: each.unread,
      important: each.kind === 'direct',
      messages: each.messages.map((message) => messageOf(message, view)),
    })),
    ...(view.toast ? { toast: { kind: view.toast.type, text: view.toast.content } } : {}),
  }
}

function messageOf(message: VisibleMessage, view: UserView): ShownMessage {
  const { author } = message
  return {
    id: message.messageId,
    ...(message.thread === undefined || message.thread === message.messageId ? {} : { root: message.thread }),
    atMs: Date.parse(message.at),
    author: { name: author.name, colour: author.avatarColor ?? '#475569', bot: author.isBot },
    own: author.id === view.user.openId,
    unread: message.unread === true,
    onlyYou: false,
    deleted: message.deleted === true,
    edited: message.edited === true,
    urgent: message.urgent === true,
    text: message.text ?? '',
    content: {
      kind: 'feishu',
      text: message.text ?? '',
      ...(message.rich ? { rich: message.rich } : {}),
      ...(message.card ? { card: message.card } : {}),
      ...(message.forwarded ? { forwarded: message.forwarded } : {}),
    },
    files: (message.files ?? []).map((file) => ({
      id: file.fileKey,
      name: file.name,
      size: file.size,
      href: `/sandbox/feishu/files/${file.fileKey}`,
      image: file.kind === 'image' || isPicture(file.mimetype),
    })),
    reactions: (message.reactions ?? []).map(({ emoji, count }) => ({ sign: emoji, count })),
  }
}
