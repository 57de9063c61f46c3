import { activityOf, clientFields } from '../activity.js'
import { whereOf } from '../execute.js'
import { isFields, textIn } from '../fields.js'
import { offeredIn } from '../file-cards.js'
import { expectUpload } from '../files.js'
import { conversationOfUser, userOf } from '../people.js'
import { GestureError } from '../service-error.js'
import { findMessage } from '../store.js'
import type { Tenant } from '../tenant.js'
import type { Fields, GestureResult } from '../types.js'
import type { OnMessage } from './click.js'

/** A person takes a file that the bot offers, or does not: `fileConsent/invoke`. There is such a thing in personal chats only. */
export async function answerFileConsent(
  tenant: Tenant,
  given: OnMessage & { accept: boolean },
): Promise<GestureResult> {
  const { state, sender } = tenant
  const conversation = conversationOfUser(state, given.conversation, given.userId)
  const user = userOf(state, given.userId)
  const message = findMessage(state, conversation.id, given.messageId)
  if (!message || message.deleted) throw new GestureError('message_not_found')
  const offer = offeredIn(message)
  if (!offer || conversation.kind !== 'direct') throw new GestureError('no_file_offered')
  // Its buttons are gone until the bot changes the card.
  if (message.consentedAt === message.revision) throw new GestureError('already_answered')
  const { revision } = message
  const content: Fields = isFields(offer.content) ? offer.content : {}
  const name = textIn(offer, 'name') ?? 'file'
  const { entities, fields } = clientFields(user)
  const answer = await sender.invoke(
    activityOf(tenant, user, whereOf(tenant, message), {
      type: 'invoke',
      name: 'fileConsent/invoke',
      value: {
        type: 'fileUpload',
        action: given.accept ? 'accept' : 'decline',
        context: (given.accept ? content.acceptContext : content.declineContext) ?? {},
        ...(given.accept
          ? { uploadInfo: expectUpload(tenant, name, user.aadObjectId, conversation.id) }
          : {}),
      },
      replyToId: message.messageId,
      entities,
      ...fields,
    }),
  )
  const ok = answer.status >= 200 && answer.status < 300
  if (ok && !message.deleted && message.revision === revision) {
    message.consentedAt = revision
    tenant.store.changed({
      kind: 'message_updated',
      conversation: conversation.id,
      messageId: message.messageId,
    })
  }
  return {
    ok,
    status: answer.status,
    ms: answer.ms,
    body: answer.body,
    ...(ok ? {} : { error: 'unable_to_reach_app' }),
  }
}
