import type { WebClient } from '@slack/web-api'
import type { Address, MessageRef, Outcome } from '../../delivery/messenger.js'
import { toFailure } from './errors.js'

/** Marks a post of ours; its payload carries the idempotency key. */
export const POST_MARK = 'paidan_post'
/** Our clock and Slack's may differ by so much and requests still verify. */
const SKEW_MS = 300_000
const PAGE = 200
const MAX_PAGES = 10

interface Mark {
  event_type: string
  event_payload: { id: string; files?: string }
}

/** The `metadata` by which a post is found again; it names the files that are to be shown after it. */
export function markOf(key: string, fileIds: readonly string[] = []): Mark {
  const files = fileIds.length > 0 ? { files: fileIds.join(' ') } : {}
  return { event_type: POST_MARK, event_payload: { id: key, ...files } }
}

export interface Found {
  ref: MessageRef
  /** Files of the post that the conversation does not show. */
  unshown: string[]
}

/** Our post with this key among those since `since`, read from the conversation or thread it was meant for. */
export async function findPosted(
  client: WebClient,
  to: Address,
  key: string,
  since: Date,
): Promise<Outcome<Found | undefined>> {
  const range = {
    channel: to.conversation,
    oldest: String(Math.floor((since.getTime() - SKEW_MS) / 1000)),
    inclusive: true,
    include_all_metadata: true,
    limit: PAGE,
  }
  const shown = new Set<string>()
  let post: { ts: string; files: string[] } | undefined
  let cursor: string | undefined
  try {
    for (let page = 0; page < MAX_PAGES; page++) {
      const at = { ...range, ...(cursor === undefined ? {} : { cursor }) }
      const read =
        to.thread === undefined
          ? await client.conversations.history(at)
          : await client.conversations.replies({ ...at, ts: to.thread })
      for (const { ts, metadata, files } of read.messages ?? []) {
        for (const file of files ?? []) if (file.id !== undefined) shown.add(file.id)
        const names = filesIn(metadata, key)
        if (names !== undefined && ts !== undefined) post ??= { ts, files: names }
      }
      cursor = read.response_metadata?.next_cursor || undefined
      // a conversation is read from its end, a thread from its start: there the files come after the post
      const complete = cursor === undefined || to.thread === undefined
      if (post && (complete || post.files.every((id) => shown.has(id)))) {
        const ref = { platform: 'slack', conversation: to.conversation, messageId: post.ts }
        return { kind: 'sent', value: { ref, unshown: post.files.filter((id) => !shown.has(id)) } }
      }
      if (cursor === undefined) return { kind: 'sent', value: undefined }
    }
    return { kind: 'transient', reason: 'too_many_messages' }
  } catch (error) {
    return toFailure(error, 'harmless')
  }
}

/** The files that one post of ours names, whether they are shown or not. */
export async function filesMarkedOn(
  client: WebClient,
  { conversation, messageId }: MessageRef,
): Promise<Outcome<string[]>> {
  try {
    const read = await client.conversations.replies({
      channel: conversation,
      // a reply's own ts is taken, too; its root comes along
      ts: messageId,
      oldest: messageId,
      latest: messageId,
      inclusive: true,
      include_all_metadata: true,
    })
    const post = read.messages?.find(({ ts }) => ts === messageId)
    return { kind: 'sent', value: filesIn(post?.metadata) ?? [] }
  } catch (error) {
    return toFailure(error, 'harmless')
  }
}

/** The files named by our mark, if it has this key; undefined on any other message. */
function filesIn(
  metadata: { event_type?: string; event_payload?: unknown } | undefined,
  key?: string,
): string[] | undefined {
  if (metadata?.event_type !== POST_MARK) return undefined
  const payload = metadata.event_payload as { id?: unknown; files?: unknown } | undefined
  if (key !== undefined && payload?.id !== key) return undefined
  return typeof payload?.files === 'string' ? payload.files.split(' ').filter((id) => id !== '') : []
}
