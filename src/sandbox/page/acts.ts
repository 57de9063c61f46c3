import type { GestureResult, InputValue } from '../slack/types.js'
import { api, type GivenFile, type Values } from './api.js'
import { refresh } from './live.js'
import { setWaiting } from './store.js'

/** Where an element stands: a message in a channel, or a view. */
export type Place = { channel: string; messageTs: string } | { viewId: string }

/** The name under which an element's state is kept and by which the story points at it. */
export function elementKey(userId: string, place: Place, blockId: string, actionId: string): string {
  const where = 'viewId' in place ? place.viewId : `${place.channel}:${place.messageTs}`
  return [userId, where, blockId, actionId].join(' ')
}

const LOST: GestureResult = { ok: false, error: 'connection_lost' }

async function gesture(name: string, given: Record<string, unknown>): Promise<GestureResult> {
  const result = await api.gesture(name, given).catch(() => LOST)
  refresh()
  return result
}

/** What the people on the page can do; each resolves to how the messenger took it, and none rejects. */
export const acts = {
  post: (userId: string, channel: string, given: { text: string; threadTs?: string; files?: GivenFile[] }) =>
    gesture('postMessage', {
      userId,
      channel,
      text: given.text,
      ...(given.threadTs === undefined ? {} : { threadTs: given.threadTs }),
      ...(given.files?.length ? { files: given.files } : {}),
    }),
  edit: (userId: string, channel: string, ts: string, text: string) =>
    gesture('editMessage', { userId, channel, ts, text }),
  remove: (userId: string, channel: string, ts: string) => gesture('deleteMessage', { userId, channel, ts }),
  markRead: (userId: string, channel: string) => gesture('markRead', { userId, channel }),
  closeView: (userId: string, viewId: string) => gesture('closeView', { userId, viewId }),
  submitView: (userId: string, viewId: string, values: Values) =>
    gesture('submitView', { userId, viewId, values }),
  suggest: (userId: string, place: Place, blockId: string, actionId: string, query: string) =>
    gesture('suggest', { userId, ...place, blockId, actionId, query }),
  async click(userId: string, place: Place, blockId: string, actionId: string, value?: InputValue) {
    const key = elementKey(userId, place, blockId, actionId)
    setWaiting(key, 'busy')
    const result = await gesture('click', {
      userId,
      ...place,
      blockId,
      actionId,
      ...(value === undefined ? {} : { value }),
    })
    setWaiting(key, result.ok ? undefined : 'failed')
    return result
  },
} as const
