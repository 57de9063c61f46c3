import { addBotMessage, changeBotMessage, eraseMessage } from '../bot-messages.js'
import { splitConversationId } from '../ids.js'
import { checkSize, readSent } from '../sent-activity.js'
import { activityNotFound } from '../service-error.js'
import { findMessage } from '../store.js'
import type { Tenant } from '../tenant.js'
import { WRITE_WINDOWS } from '../throttle.js'
import type { TeamsConversation } from '../types.js'
import {
  botMessage,
  jsonOf,
  type Operation,
  type Request,
  type Response,
  throttled,
  writableConversation,
} from './operation.js'

function writing(request: Request): ReturnType<typeof writableConversation> {
  const { tenant, ids, body } = request
  const id = ids[0] ?? ''
  throttled(tenant, `write ${splitConversationId(id).base}`, WRITE_WINDOWS)
  checkSize(body.length)
  return writableConversation(tenant, id)
}

function say(
  request: Request,
  { conversation, root }: { conversation: TeamsConversation; root?: string },
): Response {
  const { tenant } = request
  const sent = readSent(tenant.state, conversation, jsonOf(request))
  if (sent.type === 'typing') {
    tenant.store.changed({ kind: 'typing', conversation: conversation.id, by: 'bot' })
    return { status: 201, body: {} }
  }
  const { messageId } = addBotMessage(tenant, conversation, root, sent)
  return { status: 201, body: { id: messageId }, conversation: conversation.id, messageId }
}

/**
 * The thread that a reply belongs to. In a personal chat the name of what is replied to is not looked at; in a channel
 * an invoke (`f:…`) and the conversation itself may stand there, as the SDK sends them.
 */
function threadOf(
  tenant: Tenant,
  { conversation, root }: { conversation: TeamsConversation; root?: string },
  replyToId: string,
): string | undefined {
  if (conversation.kind === 'direct') return undefined
  const target = findMessage(tenant.state, conversation.id, replyToId)
  if (target) return root ?? target.thread ?? target.messageId
  const isNoMessage = replyToId.startsWith('f:') || splitConversationId(replyToId).base === conversation.id
  if (!isNoMessage) throw activityNotFound()
  return root
}

export const activityOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: 'conversations/:/activities',
    call: 'sendToConversation',
    run: (request) => say(request, writing(request)),
  },
  {
    method: 'POST',
    path: 'conversations/:/activities/:',
    call: 'replyToActivity',
    run(request) {
      const open = writing(request)
      const root = threadOf(request.tenant, open, request.ids[1] ?? '')
      return say(request, { conversation: open.conversation, ...(root === undefined ? {} : { root }) })
    },
  },
  {
    method: 'PUT',
    path: 'conversations/:/activities/:',
    call: 'updateActivity',
    run(request) {
      const { conversation } = writing(request)
      const message = botMessage(request.tenant, conversation, request.ids[1] ?? '')
      changeBotMessage(request.tenant, message, readSent(request.tenant.state, conversation, jsonOf(request)))
      const { messageId } = message
      return { status: 200, body: { id: messageId }, conversation: conversation.id, messageId }
    },
  },
  {
    method: 'DELETE',
    path: 'conversations/:/activities/:',
    call: 'deleteActivity',
    run(request) {
      const { conversation } = writing(request)
      const message = botMessage(request.tenant, conversation, request.ids[1] ?? '')
      eraseMessage(request.tenant, message)
      return { status: 200, conversation: conversation.id, messageId: message.messageId }
    },
  },
]
