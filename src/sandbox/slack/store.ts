import { type Changes, createChanges } from '../changes.js'
import { SlackError } from './slack-error.js'
import type {
  SeedUser,
  SlackChange,
  SlackChannel,
  SlackMessage,
  SlackSeed,
  SlackSnapshot,
  SlackState,
  SlackUser,
  Ts,
} from './types.js'

/** The emulator's memory: plain state, the bytes of files, and the list of what changed. */
export type Store = Changes<SlackChange> & {
  readonly state: SlackState
  readonly bytes: Map<string, Buffer>
  /** The next message timestamp; each is later than every one before, even when time stands still. */
  mintTs(): Ts
  snapshot(): SlackSnapshot
}

/** A store over `snapshot`, or freshly made from `seed`. People and channels of the seed that a snapshot lacks are added. */
export function createStore(seed: SlackSeed, now: () => Date, snapshot?: SlackSnapshot): Store {
  const state = snapshot ? structuredClone(snapshot.state) : emptyState(seed)
  const bytes = new Map(
    Object.entries(snapshot?.files ?? {}).map(([id, base64]) => [id, Buffer.from(base64, 'base64')]),
  )
  plant(state, seed, Math.floor(now().getTime() / 1000))

  return {
    ...createChanges<SlackChange>(state),
    state,
    bytes,
    mintTs() {
      const micros = Math.max(state.lastTsMicros + 1, now().getTime() * 1000)
      state.lastTsMicros = micros
      return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
    },
    snapshot() {
      const files = [...bytes].map(([id, content]) => [id, content.toString('base64')] as const)
      return { state: structuredClone(state), files: Object.fromEntries(files) }
    },
  }
}

function emptyState(seed: SlackSeed): SlackState {
  return {
    version: 0,
    team: seed.team,
    bot: seed.bot,
    users: {},
    channels: {},
    messages: {},
    ephemerals: [],
    views: {},
    modals: {},
    homes: {},
    files: {},
    readMarks: {},
    messageInputs: {},
    lastTsMicros: 0,
  }
}

function plant(state: SlackState, seed: SlackSeed, nowS: number): void {
  state.team = seed.team
  state.bot = seed.bot
  const bot: SeedUser = {
    id: seed.bot.userId,
    name: seed.bot.name.toLowerCase(),
    realName: seed.bot.name,
    email: '',
    locale: 'en-US',
    tz: 'Etc/UTC',
  }
  state.users[bot.id] ??= { ...bot, deleted: false, updatedAtS: nowS, isBot: true }
  for (const user of seed.users) {
    state.users[user.id] ??= { ...user, deleted: false, updatedAtS: nowS, isBot: false }
  }
  for (const channel of seed.channels) {
    const members = channel.botIsMember ? [...channel.members, seed.bot.userId] : [...channel.members]
    state.channels[channel.id] ??= {
      id: channel.id,
      kind: channel.isPrivate ? 'private' : 'channel',
      name: channel.name,
      members,
      isArchived: channel.isArchived ?? false,
      createdAtS: nowS,
    }
  }
}

/** What a record holds under a name that came from outside; never what it inherits. */
export function own<T>(record: { [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** The channel of that id. Throws `channel_not_found`. */
export function channelOf(state: SlackState, id: string): SlackChannel {
  const channel = own(state.channels, id)
  if (!channel) throw new SlackError('channel_not_found')
  return channel
}

/** The person of that id. Throws `user_not_found`. */
export function userOf(state: SlackState, id: string): SlackUser {
  const user = own(state.users, id)
  if (!user) throw new SlackError('user_not_found')
  return user
}

/** A channel's messages, oldest first; the array itself, to be changed in place. */
export function messagesOf(state: SlackState, channelId: string): SlackMessage[] {
  const messages = state.messages[channelId] ?? []
  state.messages[channelId] = messages
  return messages
}

/** The message of that ts, if the channel has it. */
export function findMessage(state: SlackState, channelId: string, ts: Ts): SlackMessage | undefined {
  return state.messages[channelId]?.findLast((message) => message.ts === ts)
}

/** Whether that user (or the bot) is in the channel. */
export function isMember(channel: SlackChannel, userId: string): boolean {
  return channel.members.includes(userId)
}
