import { optionListProblems } from '../block-kit.js'
import { VERIFICATION_TOKEN } from '../events-out.js'
import { fieldsIn, isFields } from '../fields.js'
import {
  channelHead,
  newResponseUrl,
  outcome,
  payloadHead,
  sendInteraction,
  sendPayload,
} from '../interactions-out.js'
import { say } from '../respond.js'
import { SlackError } from '../slack-error.js'
import { channelOf, findMessage, isMember, userOf } from '../store.js'
import type { GestureResult, Ts } from '../types.js'
import { messageObject } from '../wire.js'
import type { Workspace } from '../workspace.js'
import { elementOf, type Place, suggestionKey, surfaceOf } from './surface.js'

export type SlashCommand = { userId: string; channel: string; command: string; text?: string }

/** A person types a slash command; what the app answers is shown as Slack would. */
export async function slashCommand(ws: Workspace, given: SlashCommand): Promise<GestureResult> {
  const { team, bot } = ws.state
  const user = userOf(ws.state, given.userId)
  const channel = channelOf(ws.state, given.channel)
  if (!isMember(channel, user.id)) throw new SlackError('not_in_channel')
  const target = { userId: user.id, channel: channel.id, isEphemeral: false }
  const triggerId = ws.triggers.issue({ userId: user.id })
  const answer = await sendInteraction(ws, 'command', given.command, {
    token: VERIFICATION_TOKEN,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channelHead(channel).name,
    user_id: user.id,
    user_name: user.name,
    command: given.command,
    text: given.text ?? '',
    api_app_id: bot.appId,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(ws, target),
    trigger_id: triggerId,
  })
  if (!answer.ok) {
    ws.store.changed({
      kind: 'gesture_failed',
      userId: user.id,
      channel: channel.id,
      detail: answer.error ?? '',
    })
    return { ...outcome(answer), triggerId }
  }
  const said = typeof answer.body === 'string' ? { text: answer.body } : answer.body
  if (isFields(said) && (said.text || said.blocks)) say(ws, target, said)
  return { ...outcome(answer), triggerId }
}

/** A person picks a shortcut in a message's menu: `message_action`. */
export async function messageShortcut(
  ws: Workspace,
  given: { userId: string; channel: string; messageTs: Ts; callbackId: string },
): Promise<GestureResult> {
  const channel = channelOf(ws.state, given.channel)
  if (!isMember(channel, given.userId)) throw new SlackError('not_in_channel')
  const message = findMessage(ws.state, channel.id, given.messageTs)
  if (!message) throw new SlackError('message_not_found')
  const triggerId = ws.triggers.issue({ userId: given.userId })
  const target = { userId: given.userId, channel: channel.id, messageTs: message.ts, isEphemeral: false }
  const payload = {
    type: 'message_action',
    ...payloadHead(ws, given.userId),
    action_ts: ws.store.mintTs(),
    channel: channelHead(channel),
    callback_id: given.callbackId,
    trigger_id: triggerId,
    response_url: newResponseUrl(ws, target),
    message_ts: message.ts,
    message: messageObject(message, false),
  }
  return { ...outcome(await sendPayload(ws, 'interaction', payload)), triggerId }
}

/** A person picks a shortcut from the search or the composer: `shortcut`. */
export async function globalShortcut(
  ws: Workspace,
  given: { userId: string; callbackId: string },
): Promise<GestureResult> {
  const triggerId = ws.triggers.issue({ userId: given.userId })
  const payload = {
    type: 'shortcut',
    ...payloadHead(ws, given.userId),
    action_ts: ws.store.mintTs(),
    callback_id: given.callbackId,
    trigger_id: triggerId,
  }
  return { ...outcome(await sendPayload(ws, 'interaction', payload)), triggerId }
}

export type Suggestion = Place & { userId: string; actionId: string; blockId?: string; query: string }

/** A person types into an external menu: `block_suggestion`; the answer's options may then be chosen. */
export async function suggest(ws: Workspace, given: Suggestion): Promise<GestureResult> {
  const surface = surfaceOf(ws, given.userId, given)
  const { blockId, actionId } = elementOf(surface, given.actionId, given.blockId)
  const answer = await sendPayload(ws, 'options', {
    type: 'block_suggestion',
    ...payloadHead(ws, given.userId),
    ...surface.head(),
    action_id: actionId,
    block_id: blockId,
    value: given.query,
  })
  if (!answer.ok) return outcome(answer)
  if (!isFields(answer.body) || optionListProblems(answer.body).length > 0) {
    return { ...outcome(answer), ok: false, error: 'invalid_options' }
  }
  const options = fieldsIn(answer.body.options)
  const optionGroups = fieldsIn(answer.body.option_groups)
  const offered = [...options, ...optionGroups.flatMap((group) => fieldsIn(group.options))]
  ws.suggested.set(suggestionKey(given.userId, blockId, actionId), offered)
  return { ...outcome(answer), options, optionGroups }
}
