import { keepFile, shareFile } from '../files.js'
import { mintClientMessageId } from '../ids.js'
import { addMessage, changeMessage, removeMessage, threadRoot } from '../messages.js'
import { addReaction, removeReaction } from '../methods/reactions.js'
import { SlackError } from '../slack-error.js'
import { channelOf, findMessage, isMember, userOf } from '../store.js'
import { typedText } from '../typed-text.js'
import type { GestureResult, SlackChannel, SlackFile, SlackMessage, Ts } from '../types.js'
import type { Workspace } from '../workspace.js'

export type GivenFile = { name: string; mimetype?: string; base64: string }
export type TypedMessage = {
  userId: string
  channel: string
  text?: string
  threadTs?: Ts
  /** also to the channel, from a thread */
  broadcast?: boolean
  files?: GivenFile[]
}

function channelOfPerson(ws: Workspace, channelId: string, userId: string): SlackChannel {
  userOf(ws.state, userId)
  const channel = channelOf(ws.state, channelId)
  if (!isMember(channel, userId)) throw new SlackError('not_in_channel')
  if (channel.isArchived) throw new SlackError('is_archived')
  return channel
}

function ownMessage(ws: Workspace, channel: SlackChannel, ts: Ts, userId: string): SlackMessage {
  const message = findMessage(ws.state, channel.id, ts)
  if (!message || message.subtype === 'tombstone') throw new SlackError('message_not_found')
  if (message.user !== userId) throw new SlackError('not_your_message')
  return message
}

/** A person types and sends. */
export function postMessage(ws: Workspace, given: TypedMessage): GestureResult {
  const channel = channelOfPerson(ws, given.channel, given.userId)
  const files = (given.files ?? []).map((file) => keepGiven(ws, given.userId, file))
  const { text, blocks } = typedText(ws.state, given.text ?? '')
  if (text.trim() === '' && files.length === 0) throw new SlackError('no_text')
  const root = given.threadTs === undefined ? undefined : threadRoot(ws, channel.id, given.threadTs)
  if (given.threadTs !== undefined && !root) throw new SlackError('thread_not_found')
  const message: SlackMessage = {
    client_msg_id: mintClientMessageId(),
    type: 'message',
    text,
    user: given.userId,
    ts: ws.store.mintTs(),
    team: ws.state.team.id,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(files.length > 0 ? { subtype: 'file_share', files } : {}),
    ...(root
      ? { thread_ts: root.ts, ...(root.user === undefined ? {} : { parent_user_id: root.user }) }
      : {}),
  }
  if (root && given.broadcast) message.subtype = 'thread_broadcast'
  for (const file of files) shareFile(ws, file, channel, message)
  const eventIds = addMessage(ws, channel, message)
  markRead(ws, { userId: given.userId, channel: channel.id, ts: message.ts })
  return { ok: true, ts: message.ts, channel: channel.id, eventIds }
}

function keepGiven(ws: Workspace, user: string, given: GivenFile): SlackFile {
  const { name, mimetype, base64 } = given
  const content = Buffer.from(base64, 'base64')
  return keepFile(ws, { name, user, content, ...(mimetype === undefined ? {} : { mimetype }) })
}

/** A person changes what they wrote. */
export function editMessage(
  ws: Workspace,
  given: { userId: string; channel: string; ts: Ts; text: string },
): GestureResult {
  const channel = channelOfPerson(ws, given.channel, given.userId)
  const message = ownMessage(ws, channel, given.ts, given.userId)
  const { text, blocks } = typedText(ws.state, given.text)
  const eventIds = changeMessage(ws, channel, message, (kept) => {
    kept.text = text
    kept.blocks = blocks
    kept.edited = { user: given.userId, ts: ws.store.mintTs() }
  })
  return { ok: true, ts: message.ts, channel: channel.id, eventIds }
}

/** A person deletes what they wrote. */
export function deleteMessage(
  ws: Workspace,
  given: { userId: string; channel: string; ts: Ts },
): GestureResult {
  const channel = channelOfPerson(ws, given.channel, given.userId)
  const message = ownMessage(ws, channel, given.ts, given.userId)
  return { ok: true, ts: message.ts, channel: channel.id, eventIds: removeMessage(ws, channel, message) }
}

/** A person has seen a conversation, up to `ts` or wholly. */
export function markRead(ws: Workspace, given: { userId: string; channel: string; ts?: Ts }): GestureResult {
  const channel = channelOf(ws.state, given.channel)
  const ephemerals = ws.state.ephemerals.filter(
    (each) => each.channel === channel.id && each.onlyFor === given.userId,
  )
  const seen = [...(ws.state.messages[channel.id] ?? []), ...ephemerals].map((each) => each.ts)
  const ts = given.ts ?? seen.toSorted().at(-1) ?? '0'
  ws.state.readMarks[given.userId] = { ...ws.state.readMarks[given.userId], [channel.id]: ts }
  ws.store.changed({ kind: 'read', channel: channel.id, ts, userId: given.userId })
  return { ok: true, channel: channel.id, ts }
}

/** A person reacts with an emoji, or takes it back. */
export function react(
  ws: Workspace,
  given: { userId: string; channel: string; ts: Ts; name: string; remove?: boolean },
): GestureResult {
  const channel = channelOfPerson(ws, given.channel, given.userId)
  const message = findMessage(ws.state, channel.id, given.ts)
  if (!message) throw new SlackError('message_not_found')
  const change = given.remove ? removeReaction : addReaction
  return { ok: true, eventIds: change(ws, channel, message, given.userId, given.name) }
}
