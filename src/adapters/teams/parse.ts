import { conversationOf, instantOf, PLATFORM, tenantOf } from './addresses.js'
import { parseInvoke } from './parse-interaction.js'
import { isProgram, type ParseContext, parseDeletion, parseMessage, parseUpdate } from './parse-message.js'
import { type Parsed, unsupported } from './parsed.js'
import { ACTIVITY, type Activity } from './wire.js'

/** One verified activity, read; nothing when it has not even the shape of one. */
export function readActivity(body: unknown): Activity | undefined {
  return ACTIVITY.safeParse(body).data
}

/** What one verified activity means. Never throws; what is not known is `unsupported`. */
export function parseActivity(activity: Activity, context: ParseContext): Parsed {
  switch (activity.type) {
    case 'message':
      return parseMessage(activity, context)
    case 'messageUpdate':
      return parseUpdate(activity, context)
    case 'messageDelete':
      return parseDeletion(activity, context)
    case 'invoke':
      return parseInvoke(activity, context)
    case 'installationUpdate':
      return parseInstallation(activity, context)
    default:
      return unsupported(`activity:${activity.type}`)
  }
}

/** The app was installed for somebody: they see it for the first time. Teams tells of it twice; this is the one we take. */
function parseInstallation(activity: Activity, { at }: ParseContext): Parsed {
  const tenant = tenantOf(activity)
  const userId = activity.from?.aadObjectId
  const isNew = activity.action === 'add'
  if (!isNew || tenant === undefined || !userId || isProgram(activity.from, activity)) {
    return unsupported(`installation:${activity.action ?? ''}`)
  }
  const { id: conversation, kind } = conversationOf(activity)
  if (kind !== 'direct') return unsupported('installation:team')
  const keys = [`install:${tenant}:${userId}:${activity.timestamp ?? ''}`]
  const from = { platform: PLATFORM, tenant, userId, at: instantOf(activity, at), keys }
  return { kind: 'events', events: [{ kind: 'presence', ...from, what: 'chat_opened', conversation }] }
}
