import type { TeamsEmulator } from '../../../src/sandbox/teams/emulator.js'
import type { TeamsMessage } from '../../../src/sandbox/teams/types.js'
import { accepted, type Client, type Fields, FOREVER_MS, objectsIn, type Seen, verbIn } from './client.js'

const CALLS = {
  post: ['sendToConversation', 'replyToActivity'],
  update: ['updateActivity'],
} as const
const CARD = 'application/vnd.microsoft.card.adaptive'

/** Teams as its people use it. */
export function teamsClient(emulator: TeamsEmulator): Client {
  const { gestures, faults, state } = emulator
  const messagesIn = (place: string) => state.messages[place] ?? []

  /** The button of a verb, by its title; for a drop-down, its button and what is chosen in it. */
  function controlOf(on: { userId: string; place: string; messageId: string }, verb: string) {
    const message = messagesIn(on.place).find((one) => one.messageId === on.messageId)
    const key = `${on.userId} ${on.place} ${on.messageId}`
    const own = state.personalCards[key]
    const card = own && own.revision === message?.revision ? own.card : cardOf(message)
    const actions = objectsIn(card).filter((one) => String(one.type).startsWith('Action.'))
    const button = actions.find((one) => verbIn((one.data as Fields | undefined)?.a) === verb)
    if (button) return { action: String(button.title) }
    for (const menu of objectsIn(card).filter((one) => one.type === 'Input.ChoiceSet')) {
      const choice = objectsIn(menu.choices).find((one) => verbIn(one.value) === verb)
      const send = actions.find((one) => (one.data as Fields | undefined)?.menu === menu.id)
      if (choice && send)
        return { action: String(send.title), values: { [String(menu.id)]: String(choice.value) } }
    }
    throw new Error(`no ${verb} on ${on.messageId} in ${on.place}`)
  }

  return {
    platform: 'teams',
    direct: async (userId) =>
      accepted('openDirect', await gestures.openDirect({ userId })).conversation ?? '',
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
      accepted('deleteMessage', await gestures.deleteMessage({ userId, conversation: place, messageId }))
    },
    async press(on, verb, values) {
      const { userId, place: conversation, messageId } = on
      const clicked = await gestures.click({ userId, conversation, messageId, ...controlOf(on, verb) })
      accepted(verb, clicked)
      if (values === undefined) return
      const dialogId = clicked.dialogId ?? ''
      accepted(`submit ${verb}`, await gestures.submitDialog({ userId, dialogId, values: { ...values } }))
    },
    seen: (place) =>
      messagesIn(place)
        .filter((one) => !one.deleted)
        .map((one) => seenOf(one, emulator)),
    places: () => Object.keys(state.messages),
    told: (userId) => [state.toasts[userId]?.text, state.dialogs[userId]?.message].join(' '),
    weather: {
      twice: (which) => void faults.deliverTwice({ which, variant: 'later_timestamp' }),
      holdBack: () => faults.holdBack(),
      fail(call, mode, times) {
        const [first] = CALLS[call]
        for (const name of CALLS[call])
          faults.failNext({ call: name, mode, times: name === first ? 1 : times })
      },
      down: () => faults.down(FOREVER_MS),
      up: () => faults.down(0),
      clear: () => faults.clear(),
      cutPosts() {
        const cut: Record<string, number> = {}
        for (const { call, fault, conversation = '', messageId } of emulator.calls) {
          if (fault !== 'cut_after_accept' || messageId === undefined) continue
          if (!CALLS.post.some((name) => name === call)) continue
          cut[conversation] = (cut[conversation] ?? 0) + 1
        }
        return cut
      },
    },
    idle: () => emulator.idle(),
  }
}

function cardOf(message: TeamsMessage | undefined): unknown {
  return message?.attachments.find((one) => one.contentType === CARD)?.content
}

function seenOf(message: TeamsMessage, { state }: TeamsEmulator): Seen {
  const { messageId, thread, text, attachments, from, fileIds } = message
  const card = cardOf(message)
  return {
    messageId,
    ...(thread === undefined ? {} : { thread }),
    byBot: from === 'bot',
    words: `${text} ${JSON.stringify(attachments)}`,
    ...(card === undefined ? {} : { card }),
    files: fileIds.map((id) => state.files[id]?.name ?? id),
  }
}
