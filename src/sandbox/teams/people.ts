import { own } from './fields.js'
import { directConversationId } from './ids.js'
import { GestureError } from './service-error.js'
import { isIn } from './store.js'
import type { Tenant } from './tenant.js'
import type { TeamsConversation, TeamsState, TeamsUser } from './types.js'

/** The person of that aadObjectId. Throws GestureError `user_not_found`. */
export function userOf(state: TeamsState, userId: string): TeamsUser {
  const user = own(state.users, userId)
  if (!user) throw new GestureError('user_not_found')
  return user
}

/** The person whom the bot calls so: `29:…` or the aadObjectId. */
export function findPerson(state: TeamsState, id: string): TeamsUser | undefined {
  return Object.values(state.users).find((user) => user.mri === id || user.aadObjectId === id)
}

/** A conversation in which the person is. Throws GestureError `not_in_conversation`. */
export function conversationOfUser(state: TeamsState, id: string, userId: string): TeamsConversation {
  userOf(state, userId)
  const conversation = own(state.conversations, id)
  if (!conversation || !isIn(state, conversation, userId)) throw new GestureError('not_in_conversation')
  return conversation
}

/** The one chat of a person with the bot, made if there was none. */
export function directConversation(
  { state, store }: Tenant,
  user: TeamsUser,
): { conversation: TeamsConversation; isNew: boolean } {
  const id = directConversationId(state.tenantId, user.mri, state.bot.id)
  const known = own(state.conversations, id)
  if (known) return { conversation: known, isNew: false }
  const conversation: TeamsConversation = { id, kind: 'direct', userId: user.aadObjectId }
  state.conversations[id] = conversation
  store.changed({ kind: 'conversation', conversation: id, userId: user.aadObjectId })
  return { conversation, isNew: true }
}

/** Whether the app is installed where the conversation is. */
export function hasApp(state: TeamsState, conversation: TeamsConversation): boolean {
  if (conversation.kind === 'direct') return own(state.users, conversation.userId)?.hasApp ?? false
  return own(state.teams, conversation.teamId)?.hasApp ?? false
}
