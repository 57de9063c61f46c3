import type { Inline } from '../../../cards/text.js'
import { LIMITS } from '../limits.js'
import { PLATFORM, personIn } from '../parsed.js'

const APPLINK = 'https://applink.feishu.cn'
const ID = /^[\w-]{2,64}$/

/** `url` as markdown takes it, or nothing when it is not a web or mail address or is too long. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:' && protocol !== 'mailto:') return undefined
  const safe = href.replace(/[()<>|\s[\]`*_\\]/g, percent)
  return safe.length <= LIMITS.url ? safe : undefined
}

/** `encodeURIComponent` leaves brackets alone. */
function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** Where a conversation is opened; Feishu has no address for a single message. */
export function placeUrl(
  { address }: Extract<Inline, { kind: 'place' }>,
  origin = APPLINK,
): string | undefined {
  if (address.platform !== PLATFORM) return undefined
  const openId = personIn(address.conversation)
  // a link to the reader's own conversation with the bot would open one with themselves
  if (openId !== undefined || !ID.test(address.conversation)) return undefined
  return `${origin}/client/chat/open?openChatId=${address.conversation}`
}

/** Whom to ping for a person, if they are to be: never everybody. */
export function pinged({ notify, userIds }: Extract<Inline, { kind: 'person' }>): string | undefined {
  const openId = userIds[PLATFORM]
  return notify === true && openId !== undefined && ID.test(openId) && openId !== 'all' ? openId : undefined
}
