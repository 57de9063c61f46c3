import type { InConversation } from '../../intake/inbound.js'
import { conversationOf, instantOf, PLATFORM, tenantOf, threadOf } from './addresses.js'
import { parseFiles } from './parse-files.js'
import { mentionsUs, plainText } from './parse-text.js'
import { type Parsed, unsupported } from './parsed.js'
import type { Account, Activity } from './wire.js'

export interface ParseContext {
  /** People's Entra ids by the names they have in mentions, as far as they are known. */
  aadOf: ReadonlyMap<string, string>
  /** When the activity arrived. */
  at: Date
}

/** Somebody wrote: in a personal chat, in a thread, or with a mention. */
export function parseMessage(activity: Activity, context: ParseContext): Parsed {
  const about = aboutMessage(activity, context)
  if (about.kind === 'unsupported') return about
  // What a card of ours sent without `task/fetch`: none of our buttons does.
  if (activity.value != null && !activity.text) return unsupported('message:submit_without_dialog')
  const mentionsBot = mentionsUs(activity)
  const { common, stamp } = about
  if (!concernsUs(common.conversation, common.thread, mentionsBot)) return unsupported('channel:chatter')
  const name = `${common.tenant}:${common.conversation.id}:${common.messageId}`
  return one({
    ...common,
    kind: 'message',
    // A copy that Teams sends again may bear a later time.
    keys: [`event:${name}:${stamp}`, `msg:${name}`],
    text: plainText(activity, context.aadOf),
    mentionsBot,
    files: parseFiles(activity.attachments ?? [], common.messageId),
  })
}

/** Somebody edited a message, or took its deletion back. */
export function parseUpdate(activity: Activity, context: ParseContext): Parsed {
  const about = aboutMessage(activity, context)
  if (about.kind === 'unsupported') return about
  const { common, stamp } = about
  if (!concernsUs(common.conversation, common.thread, mentionsUs(activity)))
    return unsupported('channel:chatter')
  const name = `${common.tenant}:${common.conversation.id}:${common.messageId}`
  return one({
    ...common,
    kind: 'edit',
    keys: [`edit:${name}:${stamp}`],
    text: plainText(activity, context.aadOf),
  })
}

/** Somebody deleted a message. Of a channel's root it cannot be told whether it was meant for us: flows know. */
export function parseDeletion(activity: Activity, context: ParseContext): Parsed {
  const about = aboutMessage(activity, context)
  if (about.kind === 'unsupported') return about
  const { common } = about
  const name = `${common.tenant}:${common.conversation.id}:${common.messageId}`
  return one({ ...common, kind: 'delete', keys: [`delete:${name}`] })
}

type About = { kind: 'message'; common: Common; stamp: string } | { kind: 'unsupported'; what: string }
interface Common {
  platform: string
  tenant: string
  userId: string
  at: Date
  conversation: InConversation
  messageId: string
  thread?: string
}

function aboutMessage(activity: Activity, { at }: ParseContext): About {
  const { from, id } = activity
  const tenant = tenantOf(activity)
  if (isProgram(from, activity)) return unsupported('message:not_by_a_person')
  if (!from?.aadObjectId) return unsupported('message:no_entra_id')
  if (!id) return unsupported('message:no_id')
  if (tenant === undefined) return unsupported('no_tenant')
  const common: Common = {
    platform: PLATFORM,
    tenant,
    userId: from.aadObjectId,
    at: instantOf(activity, at),
    conversation: conversationOf(activity),
    messageId: id,
    ...threadOf(activity, id),
  }
  return { kind: 'message', common, stamp: activity.timestamp ?? '' }
}

/** Said by a program: another bot, or us. */
export function isProgram(
  from: Account | null | undefined,
  { recipient }: Pick<Activity, 'recipient'>,
): boolean {
  return from?.role === 'bot' || from?.id.startsWith('28:') === true || from?.id === recipient?.id
}

function concernsUs(conversation: InConversation, thread: string | undefined, mentionsBot: boolean): boolean {
  return conversation.kind === 'direct' || thread !== undefined || mentionsBot
}

function one(event: Extract<Parsed, { kind: 'events' }>['events'][number]): Parsed {
  return { kind: 'events', events: [event] }
}
