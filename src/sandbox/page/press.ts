import { type Account, acts } from './acts.js'
import type { LiveAction, Post } from './scene.js'

/** Somebody presses what a message offers. */
export async function press(
  account: Account,
  conversation: string,
  post: Post,
  action: LiveAction,
): Promise<void> {
  if (action.on === 'slack') {
    const place = { channel: conversation, messageTs: post.id }
    await acts.click(account.userId, place, action.blockId, action.actionId, action.value)
    return
  }
  await acts.press(account, action.spot, { conversation, messageId: post.id, action: action.action })
}
