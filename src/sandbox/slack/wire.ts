import type { Fields } from './fields.js'
import type { SlackChannel, SlackMessage, SlackState, SlackUser, SlackView } from './types.js'

/** channel_type in events. */
export function channelType(channel: SlackChannel): 'im' | 'group' | 'channel' {
  return channel.kind === 'im' ? 'im' : channel.kind === 'private' ? 'group' : 'channel'
}

/** The scope family of a channel: `channels`, `groups` or `im`. */
export function scopeFamily(channel: SlackChannel): 'channels' | 'groups' | 'im' {
  return channel.kind === 'im' ? 'im' : channel.kind === 'private' ? 'groups' : 'channels'
}

/** A conversation object as conversations.info gives it to the bot. */
export function channelObject(state: SlackState, channel: SlackChannel): Fields {
  const common = {
    id: channel.id,
    created: channel.createdAtS,
    is_archived: channel.isArchived,
    is_im: channel.kind === 'im',
    is_org_shared: false,
    context_team_id: state.team.id,
    updated: channel.createdAtS * 1000,
  }
  if (channel.kind === 'im') {
    const user = channel.members.find((id) => id !== state.bot.userId) ?? ''
    return {
      ...common,
      user,
      is_user_deleted: state.users[user]?.deleted ?? false,
      priority: 0,
      is_open: true,
    }
  }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'private',
    is_private: channel.kind === 'private',
    is_mpim: false,
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_pending_ext_shared: false,
    is_member: channel.members.includes(state.bot.userId),
    creator: channel.members[0] ?? state.bot.userId,
    unlinked: 0,
    parent_conversation: null,
    shared_team_ids: [state.team.id],
    pending_shared: [],
    pending_connected_team_ids: [],
    previous_names: [],
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  }
}

/** A user object. The e-mail needs users:read.email, the locale must be asked for. */
export function userObject(
  state: SlackState,
  user: SlackUser,
  { withEmail, withLocale, at }: { withEmail: boolean; withLocale: boolean; at: Date },
): Fields {
  const avatar = `https://secure.gravatar.com/avatar/${user.id.toLowerCase()}.png`
  return {
    id: user.id,
    team_id: state.team.id,
    name: user.name,
    deleted: user.deleted,
    color: (user.avatarColor ?? '#4a154b').replace('#', ''),
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: zoneOffsetS(user.tz, at),
    profile: {
      title: user.title ?? '',
      phone: '',
      skype: '',
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      first_name: user.realName.split(' ')[0] ?? '',
      last_name: user.realName.split(' ').slice(1).join(' '),
      status_text: '',
      status_emoji: '',
      status_emoji_display_info: [],
      status_expiration: 0,
      huddle_state: 'default_unset',
      huddle_state_expiration_ts: 0,
      avatar_hash: user.id.toLowerCase(),
      ...(withEmail && !user.isBot ? { email: user.email } : {}),
      ...(user.isBot ? { api_app_id: state.bot.appId, bot_id: state.bot.botId, always_active: true } : {}),
      image_24: avatar,
      image_32: avatar,
      image_48: avatar,
      image_72: avatar,
      image_192: avatar,
      image_512: avatar,
      team: state.team.id,
    },
    is_admin: user.isAdmin ?? false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: user.updatedAtS,
    is_email_confirmed: !user.isBot,
    who_can_share_contact_card: 'EVERYONE',
    ...(withLocale ? { locale: user.locale } : {}),
  }
}

function zoneOffsetS(zone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(at)
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const found = /GMT([+-])(\d{2}):(\d{2})/.exec(name)
  if (!found) return 0
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 3600 + Number(found[3]) * 60)
}

/** A message as it is returned, with its metadata only where that was asked for. */
export function messageObject(message: SlackMessage, withMetadata: boolean): Fields {
  const { metadata, ...rest } = message
  return structuredClone(withMetadata && metadata ? { ...rest, metadata } : rest)
}

/** A view as it is returned and sent. */
export function viewObject(view: SlackView): Fields {
  const { userId: _userId, errors: _errors, dispatchFailed: _dispatchFailed, ...wire } = view
  return structuredClone(wire)
}

/** The bot's card that travels with its messages. */
export function botProfile(state: SlackState, nowS: number): Fields {
  return {
    id: state.bot.botId,
    app_id: state.bot.appId,
    name: state.bot.name,
    icons: { image_36: '', image_48: '', image_72: '' },
    deleted: false,
    updated: nowS,
    team_id: state.team.id,
  }
}
