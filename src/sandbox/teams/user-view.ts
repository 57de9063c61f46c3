import { fieldsIn, isFields, own, textIn } from './fields.js'
import { offeredIn, shownIn } from './file-cards.js'
import { userOf } from './people.js'
import { isIn, messagesOf, personalKey } from './store.js'
import type { Tenant } from './tenant.js'
import type {
  Fields,
  TeamsConversation,
  TeamsMessage,
  TeamsState,
  TeamsUser,
  UserView,
  VisibleConversation,
  VisibleMessage,
} from './types.js'

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive'

/** What one person's client shows. Throws GestureError `user_not_found`. */
export function userView({ state }: Tenant, userId: string, most = Number.POSITIVE_INFINITY): UserView {
  const user = userOf(state, userId)
  const mine = Object.values(state.conversations).filter((conversation) => isIn(state, conversation, userId))
  const dialog = own(state.dialogs, userId)
  const toast = own(state.toasts, userId)
  return structuredClone({
    version: state.version,
    user,
    bot: { id: state.bot.id, name: state.bot.name },
    conversations: mine.map((conversation) => visibleConversation(state, conversation, user, most)),
    ...(dialog ? { dialog } : {}),
    ...(toast ? { toast } : {}),
  })
}

/** The message's Adaptive Card as that person sees it: their own, or the one that was sent. */
export function cardFor(
  state: TeamsState,
  message: TeamsMessage,
  userId: string,
): { card: Fields; isPersonal: boolean } | undefined {
  const personal = own(state.personalCards, personalKey(userId, message.conversation, message.messageId))
  if (personal?.revision === message.revision) return { card: personal.card, isPersonal: true }
  const sent = fieldsIn(message.attachments).find((each) => textIn(each, 'contentType') === CARD_TYPE)
  return isFields(sent?.content) ? { card: sent.content, isPersonal: false } : undefined
}

function visibleConversation(
  state: TeamsState,
  conversation: TeamsConversation,
  user: TeamsUser,
  most: number,
): VisibleConversation {
  const all = messagesOf(state, conversation.id)
  const read = own(state.readMarks, user.aadObjectId)?.[conversation.id] ?? 0
  const isNew = (message: TeamsMessage, i: number): boolean => i >= read && message.from !== user.aadObjectId
  const unread = all.filter((message, i) => isNew(message, i) && !message.deleted).length
  const skipped = Math.max(0, all.length - most)
  const messages = all.slice(skipped).map((message, i) => {
    const visible = visibleMessage(state, message, user.aadObjectId)
    return isNew(message, i + skipped) ? { ...visible, unread: true } : visible
  })
  if (conversation.kind === 'direct')
    return { id: conversation.id, name: state.bot.name, kind: 'direct', unread, messages }
  const team = own(state.teams, conversation.teamId)
  return {
    id: conversation.id,
    name: conversation.name,
    kind: 'channel',
    teamId: conversation.teamId,
    teamName: team?.name ?? '',
    unread,
    messages,
  }
}

function authorOf(state: TeamsState, from: string): VisibleMessage['author'] {
  if (from === 'bot') return { id: state.bot.id, name: state.bot.name, isBot: true }
  const user = own(state.users, from)
  return {
    id: from,
    name: user?.name ?? '',
    isBot: false,
    ...(user?.avatarColor === undefined ? {} : { avatarColor: user.avatarColor }),
  }
}

function visibleMessage(state: TeamsState, message: TeamsMessage, userId: string): VisibleMessage {
  const head = {
    messageId: message.messageId,
    ...(message.thread === undefined ? {} : { thread: message.thread }),
    author: authorOf(state, message.from),
    at: message.at,
  }
  if (message.deleted) return { ...head, deleted: true }
  const shown = cardFor(state, message, userId)
  const sent = message.fileIds.flatMap((id) => own(state.files, id) ?? [])
  const files = [...sent, ...shownIn(state, message)].map(({ id, name, mimetype, size, isInline }) => {
    return { id, name, mimetype, size, isInline }
  })
  const offer = offerIn(message)
  return {
    ...head,
    ...(message.text === '' ? {} : { text: message.text }),
    ...(message.html === undefined ? {} : { html: message.html }),
    ...(shown ? { card: shown.card } : {}),
    ...(shown?.isPersonal ? { onlyFor: userId } : {}),
    ...(message.attachments.length === 0 ? {} : { attachments: message.attachments }),
    ...(files.length === 0 ? {} : { files }),
    ...(offer ? { offer } : {}),
    ...(Object.keys(message.reactions).length === 0 ? {} : { reactions: message.reactions }),
    ...(message.edited ? { edited: true } : {}),
  }
}

function offerIn(message: TeamsMessage): VisibleMessage['offer'] {
  const offered = offeredIn(message)
  if (!offered || !isFields(offered.content)) return undefined
  const { sizeInBytes } = offered.content
  const description = textIn(offered.content, 'description')
  return {
    name: textIn(offered, 'name') ?? '',
    size: typeof sizeInBytes === 'number' ? sizeInBytes : 0,
    ...(description === undefined ? {} : { description }),
    isAnswered: message.consentedAt === message.revision,
  }
}
