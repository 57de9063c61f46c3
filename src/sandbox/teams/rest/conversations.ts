import { addBotMessage } from '../bot-messages.js'
import { type Fields, isFields, own, textIn } from '../fields.js'
import { threadConversationId } from '../ids.js'
import { directConversation, findPerson } from '../people.js'
import { checkSize, readSent } from '../sent-activity.js'
import { badArgument, badSyntax, conversationNotFound, notInRoster } from '../service-error.js'
import { WRITE_WINDOWS } from '../throttle.js'
import {
  jsonOf,
  type Operation,
  type Request,
  type Response,
  throttled,
  writableConversation,
} from './operation.js'

/** A new thread in a channel: needs the post that begins it. */
function newThread(request: Request, channelId: string, body: Fields): Response {
  const { tenant } = request
  const channel = own(tenant.state.conversations, channelId)
  if (channel?.kind !== 'channel') throw conversationNotFound()
  throttled(tenant, `write ${channelId}`, WRITE_WINDOWS)
  const { conversation } = writableConversation(tenant, channelId)
  if (!isFields(body.activity)) throw badSyntax('A new thread needs an activity.')
  const sent = readSent(tenant.state, conversation, body.activity)
  const { messageId } = addBotMessage(tenant, conversation, undefined, sent)
  return {
    status: 201,
    body: { id: threadConversationId(channelId, messageId), activityId: messageId },
    conversation: channelId,
    messageId,
  }
}

/** The chat with one person; the same each time. */
function direct(request: Request, body: Fields): Response {
  const { tenant } = request
  const { state } = tenant
  const members = Array.isArray(body.members) ? body.members : []
  if (body.isGroup === true || members.length !== 1)
    throw badSyntax('Incorrect conversation creation parameters: exactly one member is expected.')
  const tenantId = textIn(body, 'tenantId') ?? textIn(own(asFields(body.channelData), 'tenant'), 'id')
  if (tenantId === undefined) throw badArgument('Tenant id is missing.')
  if (tenantId !== state.tenantId) throw badArgument('Unknown tenant.')
  const memberId = textIn(members[0], 'id') ?? ''
  throttled(tenant, `create ${memberId}`, WRITE_WINDOWS)
  const user = findPerson(state, memberId)
  if (!user) throw badArgument('Failed to decrypt pairwise id: nobody has it.')
  if (!user.hasApp) throw notInRoster()
  const { conversation } = directConversation(tenant, user)
  if (!isFields(body.activity)) return { status: 201, body: { id: conversation.id } }
  writableConversation(tenant, conversation.id)
  const sent = readSent(state, conversation, body.activity)
  const { messageId } = addBotMessage(tenant, conversation, undefined, sent)
  return {
    status: 201,
    body: { id: conversation.id, activityId: messageId },
    conversation: conversation.id,
    messageId,
  }
}

function asFields(value: unknown): Fields {
  return isFields(value) ? value : {}
}

export const conversationOperations: readonly Operation[] = [
  {
    method: 'POST',
    path: 'conversations',
    call: 'createConversation',
    run(request) {
      checkSize(request.body.length)
      const body = jsonOf(request)
      const channelData = asFields(body.channelData)
      const channelId = textIn(channelData.channel, 'id') ?? textIn(channelData, 'teamsChannelId')
      return channelId === undefined ? direct(request, body) : newThread(request, channelId, body)
    },
  },
]
