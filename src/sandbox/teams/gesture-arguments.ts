import { z } from 'zod'
import type { Gestures } from './gestures.js'
import type { GestureResult } from './types.js'

const userId = z.string().min(1)
const conversation = z.string().min(1)
const messageId = z.string().min(1)
const onMessage = { userId, conversation, messageId }
const html = z.string().exactOptional()
const value = z.union([z.null(), z.string(), z.number(), z.boolean(), z.array(z.string())])
const values = z.record(z.string(), value).exactOptional()
const action = z.union([z.number().int().nonnegative(), z.string()])

const typed = z.strictObject({
  userId,
  conversation,
  text: z.string().exactOptional(),
  html,
  thread: z.string().exactOptional(),
  mentionBot: z.boolean().exactOptional(),
  files: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        mimetype: z.string().exactOptional(),
        base64: z.string(),
        inline: z.boolean().exactOptional(),
      }),
    )
    .exactOptional(),
})
const edited = z.strictObject({ ...onMessage, text: z.string(), html })
const named = z.strictObject(onMessage)
const reaction = z.strictObject({
  ...onMessage,
  type: z.string().min(1),
  remove: z.boolean().exactOptional(),
})
const clicked = z.strictObject({
  ...onMessage,
  action,
  values,
  forge: z.record(z.string(), z.unknown()).exactOptional(),
})
const dialog = z.strictObject({ userId, dialogId: z.string() })
const submitted = dialog.extend({ values, action: action.exactOptional() })
const read = z.strictObject({ userId, conversation, messageId: messageId.exactOptional() })
const installed = z.strictObject({ userId: userId.exactOptional(), teamId: z.string().exactOptional() })
const person = z.strictObject({ userId })
const membership = z.strictObject({ userId, teamId: z.string() })
const profile = z.strictObject({
  userId,
  locale: z.string().exactOptional(),
  zone: z.string().exactOptional(),
  name: z.string().exactOptional(),
  email: z.string().exactOptional(),
})

type Run = (gestures: Gestures, body: unknown) => Promise<GestureResult>

/** By name: reads the body and lets the gesture happen. Throws ZodError for a body that does not fit. */
export const GESTURES: { readonly [name in keyof Gestures]: Run } & { readonly [name: string]: Run } = {
  postMessage: (on, body) => on.postMessage(typed.parse(body)),
  editMessage: (on, body) => on.editMessage(edited.parse(body)),
  deleteMessage: (on, body) => on.deleteMessage(named.parse(body)),
  react: (on, body) => on.react(reaction.parse(body)),
  openDirect: (on, body) => on.openDirect(person.parse(body)),
  click: (on, body) => on.click(clicked.parse(body)),
  refreshCard: (on, body) => on.refreshCard(named.parse(body)),
  submitDialog: (on, body) => on.submitDialog(submitted.parse(body)),
  closeDialog: (on, body) => on.closeDialog(dialog.parse(body)),
  answerFileConsent: (on, body) => on.answerFileConsent(named.extend({ accept: z.boolean() }).parse(body)),
  markRead: (on, body) => on.markRead(read.parse(body)),
  install: (on, body) => on.install(installed.parse(body)),
  uninstall: (on, body) => on.uninstall(installed.parse(body)),
  block: (on, body) => on.block(person.parse(body)),
  unblock: (on, body) => on.unblock(person.parse(body)),
  joinTeam: (on, body) => on.joinTeam(membership.parse(body)),
  leaveTeam: (on, body) => on.leaveTeam(membership.parse(body)),
  changeUser: (on, body) => on.changeUser(profile.parse(body)),
}
