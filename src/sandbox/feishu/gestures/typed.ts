import { own } from '../fields.js'
import type { FeishuChat, Mention } from '../types.js'
import type { Workspace } from '../workspace.js'

/** What a person types, as their client sends it: `@name` of a member or the bot becomes a key, and a mention beside it. */
export function typedText(
  { state }: Workspace,
  chat: FeishuChat,
  text: string,
  mentionBot = false,
): { text: string; mentions: Mention[] } {
  const { botOpenId, name: botName } = state.app
  const named = chat.members.map((openId) => ({
    openId,
    name: openId === botOpenId ? botName : (own(state.users, openId)?.name ?? ''),
  }))
  // The longest first: a name may begin with another.
  const candidates = named.filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length)
  const mentions: Mention[] = []
  const keyOf = (openId: string, name: string): string => {
    const known = mentions.find((each) => each.openId === openId)
    if (known) return known.key
    const key = `@_user_${mentions.length + 1}`
    mentions.push({ key, openId, name })
    return key
  }
  const hasBot = chat.kind === 'group' && mentionBot && !text.includes(`@${botName}`)
  const prefix = hasBot ? `${keyOf(botOpenId, botName)} ` : ''
  let rest = text.replaceAll('@所有人', '@_all')
  for (const { openId, name } of candidates) {
    if (rest.includes(`@${name}`)) rest = rest.replaceAll(`@${name}`, keyOf(openId, name))
  }
  return { text: prefix + rest, mentions }
}
