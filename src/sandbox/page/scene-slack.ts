import type { Fields, SlackEphemeral, SlackMessage, SlackState } from '../slack/types.js'
import { object, objects, string } from './block-fields.js'
import { headOf, numberIn } from './card-words.js'
import type { LiveAction, Place, Post } from './post.js'

/** Everything that stands in Slack. */
export function slackPlaces(state: SlackState): Place[] {
  return Object.values(state.channels).map((channel): Place => {
    const owner = channel.members.find((id) => id !== state.bot.userId)
    const posts = [
      ...(state.messages[channel.id] ?? []),
      ...state.ephemerals.filter((each) => each.channel === channel.id),
    ].toSorted((a, b) => (a.ts < b.ts ? -1 : 1))
    return {
      platform: 'slack',
      id: channel.id,
      name: channel.name,
      kind: channel.kind === 'im' ? 'direct' : 'channel',
      ...(channel.kind === 'im' && owner !== undefined ? { owner } : {}),
      posts: posts.map((message) => postOf(message, channel.id)),
    }
  })
}

function postOf(message: SlackMessage | SlackEphemeral, channel: string): Post {
  const blocks = blocksOf(message)
  const heading = blocks.find((block) => block.type === 'header')
  const number = message.bot_id ? numberIn(string(object(heading?.text)?.text)) : undefined
  const mark = string(object(message.metadata?.event_payload)?.id)
  return {
    id: message.ts,
    ...(message.thread_ts === undefined || message.thread_ts === message.ts
      ? {}
      : { root: message.thread_ts }),
    atMs: Number(message.ts) * 1000,
    by: message.user ?? '',
    bot: message.bot_id !== undefined,
    words: JSON.stringify([message.text, message.blocks, message.attachments]),
    shown: JSON.stringify(blocks.filter((block) => block.type !== 'actions')),
    head: message.username ?? headOf(message.text),
    ...(number === undefined ? {} : { number }),
    actions: actionsOf(message, channel),
    ...(mark === undefined ? {} : { mark }),
    ...('onlyFor' in message ? { onlyFor: message.onlyFor } : {}),
  }
}

/** Every block of a message, those of its attachments included. */
function blocksOf(message: Pick<SlackMessage, 'blocks' | 'attachments'>): Fields[] {
  return [...(message.blocks ?? []), ...objects(message.attachments).flatMap((each) => objects(each.blocks))]
}

function actionsOf(message: SlackMessage, channel: string): LiveAction[] {
  return blocksOf(message).flatMap((block) =>
    [...objects(block.elements), ...objects(block.accessory ? [block.accessory] : [])].flatMap(
      (element): LiveAction[] => {
        const blockId = string(block.block_id) ?? ''
        const actionId = string(element.action_id) ?? ''
        if (actionId === '') return []
        const action = {
          on: 'slack',
          spot: `${channel}:${message.ts} ${blockId} ${actionId}`,
          blockId,
          actionId,
        } as const
        const options = objects(element.options)
        if (options.length === 0) {
          return [{ ...action, verb: verbOf(actionId, string(element.value)), isMenu: false }]
        }
        return options.map((option) => {
          const value = string(option.value) ?? ''
          return { ...action, verb: verbOf('', value), value, isMenu: true }
        })
      },
    ),
  )
}

/** The verb of an action: what its id begins with, or what its value says. */
function verbOf(actionId: string, value: string | undefined): string {
  const fromId = /^(?:paidan[.:_-])?([a-z_]+)/.exec(actionId)?.[1]
  const fromValue =
    value === undefined ? undefined : (/"verb":"([a-z_]+)"/.exec(value)?.[1] ?? /^([a-z_]+)/.exec(value)?.[1])
  return fromId ?? fromValue ?? ''
}
