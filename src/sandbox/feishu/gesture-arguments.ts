import { z } from 'zod'
import type { Gestures } from './gestures.js'
import type { GestureResult } from './types.js'

const id = z.string().min(1)
const inConversation = z.strictObject({ userId: id, conversation: id })
const onMessage = inConversation.extend({ messageId: id })
const thread = id.exactOptional()
const mentionBot = z.boolean().exactOptional()
const text = z.string().exactOptional()

const typed = inConversation.extend({
  text,
  thread,
  mentionBot,
  files: z
    .array(z.strictObject({ name: id, mimetype: z.string().exactOptional(), base64: z.string() }))
    .exactOptional(),
})
const rich = inConversation.extend({
  title: text,
  content: z.array(z.array(z.record(z.string(), z.unknown()))),
  thread,
  mentionBot,
})
const clicked = onMessage.extend({
  action: z.union([z.number().int().nonnegative(), z.string()]),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.boolean()])).exactOptional(),
  forge: z.record(z.string(), z.unknown()).exactOptional(),
})
const person = z.strictObject({
  userId: id,
  name: text,
  email: text,
  department: text,
  available: z.boolean().exactOptional(),
  resigned: z.boolean().exactOptional(),
})

type Run = (gestures: Gestures, body: unknown) => Promise<GestureResult>

/** By name: reads the body and lets the gesture happen. Throws ZodError for a body that does not fit. */
export const GESTURES: { readonly [name in keyof Gestures]: Run } & { readonly [name: string]: Run } = {
  postMessage: (on, body) => on.postMessage(typed.parse(body)),
  postRich: (on, body) => on.postRich(rich.parse(body)),
  sendSticker: (on, body) => on.sendSticker(inConversation.extend({ thread }).parse(body)),
  forwardMerged: (on, body) =>
    on.forwardMerged(inConversation.extend({ messageIds: z.array(id).min(1), thread }).parse(body)),
  editMessage: (on, body) => on.editMessage(onMessage.extend({ text: z.string() }).parse(body)),
  deleteMessage: (on, body) => on.deleteMessage(onMessage.parse(body)),
  openDirect: (on, body) => on.openDirect(z.strictObject({ userId: id }).parse(body)),
  click: (on, body) => on.click(clicked.parse(body)),
  markRead: (on, body) => on.markRead(inConversation.parse(body)),
  react: (on, body) =>
    on.react(onMessage.extend({ emoji: id, remove: z.boolean().exactOptional() }).parse(body)),
  menu: (on, body) => on.menu(z.strictObject({ userId: id, eventKey: id }).parse(body)),
  addBot: (on, body) => on.addBot(inConversation.parse(body)),
  removeBot: (on, body) => on.removeBot(inConversation.parse(body)),
  changeUser: (on, body) => on.changeUser(person.parse(body)),
}
