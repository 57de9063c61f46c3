import type { WebClient } from '@slack/web-api'
import type { Address, MessageRef, Outcome } from '../../delivery/messenger.js'
import { toFailure } from './errors.js'

/** Marks a post of ours; its payload carries the idempotency key. */
export const POST_MARK = 'paidan_post'
/** Our clock and Slack's may differ by so much and requests still verify. */
const SKEW_MS = 300_000
const PAGE = 200
const MAX_PAGES = 10

/** The `metadata` by which a post is found again. */
export function markOf(key: string): { event_type: string; event_payload: { id: string } } {
  return { event_type: POST_MARK, event_payload: { id: key } }
}

/** Our post with this key among those since `since`, read from the conversation or thread it was meant for. */
export async function findPosted(
  client: WebClient,
  to: Address,
  key: string,
  since: Date,
): Promise<Outcome<MessageRef | undefined>> {
  const range = {
    channel: to.conversation,
    oldest: String(Math.floor((since.getTime() - SKEW_MS) / 1000)),
    inclusive: true,
    include_all_metadata: true,
    limit: PAGE,
  }
  let cursor: string | undefined
  try {
    for (let page = 0; page < MAX_PAGES; page++) {
      const at = { ...range, ...(cursor === undefined ? {} : { cursor }) }
      const read =
        to.thread === undefined
          ? await client.conversations.history(at)
          : await client.conversations.replies({ ...at, ts: to.thread })
      const found = read.messages?.find((message) => carries(message.metadata, key))
      if (found?.ts !== undefined) {
        return {
          kind: 'sent',
          value: { platform: 'slack', conversation: to.conversation, messageId: found.ts },
        }
      }
      cursor = read.response_metadata?.next_cursor || undefined
      if (cursor === undefined) return { kind: 'sent', value: undefined }
    }
    return { kind: 'transient', reason: 'too_many_messages' }
  } catch (error) {
    return toFailure(error, 'harmless')
  }
}

function carries(
  metadata: { event_type?: string; event_payload?: unknown } | undefined,
  key: string,
): boolean {
  if (metadata?.event_type !== POST_MARK) return false
  return (metadata.event_payload as { id?: unknown } | undefined)?.id === key
}
