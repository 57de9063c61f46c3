import type { VisibleConversation, VisibleMessage } from '../slack/types.js'

/** A message of the channel itself, with what was answered under it. */
export type Thread = { root: VisibleMessage; replies: VisibleMessage[] }

/** A conversation as its client lays it out: what stands in the channel, oldest first, each with its thread. */
export function threadsOf(conversation: VisibleConversation): Thread[] {
  const threads: Thread[] = []
  const byTs = new Map<string, Thread>()
  for (const message of conversation.messages) {
    // A deleted root stays where its thread is, as a mark.
    if (message.hidden && message.subtype !== 'tombstone') continue
    const root = message.thread_ts ?? message.ts
    const thread = byTs.get(root)
    if (root !== message.ts && thread) {
      thread.replies.push(message)
      if (message.subtype !== 'thread_broadcast') continue
    }
    const own: Thread = { root: message, replies: [] }
    threads.push(own)
    if (root === message.ts) byTs.set(message.ts, own)
  }
  return threads
}

/** The thread in which something was said last: the one a person would have open. */
export function liveliestThread(threads: readonly Thread[]): string | undefined {
  const last = (thread: Thread): string => thread.replies.at(-1)?.ts ?? ''
  return threads
    .filter((thread) => thread.replies.length > 0)
    .toSorted((a, b) => (last(a) < last(b) ? -1 : 1))
    .at(-1)?.root.ts
}
