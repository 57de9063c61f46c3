import type { UserView, VisibleFile, VisibleMessage } from '../teams/types.js'
import { string } from './block-fields.js'
import { isPicture, type Pane, type ShownFile, type ShownMessage } from './pane.js'

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
      ...(message.offer ? { offer: message.offer } : {}),
    },
    files: [...(message.files ?? []).map(fileOf), ...picturesIn(message)],
    reactions: Object.entries(message.reactions ?? {}).map(([sign, people]) => ({
      sign,
      count: people.length,
    })),
  }
}

function fileOf({ id, name, size, mimetype, isInline }: VisibleFile): ShownFile {
  return { id, name, size, href: `/sandbox/teams/files/${id}`, image: isInline || isPicture(mimetype) }
}

/** A bot's pictures travel inside of its message. */
function picturesIn({ attachments = [] }: VisibleMessage): ShownFile[] {
  return attachments.flatMap(({ contentType, contentUrl, name }, i) => {
    const type = string(contentType) ?? ''
    const href = string(contentUrl) ?? ''
    if (!isPicture(type) || !href.startsWith(`data:${type};base64,`)) return []
    const size = Math.floor(((href.length - href.indexOf(',') - 1) * 3) / 4)
    return [{ id: `picture ${i}`, name: string(name) ?? type, size, href, image: true }]
  })
}
