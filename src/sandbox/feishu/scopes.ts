/** What a bot with every scope the emulated APIs ask for is granted. */
export const ALL_SCOPES: readonly string[] = [
  'im:message',
  'im:message:send_as_bot',
  'im:message.p2p_msg:readonly',
  'im:message.group_at_msg:readonly',
  'im:message.group_msg',
  'im:message.urgent',
  'im:message.reactions:write_only',
  'im:resource',
  'im:chat:readonly',
  'im:chat.access_event.bot_p2p_chat:read',
  'contact:user.base:readonly',
  'contact:user.id:readonly',
  'contact:user.email:readonly',
  'contact:user.employee_id:readonly',
  'contact:user.department:readonly',
]
