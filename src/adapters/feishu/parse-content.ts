import type { InboundFile } from '../../delivery/messenger.js'
import { literal, mentionOf, plainFromWire, tidied } from './parse-text.js'
import { CONTENT, POST, type PostElement, type WireMessage } from './wire.js'
import { KINDS, OTHER_KIND } from './words.js'

export interface Content {
  /** Plain text with mentions written `@{open_id}`. */
  text: string
  files: InboundFile[]
}
/** Where a file of a message is got: the resource's address needs all three. */
export type Resource = { messageId: string; type: 'image' | 'file'; key: string }

const READ = new Set(['text', 'post', 'image', 'file', 'media', 'audio'])

/** What a message says and carries, by its type. Of what has neither words nor bytes, a word says what it was. */
export function parseContent(message: WireMessage, botOpenId: string | undefined): Content {
  const type = message.message_type
  // of a forwarded chat Feishu sends a sentence, not JSON
  if (!READ.has(type)) return { text: wordFor(type), files: [] }
  const mentions = message.mentions ?? []
  const read = CONTENT.safeParse(json(message.content))
  if (!read.success) return { text: OTHER_KIND, files: [] }
  const { text, image_key, file_key, file_name } = read.data
  switch (type) {
    case 'text':
      return { text: tidied(plainFromWire(text ?? '', mentions, botOpenId)), files: [] }
    case 'post':
      return postOf(message, read.data, botOpenId)
    case 'image':
      return { text: '', files: image_key ? [picture(message, image_key)] : [] }
    case 'file':
    case 'media':
      return { text: '', files: file_key ? [attachment(message, file_key, file_name ?? 'file')] : [] }
    case 'audio':
      return {
        text: wordFor('audio'),
        files: file_key ? [attachment(message, file_key, file_name ?? 'voice.opus')] : [],
      }
    default:
      return { text: wordFor(type), files: [] }
  }
}

function wordFor(type: string): string {
  return Object.hasOwn(KINDS, type) ? (KINDS[type] ?? OTHER_KIND) : OTHER_KIND
}

/** A rich message as plain lines, its pictures as files. What arrives has no language level; what is sent has one. */
function postOf(
  message: WireMessage,
  content: Record<string, unknown>,
  botOpenId: string | undefined,
): Content {
  const read = [content, ...Object.values(content)]
    .map((one) => POST.safeParse(one))
    .find((one) => one.success)
  if (read?.data === undefined) return { text: OTHER_KIND, files: [] }
  const { title, content: lines } = read.data
  const keys = lines.flat().flatMap((one) => (one.tag === 'img' && one.image_key ? [one.image_key] : []))
  const media = lines.flat().flatMap((one) => (one.tag === 'media' && one.file_key ? [one.file_key] : []))
  const text = [
    ...(title ? [literal(title)] : []),
    ...lines.map((line) => line.map((one) => elementText(one, message, botOpenId)).join('')),
  ].join('\n')
  return {
    text: tidied(text.replace(/\n{3,}/g, '\n\n')),
    files: [
      ...keys.map((key, i) => picture(message, key, keys.length > 1 ? i + 1 : undefined)),
      ...media.map((key) => attachment(message, key, 'video.mp4')),
    ],
  }
}

function elementText(element: PostElement, message: WireMessage, botOpenId: string | undefined): string {
  const { tag, text, href, user_id, user_name, emoji_type } = element
  switch (tag) {
    case 'a': {
      const label = literal(text ?? '')
      if (!href || label === href) return label
      return label === '' ? literal(href) : `${label} (${literal(href)})`
    }
    case 'at': {
      if (user_id === 'all' || user_id === '@_all') return '@all'
      const named = user_id ? mentionOf(user_id, message.mentions ?? [], botOpenId) : ''
      return named !== '' && named !== user_id ? named : `@${literal(user_name ?? '')}`
    }
    case 'emotion':
      return emoji_type ? `[${literal(emoji_type)}]` : ''
    case 'img':
    case 'media':
      return ''
    default:
      return literal(text ?? '')
  }
}

function picture(message: WireMessage, key: string, n?: number): InboundFile {
  const name = n === undefined ? 'image.png' : `image-${n}.png`
  // Feishu does not say how large a file is until it is fetched.
  return {
    id: key,
    name,
    bytes: 0,
    locator: locatorOf({ messageId: message.message_id, type: 'image', key }),
  }
}

function attachment(message: WireMessage, key: string, name: string): InboundFile {
  return { id: key, name, bytes: 0, locator: locatorOf({ messageId: message.message_id, type: 'file', key }) }
}

function locatorOf({ messageId, type, key }: Resource): string {
  return `${messageId}/${type}/${key}`
}

/** The resource a locator names; nothing for one that is not ours. */
export function resourceOf(locator: string): Resource | undefined {
  const [messageId = '', type, key = '', ...more] = locator.split('/')
  if (more.length > 0 || (type !== 'image' && type !== 'file')) return undefined
  if (!/^[\w-]{1,128}$/.test(messageId) || !/^[\w-]{1,256}$/.test(key)) return undefined
  return { messageId, type, key }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
