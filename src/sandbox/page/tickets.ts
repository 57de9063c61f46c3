import type { Fields, SlackMessage, SlackState } from '../slack/types.js'
import { object, objects, string } from './block-fields.js'

/** The heading of a ticket's card: its number first, maybe after a sign. What is told about a ticket begins otherwise. */
const CARD_HEADING = /^[^\p{L}\p{N}]*(20\d{2}(?:0[1-9]|1[0-2])\d{4,})\b/u

/** Every block of a message, those of its attachments included. */
export function blocksOf(message: Pick<SlackMessage, 'blocks' | 'attachments'>): Fields[] {
  return [...(message.blocks ?? []), ...objects(message.attachments).flatMap((each) => objects(each.blocks))]
}

/** The ticket that a message of the bot is the card of: its number stands in the heading. */
export function cardNumber(message: SlackMessage): string | undefined {
  if (!message.bot_id) return undefined
  for (const block of blocksOf(message)) {
    if (block.type !== 'header') continue
    const number = CARD_HEADING.exec(string(object(block.text)?.text) ?? '')?.[1]
    if (number) return number
  }
  return undefined
}

export type LiveAction = { blockId: string; actionId: string; verb: string; value?: string; isMenu: boolean }

/** What can be done with a message: its buttons, and each option of its menus, with the verb it carries. */
export function actionsOf(message: SlackMessage): LiveAction[] {
  return blocksOf(message).flatMap((block) =>
    [...objects(block.elements), ...objects(block.accessory ? [block.accessory] : [])].flatMap(
      (element): LiveAction[] => {
        const blockId = string(block.block_id) ?? ''
        const actionId = string(element.action_id) ?? ''
        if (actionId === '') return []
        const options = objects(element.options)
        if (options.length === 0) {
          return [{ blockId, actionId, verb: verbOf(actionId, string(element.value)), isMenu: false }]
        }
        return options.map((option) => {
          const value = string(option.value) ?? ''
          return { blockId, actionId, verb: verbOf('', value), value, isMenu: true }
        })
      },
    ),
  )
}

/** The verb of an action: what its id begins with, or what its value says. */
export function verbOf(actionId: string, value: string | undefined): string {
  const fromId = /^(?:paidan[.:_-])?([a-z_]+)/.exec(actionId)?.[1]
  const fromValue =
    value === undefined ? undefined : (/"verb":"([a-z_]+)"/.exec(value)?.[1] ?? /^([a-z_]+)/.exec(value)?.[1])
  return fromId ?? fromValue ?? ''
}

/** Everything said in one conversation. */
export function messagesIn(state: SlackState, channel: string): SlackMessage[] {
  return state.messages[channel] ?? []
}

/** A person's conversation with the bot. */
export function dmOf(state: SlackState, userId: string): string | undefined {
  return Object.values(state.channels).find((each) => each.kind === 'im' && each.members.includes(userId))?.id
}
