import type { ShownConversation, ShownMessage } from './pane.js'

/** A message of the conversation itself, with what was answered under it. */
export type Thread = { root: ShownMessage; replies: ShownMessage[] }

/** A conversation as its client lays it out: what stands in the conversation, oldest first, each with its thread. */
export function threadsOf(conversation: Pick<ShownConversation, 'messages'>): Thread[] {
  const threads: Thread[] = []
  const byRoot = new Map<string, Thread>()
  for (const message of conversation.messages) {
    const thread = message.root === undefined ? undefined : byRoot.get(message.root)
    if (thread) {
      thread.replies.push(message)
      if (!message.broadcast) continue
    }
    const own: Thread = { root: message, replies: [] }
    threads.push(own)
    if (message.root === undefined) byRoot.set(message.id, own)
  }
  return threads
}

/** The thread in which something was said last: the one a person would have open. */
export function liveliestThread(threads: readonly Thread[]): string | undefined {
  const last = (thread: Thread): number => thread.replies.at(-1)?.atMs ?? 0
  return threads
    .filter((thread) => thread.replies.length > 0)
    .toSorted((a, b) => last(a) - last(b))
    .at(-1)?.root.id
}
