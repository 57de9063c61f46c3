import type { SlackEmulator } from './slack/emulator.js'
import type { SlackState, UserView } from './slack/types.js'

/** A page draws so many messages of a conversation, and counts among so many: a demo's data may be weeks old. */
const DRAWN = 300
const COUNTED = 2000

/** What a person's client shows, without what lies far back. */
export function recentView(emulator: SlackEmulator, userId: string): UserView {
  const view = emulator.view(userId)
  for (const conversation of view.conversations) conversation.messages = conversation.messages.slice(-DRAWN)
  return view
}

/** What the messenger holds, without what lies far back. */
export function recentState(emulator: SlackEmulator): SlackState {
  const { messages, ...rest } = emulator.state
  const recent = Object.entries(messages).map(([channel, all]) => [channel, all.slice(-COUNTED)] as const)
  return { ...rest, messages: Object.fromEntries(recent), readMarks: {}, files: {} }
}
