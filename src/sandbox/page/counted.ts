import type { SlackMessage, SlackState } from '../slack/types.js'
import { object, string } from './block-fields.js'
import { cardNumber } from './tickets.js'

/** How often a thing is there, and how often it should be. */
export type Count = { channel: string; n: number; ok: boolean }
export type Counted = {
  /** the newest ticket */
  number?: string
  /** how many tickets its opening message has opened */
  opened: { n: number; ok: boolean }
  /** cards of that ticket, by conversation: one each */
  cards: Count[]
  /** direct messages to the team's people about that ticket; `n` of them, ok while none came twice */
  told: Count[]
  tickets: number
  messages: number
  /** messages of the bot that another one repeats */
  doubles: number
}

/** Counts what stands in the messenger itself, which knows nothing of the program's own books. */
export function counted(state: SlackState): Counted {
  const all = Object.entries(state.messages).flatMap(([channel, messages]) =>
    messages.filter((message) => message.bot_id !== undefined).map((message) => ({ channel, message })),
  )
  const cards = all.flatMap(({ channel, message }) => {
    const number = cardNumber(message)
    return number === undefined ? [] : [{ channel, message, number }]
  })
  const number = cards
    .map((card) => card.number)
    .toSorted()
    .at(-1)
  const own = cards.filter((card) => card.number === number)
  const said = all.filter(
    ({ channel, message }) =>
      number !== undefined &&
      isDm(state, channel) &&
      !own.some((card) => card.channel === channel) &&
      JSON.stringify([message.text, message.blocks, message.attachments]).includes(number),
  )
  const opened = openedBy(own, cards)
  return {
    ...(number === undefined ? {} : { number }),
    opened: { n: opened, ok: opened === 1 },
    cards: perChannel(own, (n) => n === 1),
    told: perChannel(said, (_n, messages) => doublesIn(messages) === 0),
    tickets: new Set(cards.map((card) => card.number)).size,
    messages: all.length,
    doubles: [...group(all).values()].reduce((sum, messages) => sum + doublesIn(messages), 0),
  }
}

type Posted = { channel: string; message: SlackMessage }

function isDm(state: SlackState, channel: string): boolean {
  return state.channels[channel]?.kind === 'im'
}

/** How many different tickets have a card under the message that this one's card stands under. */
function openedBy(own: readonly Posted[], cards: readonly (Posted & { number: string })[]): number {
  const roots = new Set(own.filter(inThread).map(rootOf))
  if (roots.size === 0) return own.length > 0 ? 1 : 0
  return new Set(cards.filter((card) => inThread(card) && roots.has(rootOf(card))).map((card) => card.number))
    .size
}

function inThread({ message }: Posted): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts
}

function rootOf({ channel, message }: Posted): string {
  return `${channel} ${message.thread_ts ?? message.ts}`
}

function group(posted: readonly Posted[]): Map<string, SlackMessage[]> {
  const groups = new Map<string, SlackMessage[]>()
  for (const { channel, message } of posted) groups.set(channel, [...(groups.get(channel) ?? []), message])
  return groups
}

function perChannel(
  posted: readonly Posted[],
  ok: (n: number, messages: SlackMessage[]) => boolean,
): Count[] {
  return [...group(posted)].map(([channel, messages]) => ({
    channel,
    n: messages.length,
    ok: ok(messages.length, messages),
  }))
}

/** Messages that carry the same mark as another one, or, without a mark, are the same card in the same thread. */
function doublesIn(messages: readonly SlackMessage[]): number {
  const keys = messages.flatMap((message) => {
    const mark = string(object(message.metadata?.event_payload)?.id)
    const number = cardNumber(message)
    if (mark !== undefined) return [mark]
    return number === undefined ? [] : [`${number} ${message.thread_ts ?? ''}`]
  })
  return keys.length - new Set(keys).size
}
