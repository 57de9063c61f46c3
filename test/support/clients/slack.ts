import type { SlackEmulator } from '../../../src/sandbox/slack/emulator.js'
import type { SlackMessage } from '../../../src/sandbox/slack/types.js'
import { until } from '../world.js'
import { accepted, type Client, FOREVER_MS, objectsIn, type Seen, verbIn } from './client.js'

const CALLS = { post: 'chat.postMessage', update: 'chat.update' } as const

/** Slack as its people use it. */
export function slackClient(emulator: SlackEmulator): Client {
  const { gestures, faults, state } = emulator
  const messageOf = (place: string, ts: string): SlackMessage | undefined =>
    state.messages[place]?.find((one) => one.ts === ts)

  /** The button of a verb, or the option of a menu. */
  function controlOf(place: string, ts: string, verb: string): { actionId: string; value?: string } {
    const elements = objectsIn(messageOf(place, ts)?.blocks).filter(
      (one) => typeof one.action_id === 'string',
    )
    for (const element of elements) {
      const actionId = String(element.action_id)
      if (verbIn(element.value) === verb) return { actionId }
      const option = objectsIn(element).find((one) => one !== element && verbIn(one.value) === verb)
      if (option) return { actionId, value: String(option.value) }
    }
    throw new Error(`no ${verb} on ${ts} in ${place}`)
  }

  return {
    platform: 'slack',
    direct: async (userId) => accepted('openDm', await gestures.openDm({ userId })).channel ?? '',
    async say({ userId, place, thread, files }, text) {
      const sent = await gestures.postMessage({
        userId,
        channel: place,
        text,
        ...(thread === undefined ? {} : { threadTs: thread }),
        ...(files === undefined ? {} : { files }),
      })
      return accepted('postMessage', sent).ts ?? ''
    },
    async edit({ userId, place, messageId }, text) {
      accepted('editMessage', await gestures.editMessage({ userId, channel: place, ts: messageId, text }))
    },
    async remove({ userId, place, messageId }) {
      accepted('deleteMessage', await gestures.deleteMessage({ userId, channel: place, ts: messageId }))
    },
    async press({ userId, place, messageId }, verb, values) {
      const before = state.modals[userId]?.length ?? 0
      const control = controlOf(place, messageId, verb)
      accepted(verb, await gestures.click({ userId, channel: place, messageTs: messageId, ...control }))
      if (values === undefined) return
      const viewId = await until('the modal is open', () => state.modals[userId]?.[before])
      const filled = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]))
      accepted(`submit ${verb}`, await gestures.submitView({ userId, viewId, values: filled }))
    },
    seen: (place) => (state.messages[place] ?? []).filter((one) => one.subtype !== 'tombstone').map(seenOf),
    places: () => Object.keys(state.messages),
    told: (userId) =>
      state.ephemerals
        .filter((one) => one.onlyFor === userId)
        .map((one) => `${one.text} ${JSON.stringify(one.blocks ?? [])}`)
        .join('\n'),
    weather: {
      twice: (which) => void faults.deliverTwice({ which, variant: 'other_event_id' }),
      holdBack: () => faults.holdBack(),
      fail: (call, mode, times) => faults.failNext(CALLS[call], { mode, times }),
      down: () => faults.down(FOREVER_MS),
      up: () => faults.down(0),
      clear: () => faults.clear(),
      // Slack finds its own posts again
      cutPosts: () => ({}),
    },
    idle: () => emulator.idle(),
  }
}

function seenOf(message: SlackMessage): Seen {
  const { ts, thread_ts: thread, text, blocks, username, files } = message
  return {
    messageId: ts,
    ...(thread === undefined || thread === ts ? {} : { thread }),
    byBot: message.bot_id !== undefined,
    words: `${username ?? ''} ${text} ${JSON.stringify(blocks ?? [])}`,
    ...(blocks === undefined ? {} : { card: blocks }),
    files: (files ?? []).map((file) => ('name' in file ? file.name : file.mode)),
  }
}
