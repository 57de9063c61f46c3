import type { InboundFile } from '../../delivery/messenger.js'
import type { InboundAction, InboundSubmit } from '../../intake/inbound.js'
import { decodeAction, decodeChoice, decodeFormState, type FormState } from './action-codec.js'
import { instantOf } from './instant-of.js'
import { parseFiles } from './parse-files.js'
import { LINK_ACTION } from './render/controls.js'
import {
  BLOCK_ACTIONS,
  type BlockActions,
  COMMAND,
  SHORTCUT,
  VIEW_SUBMISSION,
  type ViewSubmission,
} from './wire.js'

/** Where a person clicked: what is needed to answer them there. */
export interface Where {
  userId: string
  channel?: string
  thread?: string
  /** The modal they are in. */
  viewId?: string
  /** Set on the Home tab: what they are told opens over it, and what they did changes it. */
  home?: true
  /** Set when the clicked message is seen by them alone: the answer takes its place. */
  ephemeral?: true
  responseUrl?: string
  triggerId?: string
  /** The language of the form they are in. */
  locale?: string
}

export type ParsedAction =
  | { kind: 'action'; click: InboundAction; where: Where }
  /** A link was followed: nothing to do. */
  | { kind: 'link' }
  /** Garbage or forged; told so when it is known who clicked where. */
  | { kind: 'unsupported'; what: string; where?: Where }

export type ParsedSubmit =
  /** `inputs`: names of the form's fields, those with files included; errors can be shown at these. */
  | { kind: 'submit'; click: InboundSubmit; where: Where; inputs: string[] }
  | { kind: 'unsupported'; what: string; where?: Where }

/** What a click on a button or a menu's option means. */
export function parseAction(body: unknown): ParsedAction {
  const read = BLOCK_ACTIONS.safeParse(body)
  const element = read.data?.actions[0]
  if (!read.success || element === undefined) return { kind: 'unsupported', what: 'unreadable:block_actions' }
  const where = whereOf(read.data)
  if (element.action_id.startsWith(`${LINK_ACTION}:`)) return { kind: 'link' }
  const tenant = read.data.team?.id ?? read.data.user.team_id
  if (tenant === undefined) return { kind: 'unsupported', what: 'no_tenant', where }
  const chosen = element.selected_option?.value
  const action = chosen == null ? decodeAction(element.value) : decodeChoice(element.action_id, chosen)
  if (action === undefined) return { kind: 'unsupported', what: 'forged_value', where }
  const userId = read.data.user.id
  const on = messageOf(read.data)
  return {
    kind: 'action',
    where,
    click: {
      kind: 'action',
      platform: 'slack',
      tenant,
      userId,
      at: instantOf(element.action_ts),
      key: `action:${tenant}:${userId}:${element.action_id}:${element.action_ts}`,
      action,
      ...(on === undefined ? {} : { on }),
    },
  }
}

/** What a submitted form means. `at`: when it arrived, since Slack does not say when it was sent. */
export function parseSubmit(body: unknown, at: Date): ParsedSubmit {
  const read = VIEW_SUBMISSION.safeParse(body)
  if (!read.success) return { kind: 'unsupported', what: 'unreadable:view_submission' }
  const { view, user, team } = read.data
  const state = decodeFormState(view.private_metadata)
  const where = whereOfSubmit(read.data, state)
  const tenant = team?.id ?? user.team_id
  if (state === undefined || tenant === undefined) return { kind: 'unsupported', what: 'forged_form', where }
  return {
    kind: 'submit',
    where,
    inputs: Object.keys(view.state.values),
    click: {
      kind: 'submit',
      platform: 'slack',
      tenant,
      userId: user.id,
      at,
      key: `submit:${view.id}:${view.hash}`,
      action: state.action,
      ...inputsOf(view.state.values),
    },
  }
}

function inputsOf(state: ViewSubmission['view']['state']['values']): Pick<InboundSubmit, 'values' | 'files'> {
  const values: Record<string, string> = {}
  const files: InboundFile[] = []
  for (const [name, inputs] of Object.entries(state)) {
    for (const { value, selected_option, files: sent } of Object.values(inputs)) {
      if (sent != null) files.push(...parseFiles(sent).files)
      else values[name] = selected_option?.value ?? value ?? ''
    }
  }
  return { values, files }
}

function whereOf({ user, container, channel, message, view, response_url, trigger_id }: BlockActions): Where {
  const form = view === undefined ? undefined : decodeFormState(view.private_metadata)
  const channelId = channel?.id ?? container?.channel_id ?? form?.origin?.channel
  const thread = message?.thread_ts ?? container?.thread_ts ?? form?.origin?.thread
  return {
    userId: user.id,
    ...(channelId === undefined ? {} : { channel: channelId }),
    ...(thread === undefined ? {} : { thread }),
    ...(view === undefined ? {} : view.type === 'home' ? { home: true } : { viewId: view.id }),
    ...(container?.is_ephemeral === true ? { ephemeral: true } : {}),
    ...(response_url === undefined || response_url === '' ? {} : { responseUrl: response_url }),
    ...(trigger_id === undefined ? {} : { triggerId: trigger_id }),
    ...(form === undefined ? {} : { locale: form.locale }),
  }
}

function whereOfSubmit({ user, view, trigger_id }: ViewSubmission, state: FormState | undefined): Where {
  return {
    userId: user.id,
    viewId: view.id,
    ...(trigger_id === undefined ? {} : { triggerId: trigger_id }),
    ...(state?.origin ?? {}),
    ...(state === undefined ? {} : { locale: state.locale }),
  }
}

function messageOf({ container, channel, message, view }: BlockActions): InboundAction['on'] {
  const conversation = channel?.id ?? container?.channel_id
  const messageId = message?.ts ?? container?.message_ts
  if (view !== undefined || conversation === undefined || messageId === undefined) return undefined
  const thread = message?.thread_ts ?? container?.thread_ts
  return { conversation, messageId, ...(thread === undefined || thread === messageId ? {} : { thread }) }
}

/** Who used a command or shortcut, and where. */
export function whereOfUnknown(body: unknown): Where | undefined {
  const command = COMMAND.safeParse(body)
  if (command.success) {
    const { user_id, channel_id, response_url } = command.data
    return {
      userId: user_id,
      channel: channel_id,
      ...(response_url === undefined ? {} : { responseUrl: response_url }),
    }
  }
  const shortcut = SHORTCUT.safeParse(body)
  if (!shortcut.success) return undefined
  const { user, channel } = shortcut.data
  return { userId: user.id, ...(channel === undefined ? {} : { channel: channel.id }) }
}
