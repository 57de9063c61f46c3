import type { Fields } from '../fields.js'
import { optionsOf, type Placed } from '../inputs.js'
import { newResponseUrl, outcome, payloadHead, sendPayload } from '../interactions-out.js'
import { SlackError } from '../slack-error.js'
import type { GestureResult, InputValue } from '../types.js'
import type { Workspace } from '../workspace.js'
import { elementOf, type Place, type Surface, surfaceOf, withValue } from './surface.js'

export type Click = Place & {
  userId: string
  actionId: string
  blockId?: string
  /** what was chosen; a button needs none */
  value?: InputValue
  /**
   * Fields that replace those of the action, as a tampered or outdated client would send them; with it the element
   * need not exist any more.
   */
  forge?: Fields
}

/** A person uses a button, menu or other element: `block_actions`. */
export async function click(ws: Workspace, given: Click): Promise<GestureResult> {
  const surface = surfaceOf(ws, given.userId, given)
  const action = given.forge ? forged(ws, given, given.forge) : chosen(ws, surface, given)
  if (!action) return { ok: true }
  const triggerId = ws.triggers.issue({
    userId: given.userId,
    ...(surface.viewId === undefined ? {} : { viewId: surface.viewId }),
  })
  const payload = {
    type: 'block_actions',
    ...payloadHead(ws, given.userId),
    ...surface.head(),
    trigger_id: triggerId,
    ...(surface.channel
      ? { state: { values: surface.values }, response_url: responseUrl(ws, surface, given.userId) }
      : {}),
    actions: [action],
  }
  const answer = await sendPayload(ws, 'interaction', payload)
  if (!answer.ok) showFailure(ws, surface, given.userId, answer.error)
  return { ...outcome(answer), triggerId }
}

function responseUrl(ws: Workspace, surface: Surface, userId: string): string {
  const { message, channel } = surface
  return newResponseUrl(ws, {
    userId,
    channel: channel?.id ?? '',
    isEphemeral: surface.isEphemeral,
    ...(message ? { messageTs: message.ts } : {}),
    ...(message?.thread_ts === undefined ? {} : { threadTs: message.thread_ts }),
  })
}

function showFailure(ws: Workspace, surface: Surface, userId: string, error: string | undefined): void {
  const view = surface.viewId === undefined ? undefined : ws.state.views[surface.viewId]
  if (view) view.dispatchFailed = true
  ws.store.changed({
    kind: 'gesture_failed',
    userId,
    ...(surface.channel && surface.message ? { channel: surface.channel.id, ts: surface.message.ts } : {}),
    ...(surface.viewId === undefined ? {} : { viewId: surface.viewId }),
    detail: error ?? 'dispatch_failed',
  })
}

/** The action to send; undefined when the element only keeps its value until the form is submitted. */
function chosen(ws: Workspace, surface: Surface, given: Click): Fields | undefined {
  const placed = elementOf(surface, given.actionId, given.blockId)
  const value = given.value ?? null
  const values = withValue(ws, given.userId, surface.values, placed, value)
  if (values !== surface.values) {
    surface.values = values
    surface.keep(values)
  }
  if (placed.block.type === 'input' && placed.block.dispatch_action !== true) return undefined
  const held = values[placed.blockId]?.[placed.actionId]
  return { ...actionHead(ws, placed), ...(held ?? ownFields(placed.element, value)) }
}

function actionHead(ws: Workspace, { blockId, actionId, element }: Placed): Fields {
  return { type: element.type, action_id: actionId, block_id: blockId, action_ts: ws.store.mintTs() }
}

function ownFields(element: Fields, value: InputValue): Fields {
  if (element.type === 'overflow') {
    const option = optionsOf(element, undefined).find((each) => each.value === value)
    if (!option) throw new SlackError('no_such_option')
    return { selected_option: option }
  }
  const { text, value: sent, url, style } = element
  return Object.fromEntries(
    Object.entries({ text, value: sent, url, style }).filter(([, each]) => each !== undefined),
  )
}

function forged(ws: Workspace, given: Click, forge: Fields): Fields {
  const head = {
    type: 'button',
    action_id: given.actionId,
    block_id: given.blockId ?? 'forged',
    action_ts: ws.store.mintTs(),
  }
  return { ...head, text: { type: 'plain_text', text: '', emoji: true }, ...forge }
}
