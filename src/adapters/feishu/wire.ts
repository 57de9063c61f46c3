import { z } from 'zod'

/** What we read of Feishu's payloads; everything else in them is dropped at the edge. */

const id = z.string().min(1).max(128)
const ms = z.string().regex(/^\d{1,17}$/)
const OPEN_ID = z.object({ open_id: id.nullish() })

export const CHALLENGE = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().max(4096),
  token: z.string().max(256).optional(),
})

export const ENVELOPE = z.object({
  schema: z.literal('2.0'),
  header: z.object({
    event_id: id,
    event_type: z.string().max(128),
    create_time: ms.optional(),
    token: z.string().max(256).optional(),
    app_id: z.string().max(64).optional(),
    tenant_key: z.string().max(64).optional(),
  }),
  event: z.looseObject({}),
})
export type Envelope = z.infer<typeof ENVELOPE>

const MENTION = z.object({
  key: z.string().max(64),
  id: OPEN_ID.nullish(),
  name: z.string().nullish(),
})
export type Mention = z.infer<typeof MENTION>

export const MESSAGE_EVENT = z.object({
  sender: z.object({
    sender_id: OPEN_ID.nullish(),
    sender_type: z.string().optional(),
    tenant_key: z.string().optional(),
  }),
  message: z.object({
    message_id: id,
    root_id: z.string().max(128).nullish(),
    create_time: ms.optional(),
    chat_id: id,
    chat_type: z.string(),
    message_type: z.string().max(64),
    content: z.string(),
    mentions: z.array(MENTION).nullish(),
  }),
})
export type MessageEvent = z.infer<typeof MESSAGE_EVENT>
export type WireMessage = MessageEvent['message']

export const RECALLED_EVENT = z.object({
  message_id: id,
  chat_id: id,
  recall_time: ms.optional(),
})
export const MENU_EVENT = z.object({
  operator: z.object({ operator_id: OPEN_ID }),
  event_key: z.string().max(128),
})
export const ENTERED_EVENT = z.object({ operator_id: OPEN_ID })
export const USER_UPDATED_EVENT = z.object({ object: OPEN_ID })

/** Any content we know the parts of; which of them are there depends on the message's type. */
export const CONTENT = z.looseObject({
  text: z.string().optional(),
  image_key: z.string().max(256).optional(),
  file_key: z.string().max(256).optional(),
  file_name: z.string().max(1024).optional(),
})

const POST_ELEMENT = z.object({
  tag: z.string(),
  text: z.string().nullish(),
  href: z.string().nullish(),
  user_id: z.string().nullish(),
  user_name: z.string().nullish(),
  image_key: z.string().max(256).nullish(),
  file_key: z.string().max(256).nullish(),
  emoji_type: z.string().nullish(),
})
export type PostElement = z.infer<typeof POST_ELEMENT>
export const POST = z.object({
  title: z.string().nullish(),
  content: z.array(z.array(POST_ELEMENT)),
})

export const CARD_ACTION = z.object({
  operator: z.object({ open_id: id, tenant_key: z.string().nullish() }),
  action: z.object({
    value: z.unknown(),
    tag: z.string().optional(),
    name: z.string().nullish(),
    option: z.string().nullish(),
    form_value: z.record(z.string(), z.unknown()).nullish(),
  }),
  context: z.object({ open_message_id: id.nullish(), open_chat_id: id.nullish() }).nullish(),
})
