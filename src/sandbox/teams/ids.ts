import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** The id of an activity that is no message: an invoke, an update of a roster. */
export function mintEventId(): string {
  return `f:${randomUUID()}`
}

/** An unguessable text that may stand in an address. */
export function mintSecret(bytes = 16): string {
  return randomBytes(bytes).toString('base64url')
}

/** The id of the one chat between a person and the bot; the same each time it is asked for. */
export function directConversationId(tenantId: string, mri: string, botId: string): string {
  return `a:1${createHash('sha256').update(`${tenantId} ${mri} ${botId}`).digest('base64url')}`
}

/** A channel's id and, after `;messageid=`, the post whose thread is meant. */
export function splitConversationId(id: string): { base: string; root?: string } {
  const [base = '', root] = id.split(';messageid=')
  return root === undefined ? { base } : { base, root }
}

/** The name of a thread as a conversation of its own. */
export function threadConversationId(channelId: string, root: string): string {
  return `${channelId};messageid=${root}`
}
