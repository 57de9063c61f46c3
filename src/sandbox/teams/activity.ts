import type { Activity } from './activities-out.js'
import { type Fields, own } from './fields.js'
import { mintEventId, threadConversationId } from './ids.js'
import { serviceUrlOf, type Tenant } from './tenant.js'
import type { TeamsConversation, TeamsUser } from './types.js'

export type Where = {
  conversation: TeamsConversation /** the post whose thread it is, in a channel */
  root?: string
}

/** How far a zone is ahead of UTC at an instant, in minutes. */
function offsetMinutes(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value)
  const localMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return Math.round((localMs - Math.floor(at.getTime() / 1000) * 1000) / 60_000)
}

function localTimestamp(at: Date, zone: string): string {
  const minutes = offsetMinutes(at, zone)
  const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1)
  const pad = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const distance = Math.abs(minutes)
  return `${local}${minutes < 0 ? '-' : '+'}${pad(distance / 60)}:${pad(distance % 60)}`
}

/** Who did it, as activities name a person. */
export function accountOf(user: TeamsUser): Fields {
  return { id: user.mri, name: user.name, aadObjectId: user.aadObjectId }
}

function conversationOf({ state }: Tenant, { conversation, root }: Where): Fields {
  const head = { tenantId: state.tenantId }
  if (conversation.kind === 'direct') return { conversationType: 'personal', ...head, id: conversation.id }
  const id = root === undefined ? conversation.id : threadConversationId(conversation.id, root)
  return { isGroup: true, conversationType: 'channel', ...head, id }
}

function channelData({ state }: Tenant, { conversation }: Where): Fields {
  const tenant = { tenant: { id: state.tenantId } }
  if (conversation.kind === 'direct') return tenant
  const team = own(state.teams, conversation.teamId)
  return {
    teamsChannelId: conversation.id,
    teamsTeamId: conversation.teamId,
    channel: { id: conversation.id },
    team: { id: conversation.teamId, ...(team ? { name: team.name } : {}) },
    ...tenant,
  }
}

/** What a client adds about itself: to messages and invokes, and to nothing else. */
export function clientFields(user: TeamsUser): { entities: Fields[]; fields: Fields } {
  const country = user.locale.split('-')[1] ?? 'US'
  const info = {
    locale: user.locale,
    country,
    platform: 'Web',
    timezone: user.zone,
    type: 'clientInfo',
  }
  return { entities: [info], fields: { locale: user.locale, localTimezone: user.zone } }
}

/** An activity of a person somewhere; `rest` adds to it or overrides it, channelData is merged. */
export function activityOf(
  tenant: Tenant,
  user: TeamsUser,
  where: Where,
  rest: Fields & { type: string; id?: string; channelData?: Fields },
): Activity {
  const at = tenant.now()
  const { channelData: extra, ...others } = rest
  return {
    timestamp: at.toISOString(),
    localTimestamp: localTimestamp(at, user.zone),
    id: mintEventId(),
    channelId: 'msteams',
    serviceUrl: serviceUrlOf(tenant.addresses),
    from: accountOf(user),
    conversation: conversationOf(tenant, where),
    recipient: { id: tenant.state.bot.id, name: tenant.state.bot.name },
    channelData: { ...channelData(tenant, where), ...extra },
    ...others,
  }
}

/** An invoke of a person's client. */
export function invokeOf(
  tenant: Tenant,
  user: TeamsUser,
  where: Where,
  { name, value, replyToId }: { name: string; value: Fields; replyToId: string },
): Activity {
  const { entities, fields } = clientFields(user)
  return activityOf(tenant, user, where, {
    type: 'invoke',
    name,
    value,
    replyToId,
    entities,
    ...fields,
    channelData: { source: { name: 'message' }, legacy: { replyToId } },
  })
}
