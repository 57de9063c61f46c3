import type { Fields } from './fields.js'
import { addMessage, changeMessage, removeMessage } from './messages.js'
import { botMessage, intoThread, showTo } from './methods/chat.js'
import { contentOf } from './methods/content.js'
import { toArgs } from './methods/method.js'
import type { ResponseTarget } from './response-urls.js'
import { SlackError } from './slack-error.js'
import { channelOf, findMessage } from './store.js'
import type { Workspace } from './workspace.js'

/** A post to a response_url. Returns the HTTP status and body of the answer. */
export function respond(
  ws: Workspace,
  secret: string,
  raw: Fields | undefined,
): { status: number; body: unknown } {
  if (!raw) return { status: 400, body: 'invalid_payload' }
  const used = ws.responseUrls.use(secret)
  if ('refused' in used) return { status: 404, body: { ok: false, error: used.refused } }
  try {
    say(ws, used.target, raw)
    return { status: 200, body: 'ok' }
  } catch (error) {
    if (error instanceof SlackError)
      return { status: 400, body: { ok: false, error: error.code, ...error.extra } }
    throw error
  }
}

/** What an app says about a gesture: through its response_url, or in the answer to a slash command. */
export function say(ws: Workspace, target: ResponseTarget, raw: Fields): void {
  const args = toArgs(raw)
  if (args.flag('delete_original')) {
    removeOriginal(ws, target)
    return
  }
  const content = contentOf(args)
  // Only a message that was itself the origin can be replaced, and only when asked to.
  if (args.flag('replace_original') && target.messageTs !== undefined) {
    replaceOriginal(ws, target, content)
    return
  }
  const channel = channelOf(ws.state, target.channel)
  const message = botMessage(ws, content)
  intoThread(ws, channel, message, args.text('thread_ts') ?? target.threadTs)
  if (args.text('response_type') === 'in_channel') addMessage(ws, channel, message)
  else showTo(ws, channel, target.userId, message)
}

function originalEphemeral(ws: Workspace, target: ResponseTarget): number {
  return ws.state.ephemerals.findIndex(
    (each) =>
      each.channel === target.channel && each.ts === target.messageTs && each.onlyFor === target.userId,
  )
}

function removeOriginal(ws: Workspace, target: ResponseTarget): void {
  if (target.isEphemeral) {
    const at = originalEphemeral(ws, target)
    const [gone] = at < 0 ? [] : ws.state.ephemerals.splice(at, 1)
    if (!gone) throw new SlackError('message_not_found')
    ws.store.changed({
      kind: 'ephemeral_deleted',
      channel: gone.channel,
      ts: gone.ts,
      userId: gone.onlyFor,
      by: 'bot',
    })
    return
  }
  const message = findMessage(ws.state, target.channel, target.messageTs ?? '')
  if (message?.bot_id !== ws.state.bot.botId) throw new SlackError('message_not_found')
  removeMessage(ws, channelOf(ws.state, target.channel), message)
}

function replaceOriginal(ws: Workspace, target: ResponseTarget, content: ReturnType<typeof contentOf>): void {
  const fresh = { text: content.text, ...(content.blocks?.length ? { blocks: content.blocks } : {}) }
  if (target.isEphemeral) {
    const kept = ws.state.ephemerals[originalEphemeral(ws, target)]
    if (!kept) throw new SlackError('message_not_found')
    delete kept.blocks
    Object.assign(kept, fresh)
    ws.store.changed({
      kind: 'ephemeral_updated',
      channel: kept.channel,
      ts: kept.ts,
      userId: kept.onlyFor,
      by: 'bot',
    })
    return
  }
  const message = findMessage(ws.state, target.channel, target.messageTs ?? '')
  if (message?.bot_id !== ws.state.bot.botId) throw new SlackError('message_not_found')
  changeMessage(ws, channelOf(ws.state, target.channel), message, (kept) => {
    delete kept.blocks
    Object.assign(kept, fresh)
  })
}
