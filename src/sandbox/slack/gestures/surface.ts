import type { Fields } from '../fields.js'
import { chosenValue, elementsOf, type Placed, valuesOf } from '../inputs.js'
import { channelHead } from '../interactions-out.js'
import { SlackError } from '../slack-error.js'
import { channelOf, findMessage, isMember, own } from '../store.js'
import type {
  InputValue,
  SlackChannel,
  SlackEphemeral,
  SlackMessage,
  SlackView,
  StateValues,
  Ts,
} from '../types.js'
import { messageObject, viewObject } from '../wire.js'
import type { Workspace } from '../workspace.js'

/** Where a gesture happens: a message in a channel, or a view. */
export type Place = { channel?: string; messageTs?: Ts; viewId?: string }

/** What a person is looking at, with what they have chosen in it. */
export type Surface = {
  blocks: Fields[]
  values: StateValues
  viewId?: string
  channel?: SlackChannel
  message?: SlackMessage
  isEphemeral: boolean
  /** fields of the payload that say where it is */
  head(): Fields
  keep(values: StateValues): void
}

/** Finds the surface; the person must be able to see it. Throws `view_not_found`, `message_not_found`, `not_in_channel`. */
export function surfaceOf(ws: Workspace, userId: string, place: Place): Surface {
  if (place.viewId !== undefined) return viewSurface(ws, ownView(ws, userId, place.viewId))
  const channel = channelOf(ws.state, place.channel ?? '')
  if (!isMember(channel, userId)) throw new SlackError('not_in_channel')
  const ts = place.messageTs ?? ''
  const ephemeral = ws.state.ephemerals.find(
    (each) => each.channel === channel.id && each.ts === ts && each.onlyFor === userId,
  )
  const message = ephemeral ?? findMessage(ws.state, channel.id, ts)
  if (!message) throw new SlackError('message_not_found')
  return messageSurface(ws, userId, channel, message, ephemeral)
}

/** The view, if that person has it open. */
export function ownView(ws: Workspace, userId: string, viewId: string): SlackView {
  const view = own(ws.state.views, viewId)
  if (view?.userId !== userId) throw new SlackError('view_not_found')
  return view
}

function viewSurface(ws: Workspace, view: SlackView): Surface {
  return {
    blocks: view.blocks,
    values: view.state.values,
    viewId: view.id,
    isEphemeral: false,
    head: () => ({ container: { type: 'view', view_id: view.id }, view: viewObject(view) }),
    keep(values) {
      view.state.values = values
      ws.store.changed({ kind: 'input', viewId: view.id, userId: view.userId })
    },
  }
}

function messageSurface(
  ws: Workspace,
  userId: string,
  channel: SlackChannel,
  message: SlackMessage,
  ephemeral: SlackEphemeral | undefined,
): Surface {
  const key = `${userId} ${channel.id} ${message.ts}`
  const blocks = message.blocks ?? []
  const values = valuesOf(blocks, ws.state.messageInputs[key] ?? {})
  const isEphemeral = ephemeral !== undefined
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }
  const container = {
    type: 'message',
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: isEphemeral,
    ...thread,
  }
  return {
    blocks,
    values,
    channel,
    message,
    isEphemeral,
    // An ephemeral message is not repeated in the payload.
    head: () => ({
      container,
      channel: channelHead(channel),
      ...(isEphemeral ? {} : { message: messageObject(message, true) }),
    }),
    keep(chosen) {
      ws.state.messageInputs[key] = chosen
      ws.store.changed({ kind: 'input', channel: channel.id, ts: message.ts, userId })
    },
  }
}

/** The element that is meant. Throws `no_such_element`. */
export function elementOf(surface: Surface, actionId: string, blockId: string | undefined): Placed {
  const found = elementsOf(surface.blocks).find(
    (each) => each.actionId === actionId && (blockId === undefined || each.blockId === blockId),
  )
  if (!found) throw new SlackError('no_such_element')
  return found
}

/** The values with one of them set. */
export function withValue(
  ws: Workspace,
  userId: string,
  values: StateValues,
  { blockId, actionId, element }: Placed,
  value: InputValue,
): StateValues {
  const chosen = chosenValue(
    element,
    value,
    ws.suggested.get(suggestionKey(userId, blockId, actionId)),
    ws.state,
  )
  if (!chosen) return values
  return { ...values, [blockId]: { ...values[blockId], [actionId]: chosen } }
}

/** Under which an external menu's last options are kept. */
export function suggestionKey(userId: string, blockId: string, actionId: string): string {
  return `${userId} ${blockId} ${actionId}`
}
