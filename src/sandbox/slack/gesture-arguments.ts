import { z } from 'zod'
import type { Gestures } from './gestures.js'
import type { GestureResult } from './types.js'

const userId = z.string().min(1)
const channel = z.string().min(1)
const ts = z.string().min(1)
const value = z.union([z.null(), z.string(), z.number(), z.array(z.string())])
const inChannel = z.strictObject({ userId, channel })
const place = {
  channel: channel.exactOptional(),
  messageTs: ts.exactOptional(),
  viewId: z.string().exactOptional(),
}
const blockId = z.string().exactOptional()

const typed = z.strictObject({
  userId,
  channel,
  text: z.string().exactOptional(),
  threadTs: ts.exactOptional(),
  broadcast: z.boolean().exactOptional(),
  files: z
    .array(
      z.strictObject({ name: z.string().min(1), mimetype: z.string().exactOptional(), base64: z.string() }),
    )
    .exactOptional(),
})
const edited = z.strictObject({ userId, channel, ts, text: z.string() })
const named = z.strictObject({ userId, channel, ts })
const clicked = z.strictObject({
  userId,
  ...place,
  actionId: z.string(),
  blockId,
  value: value.exactOptional(),
  forge: z.record(z.string(), z.unknown()).exactOptional(),
})
const submitted = z.strictObject({
  userId,
  viewId: z.string(),
  values: z.record(z.string(), z.record(z.string(), value)).exactOptional(),
})
const closed = z.strictObject({ userId, viewId: z.string(), all: z.boolean().exactOptional() })
const command = z.strictObject({
  userId,
  channel,
  command: z.string().startsWith('/'),
  text: z.string().exactOptional(),
})
const suggestion = z.strictObject({ userId, ...place, actionId: z.string(), blockId, query: z.string() })
const shortcut = z.strictObject({ userId, channel, messageTs: ts, callbackId: z.string() })
const home = z.strictObject({ userId, tab: z.enum(['home', 'messages']).exactOptional() })
const reaction = z.strictObject({
  userId,
  channel,
  ts,
  name: z.string().min(1),
  remove: z.boolean().exactOptional(),
})
const profile = z.strictObject({
  userId,
  locale: z.string().exactOptional(),
  tz: z.string().exactOptional(),
  realName: z.string().exactOptional(),
  email: z.string().exactOptional(),
  title: z.string().exactOptional(),
})

/** By name: reads the body and lets the gesture happen. Throws ZodError for a body that does not fit. */
export const GESTURES: {
  readonly [name in keyof Gestures]: (gestures: Gestures, body: unknown) => Promise<GestureResult>
} & {
  readonly [name: string]: (gestures: Gestures, body: unknown) => Promise<GestureResult>
} = {
  postMessage: (on, body) => on.postMessage(typed.parse(body)),
  editMessage: (on, body) => on.editMessage(edited.parse(body)),
  deleteMessage: (on, body) => on.deleteMessage(named.parse(body)),
  openDm: (on, body) => on.openDm(z.strictObject({ userId }).parse(body)),
  click: (on, body) => on.click(clicked.parse(body)),
  submitView: (on, body) => on.submitView(submitted.parse(body)),
  closeView: (on, body) => on.closeView(closed.parse(body)),
  slashCommand: (on, body) => on.slashCommand(command.parse(body)),
  suggest: (on, body) => on.suggest(suggestion.parse(body)),
  messageShortcut: (on, body) => on.messageShortcut(shortcut.parse(body)),
  globalShortcut: (on, body) =>
    on.globalShortcut(z.strictObject({ userId, callbackId: z.string() }).parse(body)),
  openHome: (on, body) => on.openHome(home.parse(body)),
  markRead: (on, body) => on.markRead(inChannel.extend({ ts: ts.exactOptional() }).parse(body)),
  react: (on, body) => on.react(reaction.parse(body)),
  joinChannel: (on, body) => on.joinChannel(inChannel.parse(body)),
  leaveChannel: (on, body) => on.leaveChannel(inChannel.parse(body)),
  inviteBot: (on, body) => on.inviteBot(inChannel.parse(body)),
  changeUser: (on, body) => on.changeUser(profile.parse(body)),
}
