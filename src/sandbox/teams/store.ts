import { type Changes, createChanges } from '../changes.js'
import type {
  TeamsChange,
  TeamsConversation,
  TeamsMessage,
  TeamsSeed,
  TeamsSnapshot,
  TeamsState,
} from './types.js'

/** The emulator's memory: plain state, the bytes of files, and the list of what changed. */
export type Store = Changes<TeamsChange> & {
  readonly state: TeamsState
  readonly bytes: Map<string, Buffer>
  /** The next message id: the program's time in milliseconds, each later than every one before. */
  mintMessageId(): string
}

/** A store over `snapshot`, or freshly made from `seed`. What the seed has and a snapshot lacks is added. */
export function createStore(seed: TeamsSeed, now: () => Date, snapshot?: TeamsSnapshot): Store {
  const state = snapshot ? structuredClone(snapshot.state) : emptyState(seed)
  const bytes = new Map(
    Object.entries(snapshot?.files ?? {}).map(([id, base64]) => [id, Buffer.from(base64, 'base64')]),
  )
  plant(state, seed)

  return {
    ...createChanges<TeamsChange>(state),
    state,
    bytes,
    mintMessageId() {
      state.lastIdMs = Math.max(state.lastIdMs + 1, now().getTime())
      return String(state.lastIdMs)
    },
  }
}

function emptyState(seed: TeamsSeed): TeamsState {
  return {
    version: 0,
    tenantId: seed.tenantId,
    bot: { id: seed.bot.id, name: seed.bot.name, appId: seed.bot.appId },
    users: {},
    teams: {},
    conversations: {},
    messages: {},
    personalCards: {},
    dialogs: {},
    toasts: {},
    files: {},
    readMarks: {},
    lastIdMs: 0,
  }
}

function plant(state: TeamsState, seed: TeamsSeed): void {
  state.tenantId = seed.tenantId
  state.bot = { id: seed.bot.id, name: seed.bot.name, appId: seed.bot.appId }
  for (const user of seed.users)
    state.users[user.aadObjectId] ??= { ...user, hasApp: user.hasApp ?? true, hasBlockedBot: false }
  for (const team of seed.teams) {
    state.teams[team.id] ??= { ...team, members: [...team.members], hasApp: team.hasApp ?? true }
    for (const { id, name } of team.channels)
      state.conversations[id] ??= { id, kind: 'channel', teamId: team.id, name }
  }
}

/** A conversation's messages, oldest first; the array itself, to be changed in place. */
export function messagesOf(state: TeamsState, conversation: string): TeamsMessage[] {
  const messages = Object.hasOwn(state.messages, conversation) ? state.messages[conversation] : undefined
  if (messages) return messages
  const fresh: TeamsMessage[] = []
  state.messages[conversation] = fresh
  return fresh
}

/** The message of that id, deleted ones too. */
export function findMessage(
  state: TeamsState,
  conversation: string,
  messageId: string,
): TeamsMessage | undefined {
  return messagesOf(state, conversation).findLast((message) => message.messageId === messageId)
}

/** Whether that person is in the conversation. */
export function isIn(state: TeamsState, conversation: TeamsConversation, userId: string): boolean {
  if (conversation.kind === 'direct') return conversation.userId === userId
  return state.teams[conversation.teamId]?.members.includes(userId) ?? false
}

/** Where a personal card is kept. */
export function personalKey(userId: string, conversation: string, messageId: string): string {
  return `${userId} ${conversation} ${messageId}`
}
