import { mintSecret } from './ids.js'
import { refreshOpenClients } from './refresh.js'
import type { SentActivity } from './sent-activity.js'
import { messagesOf, personalKey } from './store.js'
import type { Tenant } from './tenant.js'
import type { TeamsConversation, TeamsMessage } from './types.js'

/** Adds what the bot says; in a channel it is a post of its own unless `root` names a thread. */
export function addBotMessage(
  tenant: Tenant,
  conversation: TeamsConversation,
  root: string | undefined,
  sent: SentActivity,
): TeamsMessage {
  const { state, store, now } = tenant
  const number = store.mintMessageId()
  const message: TeamsMessage = {
    // In a personal chat the name of a bot's message is opaque, and no number.
    messageId: conversation.kind === 'direct' ? `1:${mintSecret(24)}` : number,
    conversation: conversation.id,
    ...(root === undefined ? {} : { thread: root }),
    from: 'bot',
    at: now().toISOString(),
    text: sent.text,
    ...(sent.html === undefined ? {} : { html: sent.html }),
    mentions: sent.mentions,
    attachments: sent.attachments,
    fileIds: [],
    reactions: {},
    revision: 1,
    ...(sent.summary === undefined ? {} : { summary: sent.summary }),
  }
  messagesOf(state, conversation.id).push(message)
  store.changed({
    kind: 'message_posted',
    conversation: conversation.id,
    messageId: message.messageId,
    ...(root === undefined ? {} : { thread: root }),
    by: 'bot',
  })
  refreshOpenClients(tenant, message)
  return message
}

/** Puts other words or another card into a message of the bot; nobody's personal card outlives that. */
export function changeBotMessage(tenant: Tenant, message: TeamsMessage, sent: SentActivity): void {
  message.text = sent.text
  if (sent.html === undefined) delete message.html
  else message.html = sent.html
  message.mentions = sent.mentions
  message.attachments = sent.attachments
  if (sent.summary === undefined) delete message.summary
  else message.summary = sent.summary
  message.edited = true
  outdate(tenant, message)
  tenant.store.changed({
    kind: 'message_updated',
    conversation: message.conversation,
    messageId: message.messageId,
    by: 'bot',
  })
  refreshOpenClients(tenant, message)
}

/** Removes what was said; its place stays, as "this message was deleted". */
export function eraseMessage(tenant: Tenant, message: TeamsMessage): void {
  message.deleted = true
  message.text = ''
  message.attachments = []
  message.fileIds = []
  message.mentions = []
  message.reactions = {}
  outdate(tenant, message)
  delete message.html
  delete message.summary
  tenant.store.changed({
    kind: 'message_deleted',
    conversation: message.conversation,
    messageId: message.messageId,
    by: message.from,
  })
}

function outdate({ state }: Tenant, message: TeamsMessage): void {
  message.revision += 1
  for (const userId of Object.keys(state.users))
    delete state.personalCards[personalKey(userId, message.conversation, message.messageId)]
}
