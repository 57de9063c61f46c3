import type { FeishuEmulator } from '../../../src/sandbox/feishu/emulator.js'
import type { FeishuMessage } from '../../../src/sandbox/feishu/types.js'
import { until } from '../world.js'
import { accepted, type Client, type Fields, FOREVER_MS, objectsIn, type Seen, verbIn } from './client.js'

const CALLS = {
  post: ['im.v1.message.create', 'im.v1.message.reply'],
  update: ['im.v1.message.patch', 'im.v1.message.update'],
} as const

/** Feishu as its people use it. A form is a card in the chat with the bot. */
export function feishuClient(emulator: FeishuEmulator): Client {
  const { gestures, faults, state } = emulator
  const messagesIn = (place: string) => state.messages[place] ?? []
  const direct = async (userId: string) =>
    accepted('openDirect', await gestures.openDirect({ userId })).conversation ?? ''

  /** The button of a verb; for a menu, what the client sends when that option is chosen. */
  function controlOf(place: string, messageId: string, verb: string): { action: number; forge?: Fields } {
    const message = messagesIn(place).find((one) => one.messageId === messageId)
    const parts = objectsIn(cardOf(message))
    const buttons = parts.filter((one) => one.tag === 'button')
    const at = buttons.findIndex((one) => verbIn(callbackOf(one).a) === verb)
    if (at >= 0) return { action: at }
    for (const menu of parts.filter((one) => one.tag === 'select_static')) {
      const option = objectsIn(menu.options).find((one) => verbIn(one.value) === verb)
      // the emulator finds buttons by number only, and our menus bear no name
      if (option) {
        const forge = { tag: 'select_static', value: callbackOf(menu), option: option.value }
        return { action: 0, forge }
      }
    }
    throw new Error(`no ${verb} on ${messageId} in ${place}`)
  }

  return {
    platform: 'feishu',
    direct,
    async say({ userId, place, thread, files }, text) {
      const sent = await gestures.postMessage({
        userId,
        conversation: place,
        text,
        ...(thread === undefined ? {} : { thread }),
        ...(files === undefined ? {} : { files }),
      })
      return accepted('postMessage', sent).messageId ?? ''
    },
    async edit({ userId, place, messageId }, text) {
      const given = { userId, conversation: place, messageId, text }
      accepted('editMessage', await gestures.editMessage(given))
    },
    async remove({ userId, place, messageId }) {
      accepted('recall', await gestures.deleteMessage({ userId, conversation: place, messageId }))
    },
    async press({ userId, place, messageId }, verb, values) {
      const own = await direct(userId)
      const isForm = (one: FeishuMessage) => !one.recalled && objectsIn(cardOf(one)).some(isFormElement)
      const before = new Set(
        messagesIn(own)
          .filter(isForm)
          .map((one) => one.messageId),
      )
      const control = controlOf(place, messageId, verb)
      accepted(verb, await gestures.click({ userId, conversation: place, messageId, ...control }))
      if (values === undefined) return
      const form = await until('the form has come', () =>
        messagesIn(own).find((one) => isForm(one) && !before.has(one.messageId)),
      )
      const on = { userId, conversation: own, messageId: form.messageId }
      accepted(`submit ${verb}`, await gestures.click({ ...on, action: 'submit', values: { ...values } }))
    },
    seen: (place) =>
      messagesIn(place)
        .filter((one) => !one.recalled)
        .map((one) => seenOf(one, emulator)),
    places: () => Object.keys(state.messages),
    told: (userId) => state.toasts[userId]?.content ?? '',
    weather: {
      twice: (which) => void faults.deliverTwice({ which, variant: 'other_event_id' }),
      holdBack: () => faults.holdBack(),
      fail(call, mode, times) {
        const [first] = CALLS[call]
        for (const name of CALLS[call])
          faults.failNext({ call: name, mode, times: name === first ? 1 : times })
      },
      down: () => faults.down(FOREVER_MS),
      up: () => faults.down(0),
      clear: () => faults.clear(),
      // a repeated `uuid` is answered with the message it made
      cutPosts: () => ({}),
    },
    idle: () => emulator.idle(),
  }
}

const isFormElement = (part: Fields): boolean => part.tag === 'form'

function cardOf(message: FeishuMessage | undefined): unknown {
  return message?.msgType === 'interactive' ? JSON.parse(message.content) : undefined
}

function callbackOf(element: Fields): Fields {
  const callback = objectsIn(element.behaviors).find((one) => one.type === 'callback')
  return (callback?.value ?? {}) as Fields
}

const KEYS = ['image_key', 'file_key'] as const

function seenOf(message: FeishuMessage, { state }: FeishuEmulator): Seen {
  const { messageId, rootId, content, sender } = message
  const card = cardOf(message)
  const parts = message.msgType === 'merge_forward' ? [] : objectsIn(JSON.parse(content))
  const keys = parts.flatMap((part) => KEYS.flatMap((key) => part[key] ?? []))
  return {
    messageId,
    ...(rootId === undefined ? {} : { thread: rootId }),
    byBot: sender.type === 'app',
    words: content,
    ...(card === undefined ? {} : { card }),
    files: keys.map((key) => state.files[String(key)]?.name ?? String(key)),
  }
}
