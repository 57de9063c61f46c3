import { z } from 'zod'

/** What we read of Slack's payloads; everything else in them is dropped at the edge. */

const ts = z.string().regex(/^\d{1,12}\.\d{1,9}$/)
const id = z.string().min(1).max(64)

export const ENVELOPE = z.object({
  type: z.literal('event_callback'),
  event_id: id,
  event_time: z.number().optional(),
  team_id: id.nullish(),
  context_team_id: id.nullish(),
  api_app_id: id.optional(),
  authorizations: z.array(z.object({ user_id: id.nullish(), is_bot: z.boolean().optional() })).nullish(),
  event: z.looseObject({ type: z.string() }),
})
export type Envelope = z.infer<typeof ENVELOPE>

export const CHALLENGE = z.object({ type: z.literal('url_verification'), challenge: z.string().max(4096) })

export const FILE = z.object({
  id,
  name: z.string().nullish(),
  title: z.string().nullish(),
  size: z.number().nonnegative().nullish(),
  mode: z.string().nullish(),
  is_external: z.boolean().nullish(),
  file_access: z.string().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
})
export type WireFile = z.infer<typeof FILE>

const MESSAGE_PARTS = {
  user: id.optional(),
  text: z.string().nullish(),
  ts,
  thread_ts: ts.optional(),
  parent_user_id: id.optional(),
  subtype: z.string().optional(),
  bot_id: id.nullish(),
  client_msg_id: z.string().max(128).optional(),
  edited: z.object({ user: id.optional(), ts }).optional(),
  files: z.array(FILE).nullish(),
  attachments: z
    .array(
      z.object({
        is_share: z.boolean().optional(),
        is_msg_unfurl: z.boolean().optional(),
        text: z.string().nullish(),
      }),
    )
    .nullish(),
}
export const WIRE_MESSAGE = z.object(MESSAGE_PARTS)
export type WireMessage = z.infer<typeof WIRE_MESSAGE>

/** An earlier version of a message, as far as Slack tells. */
const PREVIOUS = WIRE_MESSAGE.partial()
export type Previous = z.infer<typeof PREVIOUS>

const IN_CHANNEL = { channel: id, channel_type: z.string().optional() }
export const MESSAGE_EVENT = z.object({ ...MESSAGE_PARTS, ...IN_CHANNEL })
export const CHANGED_EVENT = z.object({
  ...IN_CHANNEL,
  message: WIRE_MESSAGE,
  previous_message: PREVIOUS.optional(),
})
export const DELETED_EVENT = z.object({
  ...IN_CHANNEL,
  deleted_ts: ts,
  previous_message: PREVIOUS.optional(),
})
export const HOME_OPENED_EVENT = z.object({ user: id, tab: z.string().optional(), event_ts: ts.optional() })
export const USER_CHANGE_EVENT = z.object({ user: z.object({ id }), event_ts: ts.optional() })

const WHO = {
  team: z.object({ id }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
  trigger_id: z.string().optional(),
}
const OPTION = z.object({ value: z.string() })

export const BLOCK_ACTIONS = z.object({
  ...WHO,
  type: z.literal('block_actions'),
  response_url: z.string().optional(),
  container: z
    .object({
      is_ephemeral: z.boolean().optional(),
      message_ts: ts.optional(),
      channel_id: id.optional(),
      thread_ts: ts.optional(),
    })
    .optional(),
  channel: z.object({ id }).optional(),
  message: z.object({ ts, thread_ts: ts.optional() }).optional(),
  view: z.object({ id, type: z.string().optional(), private_metadata: z.string().optional() }).optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: ts,
        type: z.string(),
        value: z.string().nullish(),
        selected_option: OPTION.nullish(),
      }),
    )
    .min(1),
})
export type BlockActions = z.infer<typeof BLOCK_ACTIONS>

const STATE_VALUE = z.object({
  value: z.string().nullish(),
  selected_option: OPTION.nullish(),
  files: z.array(FILE).nullish(),
})
export const VIEW_SUBMISSION = z.object({
  ...WHO,
  type: z.literal('view_submission'),
  view: z.object({
    id,
    hash: z.string(),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), STATE_VALUE)) }),
  }),
})
export type ViewSubmission = z.infer<typeof VIEW_SUBMISSION>

export const COMMAND = z.object({
  command: z.string(),
  user_id: id,
  channel_id: id,
  response_url: z.string().optional(),
})
export const SHORTCUT = z.object({
  type: z.enum(['shortcut', 'message_action']),
  user: z.object({ id }),
  channel: z.object({ id }).optional(),
})
