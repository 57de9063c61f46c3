/**
 * Where our answers differ from those of npm `emulate@0.12.2`: `+` a field that only we return, `-` one that only it
 * returns. Each row must still match something, and nothing may differ without a row.
 */
export const DIFFERENCES: readonly { lines: RegExp; why: string }[] = [
  { lines: /^auth\.test \+ is_enterprise_install:/, why: 'Slack documents it in the answer for every token' },
  { lines: /^auth\.test - app_id:/, why: 'Slack returns it for app-level tokens, not for bot tokens' },
  {
    lines: /^team\.info \+ team\.(url|email_domain|is_verified|icon\..*):/,
    why: 'documented; it returns an empty icon',
  },
  {
    lines: /^bots\.info \+ bot\.(updated|app_id|user_id|icons\..*):/,
    why: 'documented; it returns one icon',
  },
  {
    lines:
      /^(chat|conversations)\.\S+( \(reply\))? \+ messages?(\[\])?\.(bot_id|app_id|team|bot_profile\..*):/,
    why: 'a bot’s message names its bot and app; without bot_id an app could not tell its own messages',
  },
  {
    lines: /^\S+( \(reply\))? \+ (messages?(\[\])?|view)\.blocks\[\]\.(block_id|text\.verbatim):/,
    why: 'Slack names blocks that came without a name and fills in text flags; it returns blocks as they were sent',
  },
  {
    lines:
      /^\S+( \(reply\))? \+ messages?(\[\])?\.(parent_user_id|reply_users_count|latest_reply|thread_ts):/,
    why: 'documented for threads; it counts replies only',
  },
  {
    lines: /^chat\.update - message\.edited\.(user|ts):/,
    why: 'Slack sets no edited mark when blocks are given',
  },
  {
    lines: /^conversations\.history \+ (pin_count|channel_actions_ts|channel_actions_count):/,
    why: 'documented example of the method',
  },
  {
    lines: /^conversations\.history - response_metadata\.next_cursor:/,
    why: 'Slack leaves response_metadata out on the last page; readers must bear both',
  },
  {
    lines:
      /^conversations\.\S+( \(return_im\))? \+ channels?(\[\])?\.(is_org_shared|context_team_id|updated|is_general|is_shared|is_ext_shared|is_pending_ext_shared|unlinked|parent_conversation|shared_team_ids(\[\])?|pending_shared|pending_connected_team_ids|previous_names):/,
    why: 'documented fields of the conversation object',
  },
  {
    lines: /^conversations\.(info|list) - channels?(\[\])?\.(is_open|last_read):/,
    why: 'belong to the caller’s own reading state, which a bot does not have',
  },
  {
    lines: /^conversations\.info - channel\.num_members:/,
    why: 'only with include_num_members, as documented',
  },
  {
    lines: /^conversations\.open \(return_im\) \+ channel\.(is_user_deleted|priority):/,
    why: 'documented fields of an im object',
  },
  {
    lines:
      /^conversations\.open \(return_im\) - channel\.(name|name_normalized|is_channel|is_group|is_mpim|is_private|is_member|last_read|topic\..*|purpose\..*|creator|num_members):/,
    why: 'an im has no name, topic or creator; it returns every conversation in the shape of a channel',
  },
  {
    lines:
      /^users\.\S+ \+ (user|members\[\])\.(color|tz|tz_label|tz_offset|is_owner|is_primary_owner|is_restricted|is_ultra_restricted|is_app_user|updated|is_email_confirmed|who_can_share_contact_card):/,
    why: 'documented fields of the user object; it knows no zones',
  },
  {
    lines:
      /^users\.\S+ \+ (user|members\[\])\.profile\.(first_name|last_name|avatar_hash|image_24|image_32|image_72|image_512|team|api_app_id|bot_id|always_active):/,
    why: 'documented fields of the profile; the last three are those of a bot user',
  },
  { lines: /^users\.list \+ cache_ts:/, why: 'documented example of the method' },
  {
    lines: /^views\.\S+ \+ view\.app_installed_team_id:/,
    why: 'documented; readers need it in Slack Connect',
  },
  { lines: /^files\.info \+ response_metadata\.next_cursor:/, why: 'documented example of the method' },
]

/** Refusals that differ: what we say, what it says. */
export const REFUSED_DIFFERENTLY: { readonly [name: string]: { ours: string; theirs: string; why: string } } =
  {
    'conversations.replies, unknown thread': {
      ours: 'thread_not_found',
      theirs: 'ok',
      why: 'documented; it answers with an empty list',
    },
    'unknown method': { ours: 'unknown_method', theirs: 'HTTP 404', why: 'Slack answers 200 with ok: false' },
  }
