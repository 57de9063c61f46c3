import type { Mention } from './wire.js'

/** Stands for the bot's own mention until the spaces around it are put right. Private use: nobody types it. */
export const OWN_MENTION = '\uE000'
const PLACEHOLDER = /@_user_\d+|@_all/g

/**
 * A message's text as people wrote it: Feishu's `@_user_1` as `@{ou_…}`, the bot's own mention removed. A literal `@{`
 * that somebody typed is broken apart: only Feishu's own list of mentions names a person.
 */
export function plainFromWire(
  raw: string,
  mentions: readonly Mention[],
  botOpenId: string | undefined,
): string {
  let out = ''
  let last = 0
  for (const match of raw.matchAll(PLACEHOLDER)) {
    out += literal(raw.slice(last, match.index)) + mentionOf(match[0], mentions, botOpenId)
    last = match.index + match[0].length
  }
  return out + literal(raw.slice(last))
}

/** A placeholder as a mention; as it stands when nothing is known of it, since then somebody typed it. */
export function mentionOf(key: string, mentions: readonly Mention[], botOpenId: string | undefined): string {
  if (key === '@_all') return '@all'
  const mention = mentions.find((one) => one.key === key)
  if (mention === undefined) return key
  const openId = mention.id?.open_id
  if (openId != null && openId === botOpenId) return OWN_MENTION
  if (openId) return `@{${openId}}`
  return `@${literal(mention.name ?? '')}`
}

/** Words that somebody typed. */
export function literal(text: string): string {
  return text.replaceAll(OWN_MENTION, '').replace(/@\{/g, '@ {')
}

/** The text once everything is in it: no spaces are left where the bot's name stood. */
export function tidied(text: string): string {
  return text.replace(/ *\uE000 */g, (_hit, at: number) => (at === 0 ? '' : ' ')).trim()
}

/** Whether the bot is mentioned. */
export function mentionsBot(mentions: readonly Mention[], botOpenId: string | undefined): boolean {
  return botOpenId !== undefined && mentions.some((one) => one.id?.open_id === botOpenId)
}
