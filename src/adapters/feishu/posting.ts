import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Address, MessageRef } from '../../delivery/messenger.js'
import { LIMITS } from './limits.js'
import type { OpenApi } from './open-api.js'
import { PLATFORM, personIn } from './parsed.js'

const POSTED = z.object({ message_id: z.string().min(1), chat_id: z.string().min(1).optional() })

export interface Posted {
  messageId: string
  /** Feishu's own id of the chat, a direct one too. */
  chatId: string | undefined
}
export interface Content {
  msg_type: 'interactive' | 'post' | 'image' | 'file'
  content: string
}

/**
 * Sends a message. `key` becomes the `uuid`, by which Feishu knows a repetition within an hour and answers with the
 * message it made the first time.
 */
export async function send(
  api: OpenApi,
  to: Pick<Address, 'conversation' | 'thread'>,
  { msg_type, content }: Content,
  key: string,
): Promise<Posted> {
  const said = { msg_type, content, uuid: uuidOf(key) }
  const openId = personIn(to.conversation)
  const answer =
    to.thread === undefined
      ? await api.call({
          method: 'POST',
          path: '/im/v1/messages',
          params: { receive_id_type: openId === undefined ? 'chat_id' : 'open_id' },
          data: { receive_id: openId ?? to.conversation, ...said },
        })
      : await api.call({
          method: 'POST',
          path: `/im/v1/messages/${encodeURIComponent(to.thread)}/reply`,
          data: { ...said, reply_in_thread: true },
        })
  const { message_id, chat_id } = POSTED.parse(answer)
  return { messageId: message_id, chatId: chat_id }
}

/** Our key in the fifty characters that Feishu leaves for it. */
export function uuidOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, LIMITS.uuid)
}

/** The message in the terms of the core: a direct conversation is named by its person. */
export function refOf(to: Address, { messageId }: Posted): MessageRef {
  return { platform: PLATFORM, conversation: to.conversation, messageId }
}

export function messagePath({ messageId }: Pick<MessageRef, 'messageId'>, below = ''): string {
  return `/im/v1/messages/${encodeURIComponent(messageId)}${below}`
}
