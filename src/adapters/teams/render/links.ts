import type { Inline } from '../../../cards/text.js'
import { LIMITS } from '../limits.js'

/** `url` as a card may carry it, or nothing when it is not a web or mail address or is too long. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:' && protocol !== 'mailto:') return undefined
  const safe = href.replace(
    /[<>|\s()[\]{}"'\\*_`]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return safe.length <= LIMITS.url ? safe : undefined
}

/** The address at which Teams shows a message, if the place is one of its channels. */
export function placeUrl({ address, messageId }: Extract<Inline, { kind: 'place' }>): string | undefined {
  const { platform, conversation, thread } = address
  if (platform !== 'teams' || !conversation.startsWith('19:')) return undefined
  const message = messageId ?? thread
  const id = encodeURIComponent(conversation)
  if (message === undefined) return `https://teams.microsoft.com/l/channel/${id}/-`
  const parent = thread === undefined ? '' : `?parentMessageId=${encodeURIComponent(thread)}`
  return `https://teams.microsoft.com/l/message/${id}/${encodeURIComponent(message)}${parent}`
}
