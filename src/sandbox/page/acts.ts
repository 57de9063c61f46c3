import type { Platform } from '../platforms.js'
import type { GestureResult, InputValue } from '../slack/types.js'
import { api, type GivenFile, type Values } from './api.js'
import { refresh } from './live.js'
import { setWaiting } from './store.js'

/** Where an element of Slack stands: a message in a channel, or a view. */
export type Place = { channel: string; messageTs: string } | { viewId: string }
/** Whose client it is. */
export type Account = { platform: Platform; userId: string }

/** The name under which an element's state is kept and by which the story points at it. */
export function elementKey(userId: string, place: Place, blockId: string, actionId: string): string {
  const where = 'viewId' in place ? place.viewId : `${place.channel}:${place.messageTs}`
  return [userId, where, blockId, actionId].join(' ')
}

const LOST: GestureResult = { ok: false, error: 'connection_lost' }
/** How somebody names the bot in what they write in a channel. */
const BOT_NAMED = /^\s*@(Paidan|派单)\s*/i

async function gesture(
  platform: Platform,
  name: string,
  given: Record<string, unknown>,
): Promise<GestureResult> {
  const result = await api.gesture(platform, name, given).catch(() => LOST)
  refresh()
  return result
}

async function waited(key: string, run: () => Promise<GestureResult>): Promise<GestureResult> {
  setWaiting(key, 'busy')
  const result = await run()
  setWaiting(key, result.ok ? undefined : 'failed')
  return result
}

type Written = { text: string; root?: string; files?: GivenFile[] }
type Pressed = {
  conversation: string
  messageId: string
  action: number | string
  values?: Record<string, unknown>
}
type Consent = { conversation: string; messageId: string; accept: boolean }

/** What the people on the page can do; each resolves to how the messenger took it, and none rejects. */
export const acts = {
  post({ platform, userId }: Account, conversation: string, { text, root, files = [] }: Written) {
    if (platform === 'slack') {
      return gesture(platform, 'postMessage', {
        userId,
        channel: conversation,
        text,
        ...(root === undefined ? {} : { threadTs: root }),
        ...(files.length > 0 ? { files } : {}),
      })
    }
    const named = BOT_NAMED.test(text)
    return gesture(platform, 'postMessage', {
      userId,
      conversation,
      text: named ? text.replace(BOT_NAMED, '') : text,
      ...(named ? { mentionBot: true } : {}),
      ...(root === undefined ? {} : { thread: root }),
      ...(files.length > 0
        ? { files: files.map((file) => ({ mimetype: 'application/octet-stream', ...file })) }
        : {}),
    })
  },
  edit: ({ platform, userId }: Account, conversation: string, id: string, text: string) =>
    gesture(platform, 'editMessage', { userId, ...messageNamed(platform, conversation, id), text }),
  remove: ({ platform, userId }: Account, conversation: string, id: string) =>
    gesture(platform, 'deleteMessage', { userId, ...messageNamed(platform, conversation, id) }),
  markRead: ({ platform, userId }: Account, conversation: string) =>
    gesture(
      platform,
      'markRead',
      platform === 'slack' ? { userId, channel: conversation } : { userId, conversation },
    ),
  /** A button of a card of Teams or Feishu. */
  press: ({ platform, userId }: Account, spot: string, pressed: Pressed) =>
    waited(`${userId} ${spot}`, () => gesture(platform, 'click', { userId, ...pressed })),
  /** Teams: takes a file that the app offers, or does not. */
  answerFile: (userId: string, spot: string, given: Consent) =>
    waited(`${userId} ${spot}`, () => gesture('teams', 'answerFileConsent', { userId, ...given })),
  submitDialog: (
    userId: string,
    dialogId: string,
    values: Record<string, unknown>,
    action?: number | string,
  ) =>
    gesture('teams', 'submitDialog', {
      userId,
      dialogId,
      values,
      ...(action === undefined ? {} : { action }),
    }),
  closeDialog: (userId: string, dialogId: string) => gesture('teams', 'closeDialog', { userId, dialogId }),
  menu: (userId: string, eventKey: string) => gesture('feishu', 'menu', { userId, eventKey }),
  openHome: (userId: string) => gesture('slack', 'openHome', { userId }),
  closeView: (userId: string, viewId: string) => gesture('slack', 'closeView', { userId, viewId }),
  submitView: (userId: string, viewId: string, values: Values) =>
    gesture('slack', 'submitView', { userId, viewId, values }),
  suggest: (userId: string, place: Place, blockId: string, actionId: string, query: string) =>
    gesture('slack', 'suggest', { userId, ...place, blockId, actionId, query }),
  click: (userId: string, place: Place, blockId: string, actionId: string, value?: InputValue) =>
    waited(elementKey(userId, place, blockId, actionId), () =>
      gesture('slack', 'click', {
        userId,
        ...place,
        blockId,
        actionId,
        ...(value === undefined ? {} : { value }),
      }),
    ),
} as const

function messageNamed(platform: Platform, conversation: string, id: string): Record<string, string> {
  return platform === 'slack' ? { channel: conversation, ts: id } : { conversation, messageId: id }
}
