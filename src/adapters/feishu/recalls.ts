import { z } from 'zod'
import type { InboundDelete, InboundEvent, InboundMessage } from '../../intake/inbound.js'
import { BoundedMap } from './bounded-map.js'
import { FeishuError } from './errors.js'
import type { OpenApi } from './open-api.js'
import { directWith, type ParsedEvent, PLATFORM } from './parsed.js'
import { messagePath } from './posting.js'

/** Feishu says which message was taken back, but not by whom it was written: this finds out. */
export interface Recalls {
  /** A message came by. */
  seen(events: readonly InboundEvent[]): void
  /** The recall as the core knows it; undefined when it is nobody's concern. Throws while Feishu does not answer. */
  deletionOf(recalled: Extract<ParsedEvent, { kind: 'recall' }>): Promise<InboundDelete | undefined>
}
type Known = Pick<InboundMessage, 'userId' | 'conversation' | 'thread'>

const REMEMBERED = 5000
const MESSAGES = z.object({
  items: z
    .array(
      z.object({
        root_id: z.string().nullish(),
        sender: z.object({ id: z.string(), id_type: z.string(), sender_type: z.string() }),
      }),
    )
    .min(1),
})
const CHAT = z.object({ chat_mode: z.string().optional() })

export function createRecalls(api: OpenApi): Recalls {
  const known = new BoundedMap<Known>(REMEMBERED)

  /** After a restart memory is empty, and Feishu still knows the sender of a message that is no more. */
  async function asked(messageId: string, chatId: string): Promise<Known | undefined> {
    try {
      const path = messagePath({ messageId })
      const read = await api.call({ method: 'GET', path, params: { user_id_type: 'open_id' } })
      const [message] = MESSAGES.parse(read).items
      if (message?.sender.sender_type !== 'user' || message.sender.id_type !== 'open_id') return undefined
      const { id } = message.sender
      const chat = CHAT.parse(
        await api.call({ method: 'GET', path: `/im/v1/chats/${encodeURIComponent(chatId)}` }),
      )
      const isDirect = chat.chat_mode === 'p2p'
      return {
        userId: id,
        conversation: isDirect ? { id: directWith(id), kind: 'direct' } : { id: chatId, kind: 'channel' },
        ...(message.root_id ? { thread: message.root_id } : {}),
      }
    } catch (error) {
      const isNo = error instanceof FeishuError && error.status < 500 && error.status !== 429
      if (isNo || error instanceof z.ZodError) return undefined
      throw error
    }
  }

  return {
    seen(events) {
      for (const event of events) {
        if (event.kind !== 'message') continue
        const { userId, conversation, thread, messageId } = event
        known.set(messageId, { userId, conversation, ...(thread === undefined ? {} : { thread }) })
      }
    },
    async deletionOf({ recall, eventId, tenant, at }) {
      const { messageId, chatId } = recall
      const message = known.get(messageId) ?? (await asked(messageId, chatId))
      if (message === undefined) return undefined
      const keys = [`event:${eventId}`, `delete:${tenant}:${messageId}`]
      return { kind: 'delete', platform: PLATFORM, tenant, at, keys, messageId, ...message }
    },
  }
}
