import { execute } from './execute.js'
import { isFields, own } from './fields.js'
import { isIn, messagesOf } from './store.js'
import type { Tenant } from './tenant.js'
import type { Fields, TeamsConversation, TeamsMessage, TeamsUser } from './types.js'
import { CARD_TYPE, cardFor } from './user-view.js'

/** The action by which a card is refreshed, when it has one. */
export function refreshActionOf(card: Fields): Fields | undefined {
  const refresh = card.refresh
  return isFields(refresh) && isFields(refresh.action) ? refresh.action : undefined
}

/** Has every client that shows the message and is named in its card's refresh ask the bot for its own card. */
export function refreshOpenClients(tenant: Tenant, message: TeamsMessage): void {
  if (!tenant.settings.autoRefresh) return
  for (const user of Object.values(tenant.state.users)) refreshFor(tenant, message, user)
}

/** Somebody opens a conversation: their client asks for the cards of their own that it has not got yet. */
export function refreshOpened(tenant: Tenant, { id }: TeamsConversation, user: TeamsUser): void {
  // a client that is always open has asked already
  if (tenant.settings.autoRefresh) return
  for (const message of messagesOf(tenant.state, id)) {
    if (!message.deleted && cardFor(tenant.state, message, user.aadObjectId)?.isPersonal === false)
      refreshFor(tenant, message, user)
  }
}

/** Only whom the card names, and where they read it. */
function refreshFor(tenant: Tenant, message: TeamsMessage, user: TeamsUser): void {
  const sent = message.attachments.find((each) => each.contentType === CARD_TYPE)?.content
  const action = isFields(sent) ? refreshActionOf(sent) : undefined
  if (!isFields(sent) || !isFields(sent.refresh) || !action) return
  const named = Array.isArray(sent.refresh.userIds) ? sent.refresh.userIds : []
  const conversation = own(tenant.state.conversations, message.conversation)
  if (named.includes(user.mri) && conversation && isIn(tenant.state, conversation, user.aadObjectId))
    tenant.sender.track(refresh(tenant, user, message, action, 'automatic'))
}

/** Asks the bot for a person's own card. */
export async function refresh(
  tenant: Tenant,
  user: TeamsUser,
  message: TeamsMessage,
  action: Fields,
  trigger: 'automatic' | 'manual',
): ReturnType<typeof execute> {
  return execute(tenant, { user, message, action, inputs: {}, trigger })
}

/** The refresh action of the card that a person sees. */
export function visibleRefreshAction(
  tenant: Tenant,
  message: TeamsMessage,
  userId: string,
): Fields | undefined {
  const shown = cardFor(tenant.state, message, userId)
  return shown ? refreshActionOf(shown.card) : undefined
}
